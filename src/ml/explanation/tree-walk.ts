import { gaussLegendre } from './gauss-legendre.js';
import type { PathTree } from './path-tree.js';

/** Adds what one tree contributes for a row, whose cells are at `offset` … of `values`, to those places of `out`. */
export interface Walk {
  add(values: Float64Array, offset: number, out: Float64Array): void;
}

/** 1 where a value takes the way of those of at most `threshold`. */
export function goesLeft(value: number, threshold: number, missingLeft: number): number {
  return value <= threshold ? 1 : Number.isNaN(value) ? missingLeft : 0;
}

/** One tree with what does not depend on the row; the mathematics is told in tree-shap.ts. */
export class TreeWalk implements Walk {
  private readonly count: number;
  /** 1 − t at each node of the rule, and its weight divided by that. */
  private readonly absent: Float64Array;
  private readonly absentWeights: Float64Array;
  /** By edge and node of the rule: the factor t + (1 − t)·z of a feature whose conditions are met, and 1 / factor. */
  private readonly met: Float64Array;
  private readonly inverse: Float64Array;
  private readonly weights: Float64Array;
  /** By depth: the product of all factors above, and the sum over the leaves below of value · product. */
  private readonly products: Float64Array;
  private readonly sums: Float64Array;
  /** Whether the row meets all conditions of the edge's feature down to the edge. */
  private readonly on: Uint8Array;
  private readonly path: Int32Array;

  constructor(private readonly tree: PathTree) {
    this.count = Math.max(1, Math.ceil(tree.mostFeatures / 2));
    const { nodes, weights } = gaussLegendre(this.count);
    this.weights = weights;
    this.absent = nodes.map((t) => 1 - t);
    this.absentWeights = weights.map((weight, q) => weight / (1 - nodes[q]));
    this.met = new Float64Array(tree.nodes * this.count);
    this.inverse = new Float64Array(tree.nodes * this.count);
    for (let i = 1, at = this.count; i < tree.nodes; i++) {
      const share = tree.share[i];
      for (let q = 0; q < this.count; q++, at++) {
        this.met[at] = nodes[q] + (1 - nodes[q]) * share;
        this.inverse[at] = 1 / this.met[at];
      }
    }
    this.products = new Float64Array((tree.maxDepth + 1) * this.count).fill(1);
    this.sums = new Float64Array((tree.maxDepth + 1) * this.count);
    this.on = new Uint8Array(tree.nodes);
    this.path = new Int32Array(tree.maxDepth + 1);
  }

  add(values: Float64Array, offset: number, out: Float64Array): void {
    const { depth, leaf, nodes, feature, threshold, left, missingLeft, above, share, value } = this.tree;
    const { path, products, sums, on, met, inverse, absent, count } = this;
    for (let i = 1; i < nodes; i++) {
      const level = depth[i];
      const to = level * count;
      const from = to - count;
      const up = above[i];
      path[level] = i;
      // Going down: the factor of the edge's feature, for that of the edge above with the same feature.
      if (up >= 0 && on[up] === 0) {
        on[i] = 0;
        const ratio = share[i] / share[up];
        for (let q = 0; q < count; q++) products[to + q] = products[from + q] * ratio;
      } else {
        const taken = goesLeft(values[offset + feature[i]], threshold[i], missingLeft[i]) === left[i];
        on[i] = taken ? 1 : 0;
        const own = i * count;
        const z = share[i];
        if (taken) for (let q = 0; q < count; q++) products[to + q] = products[from + q] * met[own + q];
        else for (let q = 0; q < count; q++) products[to + q] = products[from + q] * (absent[q] * z);
        if (up >= 0) for (let q = 0, at = up * count; q < count; q++) products[to + q] *= inverse[at + q];
      }
      if (leaf[i] === 0) {
        for (let at = to; at < to + count; at++) sums[at] = 0;
        continue;
      }
      const v = value[i];
      for (let at = to; at < to + count; at++) sums[at] = products[at] * v;
      const next = i + 1 < nodes ? depth[i + 1] : 1;
      for (let back = level; back >= next; back--) {
        const edge = path[back];
        out[offset + feature[edge]] += this.gain(edge, back * count);
      }
    }
  }

  /**
   * What the leaves below an edge give to its feature, less what they would give by the edge above with the same
   * feature, to which they are counted too. Hands the sum over the leaves, at `at`, on to the node above.
   */
  private gain(edge: number, at: number): number {
    const { sums, on, weights, absentWeights, inverse, count } = this;
    const { above, share } = this.tree;
    const up = above[edge];
    const upOn = up >= 0 && on[up] === 1;
    let own = 0;
    let before = 0;
    if (on[edge] === 1) {
      for (let q = 0, k = edge * count; q < count; q++) own += weights[q] * inverse[k + q] * sums[at + q];
      own *= 1 - share[edge];
    } else if (up < 0 || upOn) {
      for (let q = 0; q < count; q++) own -= absentWeights[q] * sums[at + q];
    }
    // Where neither is on, both are the same and cancel.
    if (upOn) {
      for (let q = 0, k = up * count; q < count; q++) before += weights[q] * inverse[k + q] * sums[at + q];
      before *= 1 - share[up];
    }
    for (let q = 0; q < count; q++) sums[at - count + q] += sums[at + q];
    return own - before;
  }
}
