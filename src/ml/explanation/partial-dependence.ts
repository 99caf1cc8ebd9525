import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { withColumn } from '../matrix/replace-column.js';

/** What a model says on average as one feature takes each value of a grid, all others being as they are. */
export interface PartialDependence {
  /** Length g: the mean over all rows. */
  readonly average: Float64Array;
  /** One curve of length g for each row asked for. */
  readonly individual: readonly Float64Array[];
}

/** The value that decides of each of n rows, larger = more malicious. */
export type ValueOf = (X: FeatureMatrix) => Float64Array;

/**
 * Partial dependence of a model on feature `feature` (Friedman 2001, equation 53, by brute force, for any model):
 * average[k] = mean over the rows of valueOf(row with grid[k] in the place of its cell); and for some rows their own
 * curves (individual conditional expectation, Goldstein et al. 2015). What scikit-learn's `partial_dependence` gives
 * with `method='brute'`. Asks for g·n values; a missing cell takes the values of the grid, too. Rows with values that do
 * not occur together are asked about where features hang together: that is what the average leaves out of sight.
 * @param X n×d, n > 0
 * @param curves rows of X with a curve of their own
 */
export function partialDependence(
  X: FeatureMatrix,
  feature: number,
  grid: Float64Array,
  curves: Uint32Array,
  valueOf: ValueOf,
): PartialDependence {
  const average = new Float64Array(grid.length);
  const individual = Array.from(curves, () => new Float64Array(grid.length));
  const everyRow = Uint32Array.from({ length: X.rows }, (_, i) => i);
  grid.forEach((value, k) => {
    const values = valueOf(withColumn(X, everyRow, feature, new Float64Array(X.rows).fill(value)));
    average[k] = values.reduce((sum, one) => sum + one, 0) / X.rows;
    individual.forEach((curve, i) => {
      curve[k] = values[curves[i]];
    });
  });
  return { average, individual };
}
