/** Where the hexagons of two components lie, and how large those of level 0 are. */
export interface HexagonFrame {
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  /** What a width of a hexagon of level 0 is in units of x, and of y. */
  readonly unit: readonly [number, number];
}

/** Hexagons of level 0 side by side over the range of x. Those of level L are 2^L times as many. */
export const hexagonColumns = 30;
/** Height of the picture to its width. */
const flatness = 0.75;
/** From a row of one lattice to the next one, in widths. */
const rowHeight = Math.sqrt(3);
/** Hexagons do not become smaller than this: a width is then the 122,880th part of the range. */
export const finestLevel = 12;

type Range = readonly [low: number, high: number];

/** Points in two components. */
export interface ComponentPlane {
  /** Length n, finite. */
  readonly x: Float64Array;
  /** Length n, finite. */
  readonly y: Float64Array;
  /** Of all points there are, where these are some of them. */
  readonly ranges?: readonly [Range, Range];
}

/** What a frame is laid around: all values, or their middle, without the outermost hundredth at either end. */
export type FrameOf = 'all' | 'middle';
const outermost = 0.01;

/**
 * The frame of n points: 30 widths of hexagons over the range of x, 22.5 over that of y. A range without extent is
 * widened. O(n), for the middle O(n log n) the first time.
 */
export function hexagonFrame({ x, y, ranges }: ComponentPlane, of: FrameOf = 'all'): HexagonFrame {
  const [xRange, yRange] =
    of === 'all' ? (ranges ?? [componentRange(x), componentRange(y)]) : [middleOf(x), middleOf(y)];
  const unit = [
    (xRange[1] - xRange[0]) / hexagonColumns,
    (yRange[1] - yRange[0]) / (hexagonColumns * flatness),
  ] as const;
  return { xRange, yRange, unit };
}

/** Columns and rows of hexagons are at most this many away from the first one; what is farther away has no hexagon. */
export const cellReach = 2 ** 20;

/**
 * The hexagon that a place belongs to: the one whose centre is nearest. The centres are two lattices, (i, √3·j) and
 * (i + ½, √3·(j + ½)) (Carr, Olsen and White 1992). Column and row, counted in half widths and half heights, as one
 * number: see cellColumn and cellRow; -1 for what is too far away. A place exactly between two centres belongs to the
 * first lattice.
 * @param u in widths of hexagons from the smallest x
 * @param v in widths of hexagons from the smallest y
 */
export function hexagonCell(u: number, v: number): number {
  if (!(Math.abs(u) < cellReach / 4 && Math.abs(v) < cellReach / 4)) return noCell;
  const [evenColumn, evenRow] = [Math.round(u), Math.round(v / rowHeight)];
  const [oddColumn, oddRow] = [Math.floor(u) + 0.5, Math.floor(v / rowHeight) + 0.5];
  const toEven = (u - evenColumn) ** 2 + (v - evenRow * rowHeight) ** 2;
  const toOdd = (u - oddColumn) ** 2 + (v - oddRow * rowHeight) ** 2;
  return toEven <= toOdd ? cellOf(2 * evenColumn, 2 * evenRow) : cellOf(2 * oddColumn, 2 * oddRow);
}

const noCell = -1;

export const cellOf = (column: number, row: number): number => (row + cellReach) * 2 * cellReach + (column + cellReach);

export const cellColumn = (cell: number): number => (cell % (2 * cellReach)) - cellReach;

export const cellRow = (cell: number): number => Math.floor(cell / (2 * cellReach)) - cellReach;

/** The centre of a hexagon of a level, in widths of those of level 0. */
export function cellCentre(column: number, row: number, level: number): { u: number; v: number } {
  const size = 2 ** -level;
  return { u: (column / 2) * size, v: ((row * rowHeight) / 2) * size };
}

/** The row whose centres are at a height, in half heights of level 0. */
export const rowAt = (v: number): number => (2 * v) / rowHeight;

/** Middles of columns that were asked for before: sorting a million values takes a tenth of a second. */
const middles = new WeakMap<Float64Array, readonly [number, number]>();

function middleOf(values: Float64Array): readonly [number, number] {
  const known = middles.get(values);
  if (known) return known;
  const sorted = values.slice().sort();
  const left = Math.floor(outermost * sorted.length);
  const middle = componentRange(sorted.subarray(left, sorted.length - left));
  middles.set(values, middle);
  return middle;
}

/** Smallest and largest of n values; a range without extent is widened. */
export function componentRange(values: Float64Array): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  if (values.length === 0) return [0, 1];
  const widening = 0.05 * Math.max(Math.abs(low), Math.abs(high), 1e-3);
  return high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high)) ? [low, high] : [low - widening, high + widening];
}
