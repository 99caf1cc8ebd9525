import type { ExpandedTree } from '../trees/tree.js';

/**
 * A tree laid out for TreeSHAP: nodes in the order of a walk that goes down first, without subtrees that change
 * nothing. Every node but the root (0) stands for the edge that leads to it.
 */
export interface PathTree {
  readonly nodes: number;
  /** Edges above each node. */
  readonly depth: Int32Array;
  /** Feature and threshold that decide whether a row takes the edge; `left` is 1 where it does by x <= threshold. */
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Uint8Array;
  /** 1 where a missing value would go left of that threshold, too. */
  readonly missingLeft: Uint8Array;
  /** The nearest edge above with the same feature, -1 for none. */
  readonly above: Int32Array;
  /** Share of the rows that would take all edges of this feature down to here, by the weights of the nodes; > 0. */
  readonly share: Float64Array;
  /** 1 in leaves. */
  readonly leaf: Uint8Array;
  /** Of a leaf: its value less the constant that was taken from all leaves. */
  readonly value: Float64Array;
  readonly maxDepth: number;
  /** The largest number of distinct features on a path. */
  readonly mostFeatures: number;
  /** The mean of the leaves' (full) values by weight: what the tree says of a row of which nothing is known. */
  readonly base: number;
}

/**
 * Lays out a tree for the values that its leaves have for class `classIndex` of `classCount`.
 * O(nodes). The tree must have weights.
 */
export function layPaths(tree: ExpandedTree, columns: number, classCount: number, classIndex: number): PathTree {
  const { feature, left, leaves } = tree;
  const weight = tree.weight as Float64Array;
  const valueOf = (node: number): number => leaves[classCount * ~feature[node] + classIndex];
  // A constant taken from all leaves changes no contribution, and subtrees of nothing but 0 need not be walked.
  const constant = commonestLeaf(tree, valueOf);
  const counts = needed(tree, (node) => valueOf(node) !== constant);
  const layout = emptyLayout(counts[0] + 1);
  let base = 0;
  for (let node = 0; node < feature.length; node++) if (feature[node] < 0) base += weight[node] * valueOf(node);
  const last = new Int32Array(columns).fill(-1);
  const path = new Int32Array(feature.length + 1);
  let [distinct, mostFeatures, maxDepth, next] = [0, 0, 0, 0];
  const pending = [{ node: 0, parent: -1, depth: 0 }];
  let open = -1;
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const { node, parent, depth } = item;
    // Leave the edges of the branch before.
    for (; open >= depth && open > 0; open--) distinct -= leaveEdge(layout, path[open], last);
    const i = next++;
    layout.depth[i] = depth;
    path[depth] = i;
    open = depth;
    if (parent >= 0) {
      const f = feature[parent];
      const above = last[f];
      layout.feature[i] = f;
      layout.threshold[i] = tree.threshold[parent];
      layout.left[i] = node === left[parent] ? 1 : 0;
      layout.missingLeft[i] = tree.missingLeft?.[parent] ?? 0;
      layout.above[i] = above;
      layout.share[i] = (above < 0 ? 1 : layout.share[above]) * (weight[node] / weight[parent]);
      last[f] = i;
      if (above < 0) distinct++;
      mostFeatures = Math.max(mostFeatures, distinct);
      maxDepth = Math.max(maxDepth, depth);
    }
    if (feature[node] < 0) {
      layout.leaf[i] = 1;
      layout.value[i] = valueOf(node) - constant;
      continue;
    }
    for (const child of [left[node] + 1, left[node]]) {
      if (counts[child] >= 0) pending.push({ node: child, parent: node, depth: depth + 1 });
    }
  }
  return { ...layout, nodes: next, maxDepth, mostFeatures, base: base / weight[0] };
}

function emptyLayout(nodes: number) {
  return {
    depth: new Int32Array(nodes),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Uint8Array(nodes),
    missingLeft: new Uint8Array(nodes),
    above: new Int32Array(nodes).fill(-1),
    share: new Float64Array(nodes).fill(1),
    leaf: new Uint8Array(nodes),
    value: new Float64Array(nodes),
  };
}

/** Forgets an edge on the way back up; 1 if its feature is no longer on the path. */
function leaveEdge(
  { feature, above }: { feature: Int32Array; above: Int32Array },
  edge: number,
  last: Int32Array,
): number {
  last[feature[edge]] = above[edge];
  return above[edge] < 0 ? 1 : 0;
}

/** Of the values 0 and 1 the one that more leaves have. */
function commonestLeaf({ feature }: ExpandedTree, valueOf: (node: number) => number): number {
  let [zeros, ones] = [0, 0];
  for (let node = 0; node < feature.length; node++) {
    if (feature[node] >= 0) continue;
    const value = valueOf(node);
    if (value === 0) zeros++;
    else if (value === 1) ones++;
  }
  return ones > zeros ? 1 : 0;
}

/** How many nodes below each are needed because of a leaf that counts; -1 where the node itself is not. */
function needed({ feature, left }: ExpandedTree, counts: (leaf: number) => boolean): Int32Array {
  const below = new Int32Array(feature.length);
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node] < 0) {
      below[node] = counts(node) ? 0 : -1;
    } else {
      const [a, b] = [below[left[node]], below[left[node] + 1]];
      below[node] = a < 0 && b < 0 ? -1 : a + b + 2;
    }
  }
  return below;
}
