import { CentreDistances } from '../clustering/centre-distances.js';
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
    const distances = new CentreDistances(X, lengths, 1);
    const sums = new Float64Array(to * clusters);
    for (let row = from; row < to; row++) {
      throwIfCancelled(signal);
      distances.placeAt(0, row);
      const own = row * clusters;
      for (let other = 0; other < row; other++) {
        const distance = Math.sqrt(distances.squared(other, 0));
        sums[own + cluster[other]] += distance;
        sums[other * clusters + cluster[row]] += distance;
      }
    }
    return sums;
  },
});
