import { growIsolationTree } from '../anomaly/isolation-forest/isolation-tree.js';
import { ColumnGatherer } from '../anomaly/isolation-forest/sample-columns.js';
import { defineTask, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { type RandomStream, randomStream } from '../random/stream.js';
import { type PackedTrees, packTrees } from '../trees/packed-trees.js';

export interface GrowIsolationTreesShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  /** Rows that each tree is grown over, at most n. */
  readonly sampleSize: number;
  /** Features that each tree may use, at most d. */
  readonly featureCount: number;
  readonly seed: number;
}

/** Trees first … last - 1 of a forest. */
export interface GrowIsolationTreesItem {
  readonly first: number;
  readonly last: number;
}

/** Grows some trees of an isolation forest. Each has streams of its own, so that who grows it makes no difference. */
export const growIsolationTrees = defineTask({
  id: 'grow-isolation-trees',
  run(shared: GrowIsolationTreesShared, { first, last }: GrowIsolationTreesItem, context): PackedTrees {
    const { X, sampleSize, featureCount, seed } = shared;
    const gatherer = context.memo('gatherer', () => new ColumnGatherer(X));
    const maxDepth = Math.ceil(Math.log2(Math.max(2, sampleSize)));
    const trees = Array.from({ length: last - first }, (_, i) => {
      throwIfCancelled(context.signal);
      const rows = draw(X.rows, sampleSize, randomStream(seed, 'isolation rows', first + i));
      let allowed: Uint8Array | undefined;
      if (featureCount < X.columns) {
        allowed = new Uint8Array(X.columns);
        for (const j of draw(X.columns, featureCount, randomStream(seed, 'isolation columns', first + i))) {
          allowed[j] = 1;
        }
      }
      const sample = gatherer.gather(rows, allowed);
      const tree = growIsolationTree(sample, rows.length, maxDepth, randomStream(seed, 'isolation tree', first + i));
      return { tree, importance: new Float64Array(0) };
    });
    return packTrees(trees, 0);
  },
});

/** `count` of 0 … n - 1 without repeats, ascending (Floyd's method: Bentley and Floyd 1987). O(count). */
function draw(n: number, count: number, stream: RandomStream): Uint32Array {
  const drawn = new Set<number>();
  for (let i = n - count; i < n; i++) {
    const at = stream.below(i + 1);
    drawn.add(drawn.has(at) ? i : at);
  }
  return Uint32Array.from(drawn).sort();
}
