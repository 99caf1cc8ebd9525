import { CentreDistances } from '../clustering/centre-distances.js';
import { defineTask, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';

export interface MeasureSilhouettesShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  /** |x|² of each row. */
  readonly lengths: Float64Array;
  /** Length n: 0 … k-1. */
  readonly cluster: Int32Array;
  /** Rows of each cluster, length k. */
  readonly sizes: Float64Array;
}

/** Silhouettes of the rows `from` … `to` - 1 among all rows. */
export const measureSilhouettes = defineTask({
  id: 'measure-silhouettes',
  run(
    { X, lengths, cluster, sizes }: MeasureSilhouettesShared,
    { from, to }: { readonly from: number; readonly to: number },
    { signal },
  ): Float64Array {
    const distances = new CentreDistances(X, lengths, 1);
    const sums = new Float64Array(sizes.length);
    return Float64Array.from({ length: to - from }, (_, i) => {
      throwIfCancelled(signal);
      const row = from + i;
      const own = cluster[row];
      if (sizes[own] === 1) return 0;
      distances.placeAt(0, row);
      sums.fill(0);
      for (let other = 0; other < X.rows; other++) {
        if (other !== row) sums[cluster[other]] += Math.sqrt(distances.squared(other, 0));
      }
      const inside = sums[own] / (sizes[own] - 1);
      let outside = Number.POSITIVE_INFINITY;
      for (let c = 0; c < sizes.length; c++) {
        if (c !== own && sizes[c] > 0) outside = Math.min(outside, sums[c] / sizes[c]);
      }
      const larger = Math.max(inside, outside);
      return larger === 0 ? 0 : (outside - inside) / larger;
    });
  },
});
