import { defineTask } from '../fit-context.js';
import { randomStream } from '../random/stream.js';
import { bootstrapWeights } from '../trees/bootstrap.js';
import { type PackedColumns, unpackColumns } from '../trees/packed-columns.js';
import type { GrowthOptions } from '../trees/growth-options.js';
import { type PackedTrees, packTrees } from '../trees/packed-trees.js';
import { type GrownTree, TreeGrower } from '../trees/tree-grower.js';

export interface GrowTreesShared extends Record<string, unknown> {
  /** The d columns in cells, in consecutive blocks. */
  readonly blocks: readonly PackedColumns[];
  /** Length n: class of each row. */
  readonly y: Uint32Array;
  readonly classCount: number;
  /** Length n, > 0, made by exactWeights. */
  readonly weights: Float64Array;
  readonly options: GrowthOptions;
  readonly bootstrap: boolean;
  readonly seed: number;
}

/** Trees first … last - 1 of a forest. */
export interface GrowTreesItem {
  readonly first: number;
  readonly last: number;
}

/** Grows some trees of a forest. Each has streams of its own, so that who grows it makes no difference. */
export const growTrees = defineTask({
  id: 'grow-trees',
  run(shared: GrowTreesShared, item: GrowTreesItem, context): PackedTrees {
    const { blocks, y, classCount, weights, options, bootstrap, seed } = shared;
    // Its work arrays serve all trees that this worker grows.
    const grower = context.memo('grower', () => new TreeGrower(blocks.flatMap(unpackColumns), y, classCount, options));
    const trees: GrownTree[] = [];
    for (let t = item.first; t < item.last; t++) {
      const bag = bootstrap ? bootstrapWeights(weights, randomStream(seed, 'bootstrap', t)) : weights;
      trees.push(grower.grow(bag, randomStream(seed, 'features', t), context.signal));
    }
    return packTrees(trees, grower.columns.length);
  },
});
