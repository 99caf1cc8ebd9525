import { bipartiteTree } from '../clustering/hdbscan/bipartite-tree.js';
import { ReachBlock, type Span } from '../clustering/hdbscan/reach-block.js';
import type { Edges } from '../clustering/hdbscan/spanning-tree.js';
import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { squaredDistance } from '../matrix/squared-distance.js';

export interface SpanRowsShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  /** |x|² of each row. */
  readonly lengths: Float64Array;
  /** Distance of each row that tells its density. */
  readonly core: Float64Array;
  /** Rows of a span at most. */
  readonly most: number;
}

/**
 * A least spanning tree of the mutual reachability between two spans of rows, or within one: the least spanning tree of all
 * rows has no other edges than those of such trees.
 */
export const spanRows = defineTask({
  id: 'span-rows',
  run(shared: SpanRowsShared, { a, b }: { readonly a: Span; readonly b: Span }, { signal, memo }): Edges {
    const { X, lengths, core, most } = shared;
    const block = memo('block', () => new ReachBlock(X, lengths, core, most));
    block.fill(a, b, signal);
    const [left, right] = [a.to - a.from, b.to - b.from];
    const within = a.from === b.from;
    // Within one span each row is on both sides: first of all it is joined with itself.
    if (within)
      for (let row = 0; row < left; row++)
        block.across[row * (block.stride + 1)] = block.back[row * (block.stride + 1)] = -1;
    const edges = within ? left - 1 : left + right - 1;
    const from = new Int32Array(edges);
    const to = new Int32Array(edges);
    const distance = new Float64Array(edges);
    let found = 0;
    bipartiteTree(left, right, block, (l, r) => {
      if (within && l === r) return;
      const [x, y] = [a.from + l, b.from + r];
      from[found] = x;
      to[found] = y;
      distance[found++] = Math.max(Math.sqrt(squaredDistance(X, x, y)), core[x], core[y]);
    });
    return { from, to, distance };
  },
});
