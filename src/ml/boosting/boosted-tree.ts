import type { Tree } from '../trees/tree.js';
import type { FeatureBins } from './feature-bins.js';
import type { GrowingNode } from './tree-grower.js';

/** Larger than any value: only a missing one is not below it. */
const above = Number.MAX_VALUE;

/**
 * A grown tree as it is kept, its leaves with one value each.
 * @param valueOf value of a leaf
 * @param importance length d: the splits' gains are added to it
 */
export function boostedTree(
  root: GrowingNode,
  { cuts }: FeatureBins,
  valueOf: (leaf: GrowingNode) => number,
  importance: Float64Array,
): Tree {
  const nodes = [root];
  const feature: number[] = [];
  const threshold: number[] = [];
  const missingLeft: number[] = [];
  const leaves: number[] = [];
  const leafWeight: number[] = [];
  // The list grows while it is walked: breadth first.
  for (const node of nodes) {
    const { split, children } = node;
    if (!split || !children) {
      feature.push(~leaves.length);
      leaves.push(valueOf(node));
      leafWeight.push(node.sums.rows);
      continue;
    }
    feature.push(split.feature);
    threshold.push(cuts[split.feature][split.code] ?? above);
    missingLeft.push(Number(split.missingLeft));
    importance[split.feature] += split.gain;
    nodes.push(...children);
  }
  return {
    feature: Int32Array.from(feature),
    threshold: Float64Array.from(threshold),
    missingLeft: Uint8Array.from(missingLeft),
    leaves: Float64Array.from(leaves),
    leafWeight: Float64Array.from(leafWeight),
  };
}
