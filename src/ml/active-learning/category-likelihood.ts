import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';

/** Variances are at least this share of the feature's own: a value seen once must not decide everything. */
const leastVariance = 1e-3;

/**
 * ln p(x | its category) of some rows of X (n×d): within a category each feature is normal and independent of the
 * others, with the mean and variance of the category's members; constant features are left out. The density of a
 * Gaussian naive Bayes (there with standard deviations where the original SecuML took variances for them), with a floor
 * for the variances. O(stored cells + rows · d).
 * @param category length m: category of rows[i], 0 … count - 1
 * @returns length m, finite
 */
export function categoryLikelihood(
  X: FeatureMatrix,
  rows: Uint32Array,
  category: Uint32Array,
  count: number,
): Float64Array {
  const d = X.columns;
  const sizes = new Float64Array(count);
  for (const k of category) sizes[k]++;
  const sums = new Float64Array(count * d);
  const squares = new Float64Array(count * d);
  const whole = { sum: new Float64Array(d), square: new Float64Array(d) };
  const entries = new RowEntries(X);
  // About the first row's values, so that large means do not eat the variances' digits.
  const shift = new Float64Array(d);
  if (rows.length > 0) {
    entries.read(rows[0]);
    for (let e = 0; e < entries.count; e++) shift[entries.columns[e]] = entries.values[e];
  }
  const dense = new Float64Array(d);
  const read = (row: number): void => {
    for (let j = 0; j < d; j++) dense[j] = -shift[j];
    entries.read(row);
    for (let e = 0; e < entries.count; e++) dense[entries.columns[e]] += entries.values[e];
  };
  rows.forEach((row, i) => {
    read(row);
    const at = category[i] * d;
    for (let j = 0; j < d; j++) {
      const value = dense[j];
      sums[at + j] += value;
      squares[at + j] += value * value;
      whole.sum[j] += value;
      whole.square[j] += value * value;
    }
  });
  const n = rows.length;
  const floor = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    const variance = whole.square[j] / n - (whole.sum[j] / n) ** 2;
    // Rounding leaves a constant feature a variance of almost nothing.
    floor[j] = variance > 1e-12 * (whole.square[j] / n) ? leastVariance * variance : 0;
  }
  const logNorm = new Float64Array(count);
  const precision = new Float64Array(count * d);
  for (let k = 0; k < count; k++) {
    for (let j = 0; j < d; j++) {
      if (floor[j] === 0 || sizes[k] === 0) continue;
      const at = k * d + j;
      const mean = sums[at] / sizes[k];
      const variance = Math.max(floor[j], squares[at] / sizes[k] - mean * mean);
      sums[at] = mean;
      precision[at] = 1 / variance;
      // In units of the feature's own deviation, so that scales add nothing.
      logNorm[k] += 0.5 * Math.log((2 * Math.PI * variance * leastVariance) / floor[j]);
    }
  }
  return Float64Array.from(rows, (row, i) => {
    read(row);
    const at = category[i] * d;
    let distance = 0;
    for (let j = 0; j < d; j++) {
      const difference = dense[j] - sums[at + j];
      distance += precision[at + j] * difference * difference;
    }
    return Math.max(-Number.MAX_VALUE, -logNorm[category[i]] - distance / 2);
  });
}
