import { UserError } from '../../errors.js';
import type { DenseMatrix, FeatureMatrix } from '../matrix/feature-matrix.js';
import { randomStream } from '../random/stream.js';
import { mostSorted, sortNumbers } from './binning-kernel.js';

/** Cells of a feature at most, missing values apart: a code is a byte, and one is kept for the missing. */
export const maxBins = 255;

/** The cuts of larger data are those of so many rows drawn at random. */
const sampleRows = mostSorted;

/** Columns gathered at a time: their values lie side by side in memory. */
const columnsAtOnce = 8;

/** How the values of d features become codes 0 … bins - 1. */
export interface FeatureBins {
  /** Ascending, by feature: x has the code of the first cut >= x, or cuts.length above all; d entries. */
  readonly cuts: readonly Float64Array[];
  /** 1 where the feature has missing values, whose code is cuts.length + 1; length d. */
  readonly missing: Uint8Array;
}

/**
 * Cuts between the distinct values of each feature of X (n×d), midway; where there are more than `limit`, between cells
 * of about equally many rows, as scikit-learn's HistGradientBoosting has them. O(n·d), and s·log s for the s rows of
 * the sample. Throws UserError for infinite values.
 */
export function findBins(X: FeatureMatrix, limit: number, seed: number): FeatureBins {
  const rows = sample(X.rows, seed);
  const missing = new Uint8Array(X.columns);
  if (X.kind === 'sparse') {
    for (const value of X.values) if (value - value !== 0) refuseInfinite();
    return { cuts: sparseColumns(X, rows).map((values) => cutsOf(values, limit)), missing };
  }
  const { columns, values: cells } = X;
  for (let i = 0, at = 0; i < X.rows; i++) {
    for (let j = 0; j < columns; j++, at++) {
      const value = cells[at];
      if (value - value === 0) continue;
      if (!Number.isNaN(value)) refuseInfinite();
      missing[j] = 1;
    }
  }
  return { cuts: denseCuts(X, rows, limit), missing };
}

function denseCuts({ columns, values }: DenseMatrix, rows: Uint32Array, limit: number): Float64Array[] {
  const cuts: Float64Array[] = [];
  const gathered = Array.from({ length: columnsAtOnce }, () => new Float64Array(rows.length));
  const known = new Uint32Array(columnsAtOnce);
  for (let first = 0; first < columns; first += columnsAtOnce) {
    const width = Math.min(columnsAtOnce, columns - first);
    known.fill(0);
    for (const row of rows) {
      const at = row * columns + first;
      for (let j = 0; j < width; j++) {
        const value = values[at + j];
        // A missing value is not equal to itself; + 0 makes one zero of the two.
        if (value === value) gathered[j][known[j]++] = value + 0;
      }
    }
    for (let j = 0; j < width; j++) cuts.push(cutsOf(gathered[j].subarray(0, known[j]), limit));
  }
  return cuts;
}

function refuseInfinite(): never {
  throw new UserError('the features have infinite values, which cannot be put into cells');
}

/** Ascending rows to take cuts from: all of few. */
function sample(n: number, seed: number): Uint32Array {
  if (n <= sampleRows) return Uint32Array.from({ length: n }, (_, i) => i);
  const stream = randomStream(seed, 'boosting bins');
  const rows = new Uint32Array(sampleRows);
  // Knuth's selection sampling (The Art of Computer Programming 2, algorithm S).
  for (let i = 0, k = 0; k < sampleRows; i++) if (stream.float() * (n - i) < sampleRows - k) rows[k++] = i;
  return rows;
}

/** The values of each column on some rows, zeros included. */
function sparseColumns(X: FeatureMatrix & { kind: 'sparse' }, rows: Uint32Array): Float64Array[] {
  const counts = new Uint32Array(X.columns);
  for (const i of rows) for (let e = X.rowStart[i]; e < X.rowStart[i + 1]; e++) counts[X.columnIndex[e]]++;
  // One zero stands for all of them; how many there are is told apart.
  const columns = Array.from(counts, (count) => new Float64Array(Math.min(rows.length, count + 1)));
  const filled = new Uint32Array(X.columns);
  for (const i of rows) {
    for (let e = X.rowStart[i]; e < X.rowStart[i + 1]; e++) {
      const j = X.columnIndex[e];
      columns[j][filled[j]++] = X.values[e] + 0;
    }
  }
  return columns;
}

/** @param values sorted in place */
function cutsOf(values: Float64Array, limit: number): Float64Array {
  sortNumbers(values);
  let distinct = values.length > 0 ? 1 : 0;
  for (let i = 1; i < values.length; i++) if (values[i] !== values[i - 1]) distinct++;
  const cuts: number[] = [];
  if (distinct <= limit) {
    for (let i = 1; i < values.length; i++)
      if (values[i] !== values[i - 1]) cuts.push(between(values[i - 1], values[i]));
  } else {
    for (let k = 1; k < limit; k++) {
      const at = Math.floor((k * values.length) / limit);
      const cut = between(values[at - 1], values[at]);
      if (cuts.length === 0 || cut > cuts[cuts.length - 1]) cuts.push(cut);
    }
  }
  // The last cell holds what is above all cuts: it must not be empty.
  while (cuts.length > 0 && cuts[cuts.length - 1] >= values[values.length - 1]) cuts.pop();
  return Float64Array.from(cuts);
}

/** Midway between low <= high; low itself where nothing lies between them. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle < high && middle >= low ? middle : low;
}

/** Code of a value that is not missing: the number of cuts below it. */
export function codeOf(cuts: Float64Array, value: number): number {
  let low = 0;
  for (let width = cuts.length; width > 0; ) {
    const half = width >> 1;
    if (cuts[low + half] < value) {
      low += half + 1;
      width -= half + 1;
    } else {
      width = half;
    }
  }
  return low;
}
