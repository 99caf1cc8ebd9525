import { type CancelSignal, throwIfCancelled } from '../../fit-context.js';
import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { CentreDistances, rowLengths } from '../centre-distances.js';

/** Edges of a tree over n rows: n − 1 of them. */
export interface SpanningTree {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly distance: Float64Array;
}

/**
 * The least spanning tree of the mutual reachability distances max(d(a, b), core(a), core(b)), by the algorithm of Prim
 * (1957), each distance being measured when it is needed. O(n²·d) time, O(n) memory.
 */
export function spanningTree(X: FeatureMatrix, core: Float64Array, signal: CancelSignal | undefined): SpanningTree {
  const n = X.rows;
  const query = new CentreDistances(X, rowLengths(X), 1);
  const nearest = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  const through = new Int32Array(n);
  const left = Int32Array.from({ length: n }, (_, row) => row);
  const tree = { from: new Int32Array(n - 1), to: new Int32Array(n - 1), distance: new Float64Array(n - 1) };
  let row = 0;
  left[0] = left[n - 1];
  for (let count = n - 1, edge = 0; count > 0; count--, edge++) {
    throwIfCancelled(signal);
    query.placeAt(0, row);
    let best = 0;
    for (let k = 0; k < count; k++) {
      const other = left[k];
      // Farther than what is known already, whatever the two are apart.
      if (core[row] < nearest[other]) {
        const reach = Math.max(Math.sqrt(query.squared(other, 0)), core[row], core[other]);
        if (reach < nearest[other]) {
          nearest[other] = reach;
          through[other] = row;
        }
      }
      if (nearest[other] < nearest[left[best]]) best = k;
    }
    row = left[best];
    left[best] = left[count - 1];
    tree.from[edge] = through[row];
    tree.to[edge] = row;
    tree.distance[edge] = nearest[row];
  }
  return tree;
}
