import type { FeatureMatrix } from '../matrix/feature-matrix.js';

/** Centre and unit of each of d columns: a cell x becomes (x − mean) / scale. */
export interface ColumnScaling {
  readonly mean: Float64Array;
  /** Population standard deviation, finite and > 0; 1 for a constant column. */
  readonly scale: Float64Array;
  /** 1 where the column is constant up to rounding: it carries nothing and is left out of every model. */
  readonly constant: Uint8Array;
}

/** Values closer together than this, relative to the largest, differ by rounding alone. */
const roundingSpread = 64 * Number.EPSILON;

interface ColumnRange {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * Weighted mean and population standard deviation of each column of X (n×d, no missing values, n >= 1).
 * A column is constant if it varies by at most 64 units of rounding. Sums are taken relative to the middle of the
 * column's range and in units of its width, so neither a large offset nor values near the limits of a double harm
 * them. Two passes, O(stored cells). Departure from scikit-learn: its test for a constant column grows with n.
 * Throws RangeError for a column with a NaN or infinite cell.
 * @param weights length n, finite, > 0 for some row; absent: all 1
 * @param standardise false: mean 0 and scale 1 everywhere, only constant columns are found
 */
export function columnScaling(X: FeatureMatrix, weights?: Float64Array, standardise = true): ColumnScaling {
  const d = X.columns;
  const { low, high } = columnRanges(X);
  const mean = new Float64Array(d);
  const scale = new Float64Array(d).fill(1);
  const constant = new Uint8Array(d);
  for (let j = 0; j < d; j++) {
    const largest = Math.max(Math.abs(low[j]), Math.abs(high[j]));
    // Halved, because high − low may overflow.
    if (high[j] / 2 - low[j] / 2 <= roundingSpread * (largest / 2)) constant[j] = 1;
  }
  if (!standardise) return { mean, scale, constant };
  const middle = new Float64Array(d);
  const width = new Float64Array(d).fill(1);
  for (let j = 0; j < d; j++) {
    middle[j] = low[j] / 2 + high[j] / 2;
    if (!constant[j]) width[j] = high[j] / 2 - low[j] / 2;
  }
  const { first, second } = moments(X, middle, width, weights);
  for (let j = 0; j < d; j++) {
    mean[j] = middle[j] + width[j] * first[j];
    const variance = second[j] - first[j] * first[j];
    if (constant[j]) mean[j] = middle[j];
    // Less is rounding: all the weight lies on one value, or the spread is near the smallest double.
    else if (variance > 1e-14) scale[j] = width[j] * Math.sqrt(variance);
    else constant[j] = 1;
    if (!Number.isFinite(mean[j]))
      throw new RangeError(`column ${j} is not finite: it holds a missing or infinite value`);
  }
  return { mean, scale, constant };
}

function columnRanges(X: FeatureMatrix): ColumnRange {
  const d = X.columns;
  const low = new Float64Array(d).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(d).fill(Number.NEGATIVE_INFINITY);
  const { values } = X;
  if (X.kind === 'dense') {
    for (let i = 0, at = 0; i < X.rows; i++) {
      for (let j = 0; j < d; j++, at++) {
        const x = values[at];
        if (x < low[j]) low[j] = x;
        if (x > high[j]) high[j] = x;
      }
    }
    return { low, high };
  }
  const present = new Uint32Array(d);
  for (let at = 0; at < values.length; at++) {
    // A stored zero counts as absent: the same cells must give the same bytes however they are stored.
    if (values[at] === 0) continue;
    const j = X.columnIndex[at];
    present[j]++;
    if (values[at] < low[j]) low[j] = values[at];
    if (values[at] > high[j]) high[j] = values[at];
  }
  for (let j = 0; j < d; j++) {
    if (present[j] === X.rows) continue;
    low[j] = Math.min(low[j], 0);
    high[j] = Math.max(high[j], 0);
  }
  return { low, high };
}

/** Weighted first and second moments of (x − middle) / width, column by column. */
function moments(
  X: FeatureMatrix,
  middle: Float64Array,
  width: Float64Array,
  weights: Float64Array | undefined,
): { first: Float64Array; second: Float64Array } {
  const d = X.columns;
  const first = new Float64Array(d);
  const second = new Float64Array(d);
  const present = new Float64Array(d);
  const unit = width.map((w) => 1 / Math.max(w, Number.MIN_VALUE * 2 ** 60));
  const { values } = X;
  let total = 0;
  for (let i = 0; i < X.rows; i++) {
    const weight = weights ? weights[i] : 1;
    total += weight;
    if (X.kind === 'dense') {
      for (let j = 0, at = i * d; j < d; j++, at++) {
        const z = (values[at] - middle[j]) * unit[j];
        first[j] += weight * z;
        second[j] += weight * z * z;
      }
      continue;
    }
    for (let at = X.rowStart[i]; at < X.rowStart[i + 1]; at++) {
      if (values[at] === 0) continue;
      const j = X.columnIndex[at];
      const z = (values[at] - middle[j]) * unit[j];
      first[j] += weight * z;
      second[j] += weight * z * z;
      present[j] += weight;
    }
  }
  for (let j = 0; j < d; j++) {
    const absent = X.kind === 'dense' ? 0 : Math.max(0, total - present[j]);
    const z = -middle[j] * unit[j];
    first[j] = (first[j] + absent * z) / total;
    second[j] = (second[j] + absent * z * z) / total;
  }
  return { first, second };
}
