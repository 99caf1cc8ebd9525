import { CoreDistances, type DistinctPoints } from '../clustering/hdbscan/core-distances.js';
import { defineTask, throwIfCancelled } from '../fit-context.js';

export interface MeasureCoresShared extends DistinctPoints {
  /** 1 … rows that the points stand for. */
  readonly least: number;
}

/** The distances of the rows `from` … `to` - 1 from their `least`-th nearest row, themselves the first. */
export const measureCores = defineTask({
  id: 'measure-cores',
  run(
    shared: MeasureCoresShared,
    { from, to }: { readonly from: number; readonly to: number },
    { signal, memo },
  ): Float64Array {
    const cores = memo('cores', () => new CoreDistances(shared, shared.least));
    return Float64Array.from({ length: to - from }, (_, k) => {
      throwIfCancelled(signal);
      return cores.of(from + k);
    });
  },
});
