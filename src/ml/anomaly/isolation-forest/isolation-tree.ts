import type { RandomStream } from '../../random/stream.js';
import type { Tree } from '../../trees/tree.js';
import { averagePathLength } from './average-path-length.js';
import type { SampleColumns } from './sample-columns.js';

/** A node while the tree grows. */
interface Node {
  /** Index into the sample's features, -1 for a leaf. */
  feature: number;
  threshold: number;
  left: Node | null;
  right: Node | null;
  readonly depth: number;
  readonly size: number;
}

/**
 * Grows a tree of an isolation forest over a sample of rows: each node draws one of the features that vary in it and a
 * threshold between that feature's least and largest value in it, until rows are alone, the same, or `maxDepth` is
 * reached (Liu, Ting and Zhou 2008, algorithm 2). O(nodes · entries of the features tried).
 * @returns a tree whose leaves hold, in place of a class proportion, the length of the path to them and on: their depth
 *   and averagePathLength(rows in them); their weights are those rows
 */
export function growIsolationTree(sample: SampleColumns, size: number, maxDepth: number, stream: RandomStream): Tree {
  return new IsolationTreeGrower(sample, size, maxDepth, stream).grow();
}

class IsolationTreeGrower {
  /** Places of the sample in the order of the nodes: those of a node lie together. */
  private readonly order: Uint32Array;
  /** Where each place of the sample stands in `order`. */
  private readonly standing: Uint32Array;
  /** Features; those known to be constant in the node at hand stand behind the others. */
  private readonly features: Uint32Array;
  /** Values of the feature at hand by place. */
  private readonly column: Float64Array;

  constructor(
    private readonly sample: SampleColumns,
    private readonly size: number,
    private readonly maxDepth: number,
    private readonly stream: RandomStream,
  ) {
    this.order = Uint32Array.from({ length: size }, (_, i) => i);
    this.standing = this.order.slice();
    this.features = Uint32Array.from(sample.features.keys());
    this.column = new Float64Array(size);
  }

  grow(): Tree {
    return breadthFirst(this.node(0, this.size, this.features.length, 0), this.sample.features);
  }

  /** @param varying how many of `features` may vary in the node */
  private node(from: number, to: number, varying: number, depth: number): Node {
    const leaf: Node = { feature: -1, threshold: 0, left: null, right: null, depth, size: to - from };
    if (depth >= this.maxDepth || to - from < 2) return leaf;
    const { features, stream } = this;
    for (let left = varying; left > 0; left--) {
      const drawn = stream.below(left);
      const feature = features[drawn];
      const { low, high } = this.range(feature, from, to);
      if (low < high) {
        const threshold = between(low, high, stream.float());
        const middle = this.partition(feature, threshold, from, to);
        return {
          ...leaf,
          feature,
          threshold,
          left: this.node(from, middle, left, depth + 1),
          right: this.node(middle, to, left, depth + 1),
        };
      }
      features[drawn] = features[left - 1];
      features[left - 1] = feature;
    }
    return leaf;
  }

  private range(feature: number, from: number, to: number): { low: number; high: number } {
    const { start, place, values } = this.sample;
    let [low, high, found] = [Infinity, -Infinity, 0];
    for (let e = start[feature]; e < start[feature + 1]; e++) {
      const at = this.standing[place[e]];
      if (at < from || at >= to) continue;
      found++;
      if (values[e] < low) low = values[e];
      if (values[e] > high) high = values[e];
    }
    if (found < to - from) {
      low = Math.min(low, 0);
      high = Math.max(high, 0);
    }
    return { low, high };
  }

  /** Puts the rows of a node that go left before the others; where these begin. */
  private partition(feature: number, threshold: number, from: number, to: number): number {
    const { column, order, standing } = this;
    const { start, place, values } = this.sample;
    for (let i = from; i < to; i++) column[order[i]] = 0;
    for (let e = start[feature]; e < start[feature + 1]; e++) column[place[e]] = values[e];
    let middle = from;
    for (let i = from; i < to; i++) {
      const row = order[i];
      if (column[row] > threshold) continue;
      order[i] = order[middle];
      order[middle++] = row;
    }
    for (let i = from; i < to; i++) standing[order[i]] = i;
    return middle;
  }
}

/** A number at least `low` and less than `high`; without overflow for the largest ranges. */
function between(low: number, high: number, share: number): number {
  const threshold = low * (1 - share) + high * share;
  return threshold >= low && threshold < high ? threshold : low;
}

function breadthFirst(root: Node, features: Uint32Array): Tree {
  const nodes: Node[] = [root];
  for (const node of nodes) if (node.left && node.right) nodes.push(node.left, node.right);
  const leaves = nodes.filter(({ feature }) => feature === -1);
  let leaf = 0;
  return {
    feature: Int32Array.from(nodes, ({ feature }) => (feature === -1 ? ~leaf++ : features[feature])),
    threshold: Float64Array.from(
      nodes.filter(({ feature }) => feature !== -1),
      ({ threshold }) => threshold,
    ),
    leaves: Float64Array.from(leaves, ({ depth, size }) => depth + averagePathLength(size)),
    leafWeight: Float64Array.from(leaves, ({ size }) => size),
  };
}
