import { rounding } from '../clustering/centre-distances.js';
import { RowProducts, rowsAtOnce } from '../clustering/row-products.js';
import { defineTask, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';

export interface SumDistancesShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  /** |x|² of each row. */
  readonly lengths: Float64Array;
  /** Length n: 0 … clusters-1. */
  readonly cluster: Int32Array;
  readonly clusters: number;
}

/**
 * Distances of the rows `from` … `to` - 1 to all rows before them, summed by the cluster of the other: (row, cluster) at
 * row · clusters + cluster, for the rows 0 … `to` - 1, both rows of a pair getting their share.
 */
export const sumDistances = defineTask({
  id: 'sum-distances',
  run(
    { X, lengths, cluster, clusters }: SumDistancesShared,
    { from, to }: { readonly from: number; readonly to: number },
    { signal },
  ): Float64Array {
    const rows = new RowProducts(X);
    const sums = new Float64Array(to * clusters);
    for (let first = from; first < to; first += rowsAtOnce) {
      throwIfCancelled(signal);
      const count = Math.min(rowsAtOnce, to - first);
      rows.take(first, count);
      for (let other = 0; other < first + count - 1; other++) {
        rows.with(other);
        // Of the four, those that come after the other.
        for (let q = Math.max(0, other - first + 1); q < count; q++) {
          const row = first + q;
          const both = lengths[row] + lengths[other];
          const squared = both - 2 * rows.products[q];
          // What rounding leaves of two equal rows.
          if (squared <= rounding * both) continue;
          const distance = Math.sqrt(squared);
          sums[row * clusters + cluster[other]] += distance;
          sums[other * clusters + cluster[row]] += distance;
        }
      }
    }
    return sums;
  },
});
