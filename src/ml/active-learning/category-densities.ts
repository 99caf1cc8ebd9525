import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';

/** Variances are at least this share of the feature's own: a value seen once must not decide everything. */
const leastVariance = 1e-3;

/** A spread below this share of the mean square is what rounding leaves of a constant feature. */
const rounding = 1e-12;

/**
 * Densities of categories of rows: within a category each feature is normal and independent of the others, with the mean
 * and variance of the category's members; features that are constant among all members are left out. The density of a
 * Gaussian naive Bayes (there with standard deviations where the original SecuML took variances for them), the variances
 * with a floor, in units of each feature's own deviation, so that scales count for nothing.
 */
export class CategoryDensities {
  private readonly d: number;
  private readonly sizes: Float64Array;
  /** k×d. */
  private readonly mean: Float64Array;
  /** k×d, 1 / variance; 0 for what is left out. */
  private readonly precision: Float64Array;
  private readonly logNorm: Float64Array;
  /** The first row: values are taken relative to it, so that large means do not eat the variances' digits. */
  private readonly origin: Float64Array;
  private readonly entries: RowEntries;
  private readonly row: Float64Array;

  /**
   * O(rows · d).
   * @param category length m: category of rows[i], 0 … count - 1
   */
  constructor(X: FeatureMatrix, rows: Uint32Array, category: Uint32Array, count: number) {
    const d = X.columns;
    this.d = d;
    this.entries = new RowEntries(X);
    this.row = new Float64Array(d);
    this.origin = new Float64Array(d);
    if (rows.length > 0) this.origin = this.read(rows[0]).slice();
    this.sizes = new Float64Array(count);
    const sums = new Float64Array(count * d);
    const squares = new Float64Array(count * d);
    rows.forEach((row, i) => {
      const values = this.read(row);
      this.sizes[category[i]]++;
      const at = category[i] * d;
      for (let j = 0; j < d; j++) {
        sums[at + j] += values[j];
        squares[at + j] += values[j] * values[j];
      }
    });
    this.mean = sums;
    this.precision = squares;
    this.logNorm = new Float64Array(count);
    this.finish(rows.length);
  }

  /** From sums and sums of squares to means and precisions, in place. */
  private finish(n: number): void {
    const { d, sizes, mean: sums, precision: squares, logNorm } = this;
    for (let j = 0; j < d; j++) {
      let [sum, square] = [0, 0];
      for (let k = 0; k < sizes.length; k++) {
        sum += sums[k * d + j];
        square += squares[k * d + j];
      }
      const own = square / n - (sum / n) ** 2;
      const varies = own > rounding * (square / n);
      for (let k = 0; k < sizes.length; k++) {
        const at = k * d + j;
        const mean = sizes[k] > 0 ? sums[at] / sizes[k] : 0;
        const variance = Math.max(leastVariance * own, squares[at] / sizes[k] - mean * mean);
        sums[at] = mean;
        squares[at] = varies && sizes[k] > 0 ? 1 / variance : 0;
        if (squares[at] > 0) logNorm[k] += 0.5 * Math.log((2 * Math.PI * variance) / own);
      }
    }
  }

  private read(row: number): Float64Array {
    const { entries, row: values, origin } = this;
    for (let j = 0; j < values.length; j++) values[j] = -origin[j];
    entries.read(row);
    for (let e = 0; e < entries.count; e++) values[entries.columns[e]] += entries.values[e];
    return values;
  }

  /** ln p(x | category) of a row of X, finite. O(d). */
  logDensity(row: number, category: number): number {
    return this.of(this.read(row), category);
  }

  /** The category of the largest size · p(x | category), and ln p there. O(k·d). */
  likeliest(row: number): { category: number; logDensity: number } {
    const values = this.read(row);
    let best = { category: -1, logDensity: 0, joint: -Infinity };
    this.sizes.forEach((size, category) => {
      if (size === 0) return;
      const logDensity = this.of(values, category);
      const joint = Math.log(size) + logDensity;
      if (joint > best.joint) best = { category, logDensity, joint };
    });
    return best;
  }

  private of(values: Float64Array, category: number): number {
    const { d, mean, precision, logNorm } = this;
    let distance = 0;
    for (let j = 0, at = category * d; j < d; j++, at++) {
      const difference = values[j] - mean[at];
      distance += precision[at] * difference * difference;
    }
    return Math.max(-Number.MAX_VALUE, -logNorm[category] - distance / 2);
  }
}
