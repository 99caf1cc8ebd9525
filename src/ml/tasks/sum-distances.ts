import { rounding } from '../clustering/centre-distances.js';
import { othersAtOnce, rowProducts, rowsAtOnce } from '../linear-algebra/row-products.js';
import { defineTask, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';

export interface SumDistancesShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  /** |x|² of each row. */
  readonly lengths: Float64Array;
  /** Of how many partitions of the rows sums are made. */
  readonly partitions: number;
  /** Cell (row, partition): 0 … places-1, the place of the row's cluster among those of all partitions. */
  readonly place: Int32Array;
  readonly places: number;
}

/**
 * Distances of the rows `from` … `to` - 1 to all rows before them, summed by the cluster of the other: (row, place) at
 * row · places + place, for the rows 0 … `to` - 1, both rows of a pair getting their share.
 */
export const sumDistances = defineTask({
  id: 'sum-distances',
  run(
    { X, lengths, partitions, place, places }: SumDistancesShared,
    { from, to }: { readonly from: number; readonly to: number },
    { signal },
  ): Float64Array {
    const rows = rowProducts(X);
    const sums = new Float64Array(to * places);
    for (let block = 0; block < to - 1; block += othersAtOnce) {
      throwIfCancelled(signal);
      const end = Math.min(to, block + othersAtOnce);
      rows.others(block, end);
      // A row is held against those before it alone.
      const least = from + rowsAtOnce * Math.max(0, Math.ceil((block + 2 - rowsAtOnce - from) / rowsAtOnce));
      for (let first = least; first < to; first += rowsAtOnce) {
        const count = Math.min(rowsAtOnce, to - first);
        const others = Math.min(end, first + count - 1) - block;
        if (others < 1) continue;
        rows.multiply(first, count, others);
        for (let o = 0; o < others; o++) {
          const other = block + o;
          // Of the four, those that come after the other.
          for (let q = Math.max(0, other - first + 1); q < count; q++) {
            const row = first + q;
            const both = lengths[row] + lengths[other];
            const squared = both - 2 * rows.products[rowsAtOnce * o + q];
            // What rounding leaves of two equal rows.
            if (squared <= rounding * both) continue;
            const distance = Math.sqrt(squared);
            for (let p = 0; p < partitions; p++) {
              sums[row * places + place[other * partitions + p]] += distance;
              sums[other * places + place[row * partitions + p]] += distance;
            }
          }
        }
      }
    }
    return sums;
  },
});
