import { defineTask, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';
import { NeighbourList } from '../neighbours/neighbour-list.js';
import { neighbourSearch } from '../neighbours/neighbour-search.js';

/** Columns as they are seen: a cell x as (x − mean) · unit, length d each. */
export interface PointScale {
  readonly mean: Float64Array;
  readonly unit: Float64Array;
}

export interface FindNearestPointsShared extends Record<string, unknown> {
  /** n×d, its rows distinct. */
  readonly points: FeatureMatrix;
  readonly k: number;
  readonly scale?: PointScale;
}

export interface FindNearestPointsItem {
  readonly from: number;
  readonly until: number;
}

/** The k nearest others of rows `from` … `until` - 1, nearest first, of equals the lower number. */
export const findNearestPoints = defineTask({
  id: 'find-nearest-points',
  run({ points, k, scale }: FindNearestPointsShared, { from, until }: FindNearestPointsItem, { memo, signal }) {
    const { list, search } = memo('search', () => searchOf(points, k, scale));
    const entries = new RowEntries(points);
    const index = new Int32Array((until - from) * k);
    const squared = new Float64Array((until - from) * k);
    for (let row = from; row < until; row++) {
      if (row % 32 === 0) throwIfCancelled(signal);
      entries.read(row);
      list.clear();
      search(entries);
      let to = (row - from) * k;
      const end = to + k;
      for (let i = 0; i < list.points.length && to < end; i++) {
        if (list.points[i] === row) continue;
        index[to] = list.points[i];
        squared[to++] = list.squaredDistances[i];
      }
    }
    return { index, squared };
  },
});

function searchOf(points: FeatureMatrix, k: number, scale: PointScale | undefined) {
  const multiplicity = new Uint32Array(points.rows).fill(1);
  // The row itself is among them.
  const list = new NeighbourList(k + 1, multiplicity);
  const mean = scale?.mean ?? new Float64Array(points.columns);
  const unit = scale?.unit ?? new Float64Array(points.columns).fill(1);
  return { list, search: neighbourSearch({ k: k + 1, points, multiplicity, mean, unit }, list) };
}
