import { defineTask } from '../fit-context.js';
import { RowEntries } from '../matrix/row-entries.js';
import { NeighbourList } from '../neighbours/neighbour-list.js';
import { type NeighbourPoints, neighbourSearch } from '../neighbours/neighbour-search.js';

export interface FindNeighboursShared extends NeighbourPoints, Record<string, unknown> {}

/** The points from … to - 1. */
export interface FindNeighboursItem {
  readonly from: number;
  readonly to: number;
}

/** The nearest points of some of the points, itself among them, by ascending distance. */
export const findNeighbours = defineTask({
  id: 'find-neighbours',
  run(shared: FindNeighboursShared, { from, to }: FindNeighboursItem, { memo }): Uint32Array[] {
    const { list, search } = memo('search', () => {
      const own = new NeighbourList(shared.k, shared.multiplicity);
      return { list: own, search: neighbourSearch(shared, own) };
    });
    const entries = new RowEntries(shared.points);
    return Array.from({ length: to - from }, (_, i) => {
      entries.read(from + i);
      list.clear();
      search(entries);
      return Uint32Array.from(list.points);
    });
  },
});
