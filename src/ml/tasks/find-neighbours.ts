import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { squaredDistance } from '../matrix/squared-distance.js';
import { NeighbourList } from '../neighbours/neighbour-list.js';

export interface FindNeighboursShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  readonly k: number;
}

/** The k nearest rows of a row among all the others, by ascending distance. O(n·d). */
export const findNeighbours = defineTask({
  id: 'find-neighbours',
  run({ X, k }: FindNeighboursShared, row: number, { memo }): Uint32Array {
    const list = memo('list', () => new NeighbourList(k, new Uint32Array(X.rows).fill(1)));
    list.clear();
    for (let other = 0; other < X.rows; other++) {
      if (other !== row) list.offer(other, squaredDistance(X, row, other));
    }
    return Uint32Array.from(list.points);
  },
});
