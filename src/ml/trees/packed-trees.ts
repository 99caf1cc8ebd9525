import type { GrownTree } from './tree-grower.js';

/**
 * Trees laid end to end in a few shared arrays, as a thread hands them over without a copy: see PackedColumns.
 */
export interface PackedTrees {
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly leaves: Float64Array;
  readonly leafWeight: Float64Array;
  /** d a tree. */
  readonly importance: Float64Array;
  /** `fields` numbers a tree. */
  readonly layout: Uint32Array;
}

/** Nodes, thresholds, numbers of `leaves`, leaf weights (0: not known). */
const fields = 4;

/** Copies trees of d features into shared arrays. O(bytes). */
export function packTrees(grown: readonly GrownTree[], columns: number): PackedTrees {
  const sizes = grown.map(({ tree }) => [
    tree.feature.length,
    tree.threshold.length,
    tree.leaves.length,
    tree.leafWeight?.length ?? 0,
  ]);
  const total = (field: number): number => sizes.reduce((sum, size) => sum + size[field], 0);
  const packed: PackedTrees = {
    feature: new Int32Array(new SharedArrayBuffer(4 * total(0))),
    threshold: new Float64Array(new SharedArrayBuffer(8 * total(1))),
    leaves: new Float64Array(new SharedArrayBuffer(8 * total(2))),
    leafWeight: new Float64Array(new SharedArrayBuffer(8 * total(3))),
    importance: new Float64Array(new SharedArrayBuffer(8 * columns * grown.length)),
    layout: new Uint32Array(new SharedArrayBuffer(4 * fields * grown.length)),
  };
  packed.layout.set(sizes.flat());
  unpackTrees(packed).forEach(({ tree, importance }, t) => {
    const from = grown[t];
    tree.feature.set(from.tree.feature);
    tree.threshold.set(from.tree.threshold);
    tree.leaves.set(from.tree.leaves);
    if (from.tree.leafWeight) tree.leafWeight?.set(from.tree.leafWeight);
    importance.set(from.importance);
  });
  return packed;
}

/** The trees as views of the packed arrays. */
export function unpackTrees(packed: PackedTrees): GrownTree[] {
  const { feature, threshold, leaves, leafWeight, importance, layout } = packed;
  const trees = layout.length / fields;
  const columns = importance.length / trees;
  const at = [0, 0, 0, 0];
  return Array.from({ length: trees }, (_, t) => {
    const [nodes, inner, proportions, weights] = layout.subarray(t * fields, (t + 1) * fields);
    return {
      tree: {
        feature: feature.subarray(at[0], (at[0] += nodes)),
        threshold: threshold.subarray(at[1], (at[1] += inner)),
        leaves: leaves.subarray(at[2], (at[2] += proportions)),
        leafWeight: weights > 0 ? leafWeight.subarray(at[3], (at[3] += weights)) : null,
      },
      importance: importance.subarray(t * columns, (t + 1) * columns),
    };
  });
}
