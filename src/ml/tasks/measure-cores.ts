import { CentreDistances } from '../clustering/centre-distances.js';
import { smallest } from '../clustering/dbscan/dbscan.js';
import { defineTask, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';

export interface MeasureCoresShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  /** |x|² of each row. */
  readonly lengths: Float64Array;
  /** 1 … n. */
  readonly least: number;
}

/** The distances of the rows `from` … `to` - 1 from their `least`-th nearest row, themselves the first. */
export const measureCores = defineTask({
  id: 'measure-cores',
  run(
    { X, lengths, least }: MeasureCoresShared,
    { from, to }: { readonly from: number; readonly to: number },
    { signal },
  ): Float64Array {
    const query = new CentreDistances(X, lengths, 1);
    const squared = new Float64Array(X.rows);
    return Float64Array.from({ length: to - from }, (_, k) => {
      throwIfCancelled(signal);
      query.placeAt(0, from + k);
      for (let other = 0; other < X.rows; other++) squared[other] = query.squared(other, 0);
      return Math.sqrt(smallest(squared, least - 1));
    });
  },
});
