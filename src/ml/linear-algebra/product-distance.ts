import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { squaredDistance } from '../matrix/squared-distance.js';

/** Where |x − y|² is a smaller share of |x|² + |y|², the formula by products loses digits that matter. */
const measuredBelow = 1e-6;

/**
 * Squared distance of two rows of X whose inner product is known: |x|² + |y|² − 2·x·y, to ten digits; measured cell by cell
 * where that formula would give fewer.
 * @param lengths |x|² of each row
 */
export function productDistance(
  X: FeatureMatrix,
  lengths: Float64Array,
  a: number,
  b: number,
  product: number,
): number {
  const both = lengths[a] + lengths[b];
  const squared = both - 2 * product;
  return squared < measuredBelow * both ? squaredDistance(X, a, b) : squared;
}
