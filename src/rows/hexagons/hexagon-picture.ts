import { UserError } from '../../errors.js';
import type { PanelData } from '../../schema/panels/registry.js';
import type { CodedColumn } from '../../schema/prediction-table.js';
import type { LabelWord } from '../../schema/vocabulary.js';
import { rowGroups } from '../row-groups.js';
import { hexagonBins, type PictureWindow } from './hexagon-bins.js';
import { cellCentre, type ComponentPlane, componentRange, type FrameOf, hexagonFrame } from './hexagon-grid.js';

/** Families of a hexagon that are named. */
const namedFamilies = 3;

type Hexagon = PanelData<'hexagons'>['hexagons'][number];

/** The rows of a projection, as far as a picture tells of them. */
export interface PicturedRows {
  readonly instanceId: { at(row: number): string | undefined };
  readonly ident: { at(row: number): string | undefined };
  readonly label: CodedColumn;
  readonly family: CodedColumn;
  readonly coordinates: readonly Float64Array[];
  /** Of each component, where these are some of the rows. */
  readonly coordinateRanges?: readonly (readonly [number, number])[];
}

/** What is to be seen of two components, numbered from 1. */
export interface PictureRequest {
  readonly x: number;
  readonly y: number;
  readonly level: number;
  /** Absent: around all values. */
  readonly frame?: FrameOf;
  /** Absent: everything. */
  readonly window?: PictureWindow;
  /** Members of a hexagon that are named, spread over it. */
  readonly members: number;
}

/** The coordinates in two components; one component is a line along x. */
export function componentPlane(
  { coordinates, coordinateRanges }: Pick<PicturedRows, 'coordinates' | 'coordinateRanges'>,
  x: number,
  y: number,
): ComponentPlane {
  const across = coordinates[x - 1];
  if (x === y) {
    const upwards = new Float64Array(across.length);
    return {
      x: across,
      y: upwards,
      ...(coordinateRanges && { ranges: [coordinateRanges[x - 1], componentRange(upwards)] }),
    };
  }
  const ranges = coordinateRanges && ([coordinateRanges[x - 1], coordinateRanges[y - 1]] as const);
  return { x: across, y: coordinates[y - 1], ...(ranges && { ranges }) };
}

/**
 * The rows in two components as hexagons of a level with their labels and families: counts add up to the rows whose
 * hexagons the window has. Throws UserError for a window of too many hexagons. O(n).
 */
export function hexagonPicture(rows: PicturedRows, request: PictureRequest): PanelData<'hexagons'> {
  const { x, y, level } = request;
  const window = request.window ?? whole;
  const widths = Math.max(window.right - window.left, window.top - window.bottom) * 2 ** level;
  if (!(widths <= mostWidths)) {
    throw new UserError(`a picture is at most ${mostWidths} hexagons wide and high, not ${widths}`);
  }
  const plane = componentPlane(rows, x, y);
  const frame = hexagonFrame(plane, request.frame);
  const { columns, rows: heights, starts, members } = hexagonBins(plane.x, plane.y, frame, level, window);
  const factsOf = hexagonFacts(rows, request.members);
  return {
    x,
    y,
    xRange: [...frame.xRange],
    yRange: [...frame.yRange],
    unit: [...frame.unit],
    hexagons: Array.from(columns, (column, k) => ({
      ...cellCentre(column, heights[k], level),
      ...factsOf(members.subarray(starts[k], starts[k + 1])),
    })),
  };
}

/** Hexagons of a picture side by side. */
const mostWidths = 300;

/** 30 widths across, 22.5 upwards. */
const whole: PictureWindow = { left: 0, right: 30, bottom: 0, top: 22.5 };

/** Labels, families and some members of a hexagon. */
function hexagonFacts(rows: PicturedRows, named: number): (members: Uint32Array) => Omit<Hexagon, 'u' | 'v'> {
  const groupsOf = rowGroups(rows.label, rows.family);
  return (members) => {
    const { families, ...counts } = groupsOf(members);
    const shown = Math.min(members.length, named);
    return {
      ...counts,
      families: families.slice(0, namedFamilies),
      members: Array.from({ length: shown }, (_, k) =>
        memberAt(rows, members[Math.floor((k * members.length) / shown)]),
      ),
    };
  };
}

function memberAt({ instanceId, ident, label, family }: PicturedRows, row: number): Hexagon['members'][number] {
  const word = label.names[label.codes[row]];
  return {
    instanceId: instanceId.at(row) ?? '',
    ident: ident.at(row) ?? '',
    label: (word as LabelWord | undefined) ?? null,
    family: family.names[family.codes[row]] || null,
  };
}
