import { defineTask, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';
import { NeighbourList } from '../neighbours/neighbour-list.js';
import { neighbourSearch } from '../neighbours/neighbour-search.js';

export interface MeasureCoresShared extends Record<string, unknown> {
  /** m×d, no two rows equal, as `searchable` gives them. */
  readonly points: FeatureMatrix;
  /** Rows that each stands for. */
  readonly multiplicity: Uint32Array;
  /** 1 … rows that the points stand for. */
  readonly least: number;
}

/** The distances of the points `from` … `to` - 1 from their `least`-th nearest row, themselves and their copies the first. */
export const measureCores = defineTask({
  id: 'measure-cores',
  run(
    { points, multiplicity, least }: MeasureCoresShared,
    { from, to }: { readonly from: number; readonly to: number },
    { signal, memo },
  ): Float64Array {
    const { list, search } = memo('search', () => searchOf(points, multiplicity, least));
    const entries = new RowEntries(points);
    return Float64Array.from({ length: to - from }, (_, k) => {
      throwIfCancelled(signal);
      entries.read(from + k);
      list.clear();
      search(entries);
      // Behind the last that is needed there may be some that tie with it but for rounding.
      let [rows, at] = [0, -1];
      while (rows < least) rows += multiplicity[list.points[++at]];
      return Math.sqrt(list.squaredDistances[at]);
    });
  },
});

function searchOf(points: FeatureMatrix, multiplicity: Uint32Array, least: number) {
  const list = new NeighbourList(least, multiplicity);
  const mean = new Float64Array(points.columns);
  const unit = new Float64Array(points.columns).fill(1);
  return { list, search: neighbourSearch({ k: least, points, multiplicity, mean, unit }, list) };
}
