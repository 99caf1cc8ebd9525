import type { DenseMatrix, FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';

/** How the d values of one instance stand in a group of rows; all of length d, NaN where a figure is undefined. */
export interface FeatureStandings {
  /** Rows of the group that have a value. */
  readonly count: Uint32Array;
  readonly mean: Float64Array;
  /** With n − 1; NaN for fewer than two values. */
  readonly standardDeviation: Float64Array;
  /** (value − mean) / standard deviation; of a group that does not vary 0 for its own value, NaN for any other. */
  readonly zScore: Float64Array;
  /** Mid-percentile in 0 … 100: the share of smaller values and half of the equal ones. */
  readonly percentile: Float64Array;
  /**
   * >= 0, larger = more unusual: −log₁₀ of the smoothed two-sided tail probability
   *     p = min(1, 2·(k + ½) / (n + 1)),   k = how many of the n values lie as far out as this one, or farther, on its
   * side. Ranks alone count, so that a rare word, a flag that nobody else has and an outlier of a heavy tail are
   * measured alike, none by the scale of its feature, and a group of few rows cannot call anything very unusual. Of
   * equal ones that of the larger |z| is greater, by less than 1e-9. A value is unusual where the group has none, and a
   * missing one (p = (k + ½) / (n + 1), k = rows without a value) where it has.
   */
  readonly unusualness: Float64Array;
}

/**
 * Holds the values of one instance against a group. One pass over the cells of the group, O(stored cells): sparse rows
 * stay sparse. Missing cells (NaN) count in no figure. Figures that overflow are NaN.
 * @param instance length d: the instance's values
 * @param rows rows of X in the group, without the instance itself
 */
export function featureStandings(X: FeatureMatrix, instance: Float64Array, rows: Uint32Array): FeatureStandings {
  if (instance.length !== X.columns) throw new RangeError(`${instance.length} values for ${X.columns} features`);
  const tally = X.kind === 'dense' ? tallyDense(X, instance, rows) : tallySparse(X, instance, rows);
  return standingsOf(tally, instance, rows.length);
}

/** Sums over the present cells of each column; moments are about `shift`, a value of the column. */
interface Tally {
  readonly count: Uint32Array;
  readonly below: Uint32Array;
  readonly equal: Uint32Array;
  readonly shift: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

function emptyTally(d: number): Tally {
  return {
    count: new Uint32Array(d),
    below: new Uint32Array(d),
    equal: new Uint32Array(d),
    shift: new Float64Array(d),
    first: new Float64Array(d),
    second: new Float64Array(d),
  };
}

function tallyDense({ columns: d, values }: DenseMatrix, instance: Float64Array, rows: Uint32Array): Tally {
  const tally = emptyTally(d);
  const { count, below, equal, shift, first, second } = tally;
  // About a member of the column the moments cancel no digits that count.
  for (let j = 0; j < d; j++) {
    const row = rows.find((i) => !Number.isNaN(values[i * d + j]));
    shift[j] = row === undefined ? 0 : values[row * d + j];
  }
  const missing = new Uint32Array(d);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i] * d;
    for (let j = 0; j < d; j++) {
      const value = values[start + j];
      const difference = value - shift[j];
      if (difference !== difference) {
        missing[j]++;
        continue;
      }
      first[j] += difference;
      second[j] += difference * difference;
      below[j] += value < instance[j] ? 1 : 0;
      equal[j] += value === instance[j] ? 1 : 0;
    }
  }
  for (let j = 0; j < d; j++) count[j] = rows.length - missing[j];
  return tally;
}

function tallySparse(
  { columns: d, rowStart, columnIndex, values }: SparseMatrix,
  instance: Float64Array,
  rows: Uint32Array,
): Tally {
  const tally = emptyTally(d);
  const { count, below, equal, shift, first, second } = tally;
  for (let i = 0; i < rows.length; i++) {
    for (let at = rowStart[rows[i]]; at < rowStart[rows[i] + 1]; at++) {
      const j = columnIndex[at];
      const value = values[at];
      if (count[j]++ === 0) shift[j] = value;
      const difference = value - shift[j];
      first[j] += difference;
      second[j] += difference * difference;
      below[j] += value < instance[j] ? 1 : 0;
      equal[j] += value === instance[j] ? 1 : 0;
    }
  }
  for (let j = 0; j < d; j++) {
    const zeros = rows.length - count[j];
    if (count[j] > 0) {
      first[j] -= zeros * shift[j];
      second[j] += zeros * shift[j] * shift[j];
    }
    if (instance[j] > 0) below[j] += zeros;
    if (instance[j] === 0) equal[j] += zeros;
    count[j] = rows.length;
  }
  return tally;
}

function standingsOf({ count, below, equal, shift, first, second }: Tally, instance: Float64Array, rows: number) {
  const d = instance.length;
  const undefinedOf = (): Float64Array => new Float64Array(d).fill(Number.NaN);
  const mean = undefinedOf();
  const standardDeviation = undefinedOf();
  const zScore = undefinedOf();
  const percentile = undefinedOf();
  const unusualness = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    const n = count[j];
    const value = instance[j];
    const missing = Number.isNaN(value);
    if (n > 0) mean[j] = finite(shift[j] + first[j] / n);
    if (n > 1) {
      const squares = second[j] - (first[j] * first[j]) / n;
      standardDeviation[j] = finite(Math.sqrt(Math.max(0, squares) / (n - 1)));
    }
    if (n > 0 && !missing) {
      percentile[j] = (100 * (below[j] + equal[j] / 2)) / n;
      if (standardDeviation[j] > 0) zScore[j] = finite((value - mean[j]) / standardDeviation[j]);
      else if (standardDeviation[j] === 0 && equal[j] === n) zScore[j] = 0;
    }
    if (rows === 0) continue;
    unusualness[j] =
      missing || n === 0
        ? -Math.log10(((missing ? rows - n : n) + 0.5) / (rows + 1))
        : tailSurprise(below[j], equal[j], n) + tieBreak(zScore[j], equal[j] > 0);
  }
  return { count, mean, standardDeviation, zScore, percentile, unusualness };
}

function tailSurprise(below: number, equal: number, n: number): number {
  const outside = Math.min(below + equal, n - below);
  return -Math.log10(Math.min(1, (2 * (outside + 0.5)) / (n + 1)));
}

/** In [0, 1e-9): less than what one row more or less makes in any group that fits into memory. */
function tieBreak(zScore: number, known: boolean): number {
  // Without a z-score, a value that the group does not have is infinitely many deviations away.
  if (Number.isNaN(zScore)) return known ? 0 : 1e-9 * (1 - 1e-6);
  const size = Math.abs(zScore);
  return (1e-9 * (1 - 1e-6) * size) / (1 + size);
}

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);
