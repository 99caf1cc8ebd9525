import { printable, UserError } from '../../errors.js';
import { cellOf, cellReach, finestLevel, type FrameOf, hexagonCell, hexagonFrame } from './hexagon-grid.js';
import { componentPlane, type PicturedRows } from './hexagon-picture.js';

/** A piece of the picture of two components, numbered from 1. */
export type Area = { readonly x: number; readonly y: number; readonly frame: FrameOf } & (
  | { readonly kind: 'hexagon'; readonly level: number; readonly column: number; readonly row: number }
  /** Corners in widths of hexagons of level 0: u, v of each. The last one is joined to the first. */
  | { readonly kind: 'polygon'; readonly corners: readonly number[] }
);

const mostCorners = 300;
const pattern = /^(\d{1,9})-(\d{1,9})(:middle)?:(hexagon|polygon):(-?\d+(?:\.\d+)?(?:,-?\d+(?:\.\d+)?)*)$/;

/**
 * An area as one text, `1-2:hexagon:LEVEL,COLUMN,ROW` or `1-2:polygon:U,V,U,V,…`, `1-2:middle:…` in the frame of the
 * middle: what addresses hold.
 */
export function areaText(area: Area): string {
  const numbers =
    area.kind === 'hexagon'
      ? [area.level, area.column, area.row]
      : area.corners.map((value) => Number(value.toFixed(6)));
  const frame = area.frame === 'middle' ? ':middle' : '';
  return `${area.x}-${area.y}${frame}:${area.kind}:${numbers.join(',')}`;
}

/** The area of a text, null for one that is none. */
export function readArea(text: string): Area | null {
  const [, x, y, middle, kind, list] = pattern.exec(text) ?? [];
  if (list === undefined) return null;
  const numbers = list.split(',').map(Number);
  const pair = { x: Number(x), y: Number(y), frame: middle === undefined ? ('all' as const) : ('middle' as const) };
  if (pair.x < 1 || pair.y < pair.x) return null;
  if (kind === 'polygon') {
    const closed = numbers.length % 2 === 0 && numbers.length >= 6 && numbers.length <= 2 * mostCorners;
    return closed ? { ...pair, kind, corners: numbers } : null;
  }
  const [level, column, row] = numbers;
  const fits =
    numbers.length === 3 &&
    numbers.every((value) => Number.isInteger(value) && Math.abs(value) < cellReach / 2) &&
    level >= 0 &&
    level <= finestLevel;
  return fits ? { ...pair, kind: 'hexagon', level, column, row } : null;
}

/**
 * Leaves of the marked rows those whose coordinates are in an area. Throws UserError for a text that is no area, or one
 * of components that there are not. O(n), of a polygon O(n · corners) at worst.
 */
export function keepInArea(
  marks: Uint8Array,
  { coordinates, coordinateRanges }: Partial<Pick<PicturedRows, 'coordinates' | 'coordinateRanges'>>,
  text: string,
): void {
  const area = readArea(text);
  if (area === null) {
    throw new UserError(`"${printable(text, 60)}" is no area`, {
      hint: 'X-Y:hexagon:LEVEL,COLUMN,ROW or X-Y:polygon:U,V,U,V,U,V,…',
    });
  }
  if (coordinates === undefined || area.y > coordinates.length) {
    throw new UserError(`there are no components ${area.x} and ${area.y}`, { hint: 'areas are those of a projection' });
  }
  const plane = componentPlane({ coordinates, coordinateRanges }, area.x, area.y);
  const { x, y } = plane;
  const { xRange, yRange, unit } = hexagonFrame(plane, area.frame);
  const inside = area.kind === 'hexagon' ? inHexagon(area) : inPolygon(area.corners);
  for (let i = 0; i < marks.length; i++) {
    if (marks[i] === 1 && !inside((x[i] - xRange[0]) / unit[0], (y[i] - yRange[0]) / unit[1])) marks[i] = 0;
  }
}

function inHexagon({ level, column, row }: Extract<Area, { kind: 'hexagon' }>): (u: number, v: number) => boolean {
  const cell = cellOf(column, row);
  const scale = 2 ** level;
  return (u, v) => hexagonCell(u * scale, v * scale) === cell;
}

/** By the parity of the sides to the right of a place. */
function inPolygon(corners: readonly number[]): (u: number, v: number) => boolean {
  const us = Float64Array.from(corners.filter((_, k) => k % 2 === 0));
  const vs = Float64Array.from(corners.filter((_, k) => k % 2 === 1));
  const [left, right] = [Math.min(...us), Math.max(...us)];
  const [bottom, top] = [Math.min(...vs), Math.max(...vs)];
  return (u, v) => {
    if (u < left || u > right || v < bottom || v > top) return false;
    let odd = false;
    for (let k = 0, last = us.length - 1; k < us.length; last = k++) {
      const crosses = vs[k] > v !== vs[last] > v;
      if (crosses && u < ((us[last] - us[k]) * (v - vs[k])) / (vs[last] - vs[k]) + us[k]) odd = !odd;
    }
    return odd;
  };
}
