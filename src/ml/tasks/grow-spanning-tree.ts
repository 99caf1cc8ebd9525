import { type SpanningTree, spanningTree } from '../clustering/hdbscan/spanning-tree.js';
import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';

export interface GrowSpanningTreeShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
}

/** The least spanning tree of mutual reachability, given the distance of each row that tells its density. */
export const growSpanningTree = defineTask({
  id: 'grow-spanning-tree',
  run({ X }: GrowSpanningTreeShared, core: Float64Array, { signal }): SpanningTree {
    return spanningTree(X, core, signal);
  },
});
