import { type Area, areaText, readArea } from '../../../src/rows/hexagons/area.js';
import {
  cellCentre,
  cellColumn,
  cellRow,
  finestLevel,
  type FrameOf,
  hexagonCell,
} from '../../../src/rows/hexagons/hexagon-grid.js';
import type { HexagonsQuery } from '../../../src/schema/api/hexagons.js';

/** What is to be seen of a picture, in widths of hexagons of level 0; upwards three quarters of `width`. */
export interface View {
  /** Lower left corner. */
  readonly u: number;
  readonly v: number;
  readonly width: number;
}

/** Two components, numbered from 1, and what their picture is laid around. */
export interface Plane {
  readonly x: number;
  readonly y: number;
  readonly frame: FrameOf;
}

/** A place in a picture. */
export interface Place {
  readonly u: number;
  readonly v: number;
}

/** 30 widths and a margin. */
export const wholeView: View = { u: -1, v: -1, width: 32 };
export const flatness = 0.75;
/** Some twenty of the smallest hexagons side by side. */
const narrowest = 24 / 2 ** finestLevel;

export const isWhole = ({ width }: View): boolean => width >= wholeView.width;

/** Closer (factor < 1) or farther, the place at `at` (absent: the middle) staying where it is on the screen. */
export function zoomed(view: View, factor: number, at: Place = middleOf(view)): View {
  const width = Math.min(wholeView.width, Math.max(narrowest, view.width * factor));
  const share = width / view.width;
  return within({ u: at.u - (at.u - view.u) * share, v: at.v - (at.v - view.v) * share, width });
}

/** Moved by widths of hexagons of level 0. */
export const moved = (view: View, right: number, up: number): View =>
  within({ ...view, u: view.u + right, v: view.v + up });

/** Is a place in a view? */
export const sees = (view: View, { u, v }: Place): boolean =>
  u >= view.u && u <= view.u + view.width && v >= view.v && v <= view.v + view.width * flatness;

/** Moved as little as shows a place, with some room around it. */
export function showing(view: View, { u, v }: Place): View {
  const [width, height] = [view.width, view.width * flatness];
  const room = width / 10;
  const right = Math.min(0, u - room - view.u) + Math.max(0, u + room - (view.u + width));
  const up = Math.min(0, v - room - view.v) + Math.max(0, v + room - (view.v + height));
  return right === 0 && up === 0 ? view : moved(view, right, up);
}

/** A view of an area with some room around it. */
export function viewOf(area: Area): View {
  const corners = cornersOf(area);
  const us = corners.map(({ u }) => u);
  const vs = corners.map(({ v }) => v);
  const [left, right] = [Math.min(...us), Math.max(...us)];
  const [bottom, top] = [Math.min(...vs), Math.max(...vs)];
  const width = Math.min(wholeView.width, Math.max(narrowest, 1.2 * Math.max(right - left, (top - bottom) / flatness)));
  return within({ u: (left + right - width) / 2, v: (bottom + top - width * flatness) / 2, width });
}

const middleOf = ({ u, v, width }: View): Place => ({ u: u + width / 2, v: v + (width * flatness) / 2 });

/** Nobody gets lost: a view does not leave the whole one. */
function within({ u, v, width }: View): View {
  const spare = wholeView.width - width;
  return {
    u: Math.min(wholeView.u + spare, Math.max(wholeView.u, u)),
    v: Math.min(wholeView.v + spare * flatness, Math.max(wholeView.v, v)),
    width,
  };
}

/**
 * The level whose hexagons are, on the screen, nearest to those of the whole picture in size; on a small screen, where
 * those are tiny, they may grow to twice that.
 */
export const levelOf = ({ width }: View, small: boolean): number =>
  Math.min(finestLevel, Math.max(0, Math.round(Math.log2(wholeView.width / width)) - Number(small)));

/** What to ask for so that the view, and some more around it, is at hand; the same for views near by. */
export function windowOf(
  view: View,
  small: boolean,
): Pick<HexagonsQuery, 'level' | 'left' | 'right' | 'bottom' | 'top'> {
  const level = levelOf(view, small);
  const step = 8 * 2 ** -level;
  const down = (value: number): number => (Math.floor(value / step) - 1) * step;
  const up = (value: number): number => (Math.ceil(value / step) + 1) * step;
  const height = view.width * flatness;
  return { level, left: down(view.u), right: up(view.u + view.width), bottom: down(view.v), top: up(view.v + height) };
}

/** A view as the address has it: enough digits for the level. */
export const viewText = ({ u, v, width }: View): string =>
  [u, v, width].map((value) => Number(value.toFixed(5))).join(',');

/** Null for a text that is none. */
export function readView(text: string | null): View | null {
  const numbers = (text ?? '').split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [u, v, width] = numbers;
  if (numbers.length !== 3 || !numbers.every(Number.isFinite) || width <= 0) return null;
  return within({ u, v, width: Math.min(wholeView.width, Math.max(narrowest, width)) });
}

/** The hexagon of a level at a place. */
export function hexagonAt({ u, v }: Place, level: number, { x, y, frame }: Plane): Area {
  const cell = hexagonCell(u * 2 ** level, v * 2 ** level);
  return { x, y, frame, kind: 'hexagon', level, column: cellColumn(cell), row: cellRow(cell) };
}

/** The rectangle between two places. */
export function rectangleOf(from: Place, to: Place, { x, y, frame }: Plane): Area {
  const corners = [from.u, from.v, to.u, from.v, to.u, to.v, from.u, to.v];
  return { x, y, frame, kind: 'polygon', corners };
}

/** More corners make addresses too long. */
const mostCorners = 100;

/** The area within a line drawn by hand; null for one too short to hold anything. */
export function lassoOf(places: readonly Place[], { x, y, frame }: Plane): Area | null {
  if (places.length < 3) return null;
  const step = Math.max(1, places.length / mostCorners);
  const kept: Place[] = [];
  for (let k = 0; k < places.length; k += step) kept.push(places[Math.floor(k)]);
  return { x, y, frame, kind: 'polygon', corners: kept.flatMap(({ u, v }) => [u, v]) };
}

/** The corners of an area. */
export function cornersOf(area: Area): Place[] {
  if (area.kind === 'polygon') {
    const { corners } = area;
    return Array.from({ length: corners.length / 2 }, (_, k) => ({ u: corners[2 * k], v: corners[2 * k + 1] }));
  }
  const { u, v } = cellCentre(area.column, area.row, area.level);
  const size = 2 ** -area.level;
  return hexagonCorners.map(([x, y]) => ({ u: u + x * size, v: v + y * size }));
}

/** Of a hexagon with the width 1 around 0. */
export const hexagonCorners = [
  [0, 1 / Math.sqrt(3)],
  [0.5, 0.5 / Math.sqrt(3)],
  [0.5, -0.5 / Math.sqrt(3)],
  [0, -1 / Math.sqrt(3)],
  [-0.5, -0.5 / Math.sqrt(3)],
  [-0.5, 0.5 / Math.sqrt(3)],
] as const;

/** The area of a text if it is one of the plane. */
export function areaIn(text: string | null, { x, y, frame }: Plane): Area | null {
  const area = text === null ? null : readArea(text);
  return area !== null && area.x === x && area.y === y && area.frame === frame ? area : null;
}

export { type Area, areaText };
