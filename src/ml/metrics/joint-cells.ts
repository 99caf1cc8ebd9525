import { joinSegments } from './bootstrap.js';
import { type ScoreCurve, stepsAbove } from './score-curve.js';

const mostSegments = 2048;
const fewestSegments = 32;
/** A replicate costs as much as there are cells. */
const mostCells = 16_384;
/** Segments between four deviations to either side of a false-positive rate: an eighth of these is a deviation. */
const segmentsAroundRate = 32;

/** The cells of one class that hold rows, in the order of their segments. */
export interface ClassCells {
  readonly rows: number;
  /** Length c: the cell's segment in each curve. */
  readonly first: Uint16Array;
  readonly second: Uint16Array;
  /** Length c: its rows and those of the cells before. */
  readonly cumulative: Float64Array;
}

export interface JointCells {
  /** The joined curves. */
  readonly curves: readonly [ScoreCurve, ScoreCurve];
  readonly positives: ClassCells;
  readonly negatives: ClassCells;
}

/**
 * The rows of two curves as cells; the segments of both curves are joined until there are few enough. O(n log n).
 * @param thresholds of each curve, which are to fall between segments
 * @param rates false-positive rates around which the segments stay fine
 */
export function jointCells(
  first: Float64Array,
  second: Float64Array,
  positive: Uint8Array,
  curves: readonly [ScoreCurve, ScoreCurve],
  thresholds: readonly [readonly number[], readonly number[]],
  rates: readonly number[],
): JointCells {
  const cuts = curves.map((curve, k) => [...thresholds[k], ...cutsAround(curve, rates)]);
  const join = (of: readonly [ScoreCurve, ScoreCurve], limit: number): [ScoreCurve, ScoreCurve] => [
    joinSegments(of[0], cuts[0], limit),
    joinSegments(of[1], cuts[1], limit),
  ];
  let joined = join(curves, mostSegments);
  let counts = countRows(joined, first, second, positive);
  for (let limit = mostSegments / 2; filledCells(counts) > mostCells && limit >= fewestSegments; limit /= 2) {
    // Segments of segments: the rows need not be looked at again.
    const coarser = join(joined, limit);
    counts = joinCounts(counts, joined, coarser);
    joined = coarser;
  }
  const width = joined[1].thresholds.length;
  return { curves: joined, negatives: classCells(counts[0], width), positives: classCells(counts[1], width) };
}

/** Thresholds that cut the curve finely where a replicate may reach one of the false-positive rates. */
function cutsAround({ thresholds, falsePositives, negatives }: ScoreCurve, rates: readonly number[]): number[] {
  return rates.flatMap((rate) => {
    const expected = rate * negatives;
    const reach = 4 * Math.sqrt(expected * (1 - rate));
    const cuts: number[] = [];
    for (let k = 0; k <= segmentsAroundRate; k++) {
      const steps = stepsWithin(falsePositives, expected - reach + (2 * reach * k) / segmentsAroundRate);
      if (steps < thresholds.length) cuts.push(thresholds[steps]);
    }
    return cuts;
  });
}

/** How many of the ascending counts are at most `most`. */
function stepsWithin(counts: Float64Array, most: number): number {
  let low = 0;
  let high = counts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (counts[middle] <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows by cell: negative ones and positive ones, (segments of the first) × (segments of the second), row-major. */
type CellCounts = readonly [negatives: Uint32Array, positives: Uint32Array];

function emptyCounts([a, b]: readonly [ScoreCurve, ScoreCurve]): CellCounts {
  const cells = a.thresholds.length * b.thresholds.length;
  return [new Uint32Array(cells), new Uint32Array(cells)];
}

function countRows(
  curves: readonly [ScoreCurve, ScoreCurve],
  first: Float64Array,
  second: Float64Array,
  positive: Uint8Array,
): CellCounts {
  const counts = emptyCounts(curves);
  const width = curves[1].thresholds.length;
  for (let i = 0; i < positive.length; i++) {
    const cell = stepsAbove(curves[0], first[i]) * width + stepsAbove(curves[1], second[i]);
    counts[positive[i] !== 0 ? 1 : 0][cell]++;
  }
  return counts;
}

function joinCounts(
  fine: CellCounts,
  from: readonly [ScoreCurve, ScoreCurve],
  to: readonly [ScoreCurve, ScoreCurve],
): CellCounts {
  const counts = emptyCounts(to);
  const width = to[1].thresholds.length;
  const [rows, columns] = [0, 1].map((k) => from[k].thresholds.map((value) => stepsAbove(to[k], value)));
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < columns.length; j++) {
      const cell = rows[i] * width + columns[j];
      counts[0][cell] += fine[0][i * columns.length + j];
      counts[1][cell] += fine[1][i * columns.length + j];
    }
  }
  return counts;
}

function filledCells(counts: CellCounts): number {
  let filled = 0;
  for (const column of counts) for (let cell = 0; cell < column.length; cell++) if (column[cell] > 0) filled++;
  return filled;
}

function classCells(counts: Uint32Array, width: number): ClassCells {
  let filled = 0;
  for (let cell = 0; cell < counts.length; cell++) if (counts[cell] > 0) filled++;
  const first = new Uint16Array(filled);
  const second = new Uint16Array(filled);
  const cumulative = new Float64Array(filled);
  let rows = 0;
  for (let cell = 0, c = 0; cell < counts.length; cell++) {
    if (counts[cell] === 0) continue;
    rows += counts[cell];
    first[c] = Math.floor(cell / width);
    second[c] = cell % width;
    cumulative[c++] = rows;
  }
  return { rows, first, second, cumulative };
}
