import type { NeighbourModel } from '../classifiers/k-nearest-neighbours/neighbour-model.js';
import { defineTask } from '../fit-context.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';
import { NeighbourList } from '../neighbours/neighbour-list.js';
import { neighbourSearch } from '../neighbours/neighbour-search.js';

export interface MeasureDistancesShared extends Record<string, unknown> {
  /** Its `votes` are numbers of rows, by class. */
  readonly neighbours: NeighbourModel;
  readonly X: FeatureMatrix;
  /** Length n: the class whose rows are looked for. */
  readonly classes: Uint32Array;
  /** The rows of X are among those searched, as rows of their class: each is left out of its own neighbours. */
  readonly leaveOut: boolean;
}

export interface MeasureDistancesItem {
  readonly from: number;
  readonly until: number;
}

/** Mean distance of rows `from` … `until` - 1 to their k nearest rows of a class; to all there are if fewer, NaN without any. */
export const measureDistances = defineTask({
  id: 'measure-distances',
  run(
    { neighbours, X, classes, leaveOut }: MeasureDistancesShared,
    { from, until }: MeasureDistancesItem,
    { memo },
  ): Float64Array {
    const entries = new RowEntries(X);
    return Float64Array.from({ length: until - from }, (_, i) => {
      const wanted = classes[from + i];
      const search = memo(`class ${wanted}`, () => searchOfClass(neighbours, wanted, leaveOut));
      entries.read(from + i);
      return search(entries);
    });
  },
});

/** The mean distance of a row to its nearest rows of one class. */
function searchOfClass(model: NeighbourModel, wanted: number, leaveOut: boolean): (entries: RowEntries) => number {
  const { k, classCount, votes, points } = model;
  const rows = Uint32Array.from(model.multiplicity.keys()).filter((point) => votes[point * classCount + wanted] > 0);
  if (rows.length === 0) return () => Number.NaN;
  const multiplicity = Uint32Array.from(rows, (point) => votes[point * classCount + wanted]);
  const more = k + Number(leaveOut);
  const list = new NeighbourList(more, multiplicity);
  const search = neighbourSearch({ ...model, k: more, points: selectRows(points, rows), multiplicity }, list);
  return (entries) => {
    list.clear();
    search(entries);
    return meanDistance(list, multiplicity, k, leaveOut);
  };
}

function meanDistance(list: NeighbourList, multiplicity: Uint32Array, k: number, leaveOut: boolean): number {
  let [sum, counted] = [0, 0];
  for (let i = 0; i < list.points.length && counted < k; i++) {
    // The row itself is the nearest of all.
    const others = multiplicity[list.points[i]] - Number(leaveOut && i === 0);
    const taken = Math.min(k - counted, others);
    sum += taken * Math.sqrt(list.squaredDistances[i]);
    counted += taken;
  }
  return counted === 0 ? Number.NaN : sum / counted;
}
