import type { DistinctPoints } from '../clustering/hdbscan/core-distances.js';
import { type SpanningTree, spanningTree } from '../clustering/hdbscan/spanning-tree.js';
import { defineTask } from '../fit-context.js';

/** The least spanning tree of mutual reachability, given the distance of each row that tells its density. */
export const growSpanningTree = defineTask({
  id: 'grow-spanning-tree',
  run(shared: DistinctPoints, core: Float64Array, { signal }): SpanningTree {
    return spanningTree(shared, core, signal);
  },
});
