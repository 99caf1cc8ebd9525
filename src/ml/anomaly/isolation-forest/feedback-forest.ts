import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { expandTree } from '../../trees/tree.js';
import { leavesOfRows } from '../../trees/tree-prediction.js';
import type { IsolationForest } from './isolation-forest.js';

/** A tree with the edges of its paths: an edge is known by the node it leads to. */
interface WeightedTree {
  /** By node: the node above it; 0 for the root's children, and for the root. */
  readonly above: Int32Array;
  /** By leaf: its node. */
  readonly nodeOf: Int32Array;
  /** By leaf: what it would still take to tell its rows apart, beyond the path. */
  readonly beyond: Float64Array;
  /** By node: 1 + rate · (benign − malicious answers that came along its edge). */
  readonly theta: Float64Array;
}

/**
 * An isolation forest that learns from answers (Siddiqui, Fern, Dietterich, Wright, Theriault and Archer, "Feedback-guided
 * anomaly discovery via online optimization", KDD 2018, with the linear loss): the score of a row is minus the length of
 * its paths, each edge e counted with a weight w(e) = max(0, θ(e)). At first θ = 1, and the scores are those of the
 * isolation forest. An answer moves along the gradient of −y · score (y = 1 malicious, −1 benign): θ falls by `rate` on the
 * edges of what was malicious, whose like then scores higher, and rises on those of what was benign. The weights are the
 * projection of θ (mirror descent as in the paper's algorithm 1), so that the order of the answers does not matter.
 */
export class FeedbackForest {
  private readonly trees: readonly WeightedTree[];
  /** trees×n: the leaf of each row. */
  private readonly leaves: Uint16Array;
  private readonly rows: number;

  /**
   * O(n · trees · depth).
   * @param X n×d, without missing cells
   * @param rate step of the descent, > 0
   */
  constructor(
    private readonly forest: IsolationForest,
    X: FeatureMatrix,
    private readonly rate: number,
  ) {
    this.rows = X.rows;
    this.leaves = leavesOfRows(forest.trees, X);
    this.trees = forest.trees.map((tree) => {
      const { feature, left } = expandTree(tree);
      const above = new Int32Array(feature.length);
      const depth = new Uint32Array(feature.length);
      const nodeOf = new Int32Array(tree.leaves.length);
      feature.forEach((f, node) => {
        if (f < 0) nodeOf[~f] = node;
        else {
          for (const child of [left[node], left[node] + 1]) {
            above[child] = node;
            depth[child] = depth[node] + 1;
          }
        }
      });
      const beyond = tree.leaves.map((length, leaf) => length - depth[nodeOf[leaf]]);
      return { above, nodeOf, beyond, theta: new Float64Array(feature.length).fill(1) };
    });
  }

  /** As if no answer had been given. O(nodes). */
  forget(): void {
    for (const { theta } of this.trees) theta.fill(1);
  }

  /** Learns from an answer. O(trees · depth). */
  answer(row: number, malicious: boolean): void {
    const step = malicious ? -this.rate : this.rate;
    this.trees.forEach(({ above, nodeOf, theta }, t) => {
      for (let node = nodeOf[this.leaves[t * this.rows + row]]; node !== 0; node = above[node]) theta[node] += step;
    });
  }

  /** The forest as the answers have made it: the same trees with weighted lengths of their paths. */
  weighted(): IsolationForest {
    const trees = this.forest.trees.map((tree, t) => ({ ...tree, leaves: costOfLeaves(this.trees[t]) }));
    return { ...this.forest, trees };
  }

  /** Score of each row, the larger the more anomalous: minus the mean weighted length of its paths. O(n · trees). */
  scores(): Float64Array {
    const { rows, leaves } = this;
    const sums = new Float64Array(rows);
    const costs = this.trees.map(costOfLeaves);
    const none = new Float64Array(1);
    // Four trees at a time: a sum is read and written once for them.
    for (let t = 0; t < costs.length; t += 4) {
      const [a, b, c, d] = [0, 1, 2, 3].map((k) => costs[t + k] ?? none);
      const [atA, atB, atC, atD] = [0, 1, 2, 3].map((k) => (t + k < costs.length ? (t + k) * rows : -1));
      if (atD >= 0) {
        for (let i = 0; i < rows; i++) {
          sums[i] -= a[leaves[atA + i]] + b[leaves[atB + i]] + (c[leaves[atC + i]] + d[leaves[atD + i]]);
        }
      } else {
        for (let i = 0; i < rows; i++) {
          sums[i] -= a[leaves[atA + i]];
          if (atB >= 0) sums[i] -= b[leaves[atB + i]];
          if (atC >= 0) sums[i] -= c[leaves[atC + i]];
        }
      }
    }
    for (let i = 0; i < rows; i++) sums[i] /= costs.length;
    return sums;
  }
}

/** By leaf: the weighted length of its path. */
function costOfLeaves({ above, nodeOf, beyond, theta }: WeightedTree): Float64Array {
  const length = new Float64Array(theta.length);
  // Above comes before below.
  for (let node = 1; node < theta.length; node++) length[node] = length[above[node]] + Math.max(0, theta[node]);
  return beyond.map((more, leaf) => length[nodeOf[leaf]] + more);
}
