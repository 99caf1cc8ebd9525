import type { NearestPoints } from '../neighbours/nearest-points.js';

/** Weighted edges between points, each pair once, ordered by `from`, then `to`. */
export interface EdgeList {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** In (0, 1]. */
  readonly weight: Float64Array;
}

/**
 * The fuzzy graph of UMAP (McInnes, Healy and Melville 2018, algorithms 2 and 3): each point is joined to its nearest
 * with a weight that falls from 1 at the nearest, so that the weights of a point sum to log2(k + 1); of the two weights
 * of a pair, the probability that one of them holds.
 */
export function fuzzyGraph({ k, index, squared }: NearestPoints): EdgeList {
  const n = index.length / k;
  const weights = new Float64Array(n * k);
  const distances = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) distances[j] = Math.sqrt(squared[i * k + j]);
    // umap-learn counts the point itself among its k neighbours.
    weights.set(smoothWeights(distances, Math.log2(k + 1)), i * k);
  }
  return bothWays(n, k, index, weights);
}

/** exp(−(distance − least) / width) with the width for which they sum to `target`. */
function smoothWeights(distances: Float64Array, target: number): Float64Array {
  const least = distances[0];
  let [low, high, width] = [0, Number.POSITIVE_INFINITY, 1];
  const sumOf = (w: number): number => distances.reduce((sum, d) => sum + Math.exp(-(d - least) / w), 0);
  for (let step = 0; step < 64; step++) {
    const sum = sumOf(width);
    if (Math.abs(sum - target) < 1e-5) break;
    if (sum > target) {
      high = width;
      width = (low + high) / 2;
    } else {
      low = width;
      width = high === Number.POSITIVE_INFINITY ? 2 * width : (low + high) / 2;
    }
  }
  const mean = distances.reduce((sum, d) => sum + d, 0) / distances.length;
  const bounded = Math.max(width, 1e-3 * mean, Number.MIN_VALUE);
  return distances.map((d) => Math.exp(-(d - least) / bounded));
}

/** a + b − a·b for the weights a, b of the two ways of a pair. */
function bothWays(n: number, k: number, index: Int32Array, weights: Float64Array): EdgeList {
  const lines: Map<number, number>[] = Array.from({ length: n }, () => new Map());
  for (let i = 0; i < n; i++) {
    for (let at = i * k; at < (i + 1) * k; at++) {
      const [from, to] = [Math.min(i, index[at]), Math.max(i, index[at])];
      const other = lines[from].get(to);
      const weight = weights[at];
      if (weight > 0) lines[from].set(to, other === undefined ? weight : other + weight - other * weight);
    }
  }
  const count = lines.reduce((sum, line) => sum + line.size, 0);
  const edges = { from: new Int32Array(count), to: new Int32Array(count), weight: new Float64Array(count) };
  let at = 0;
  lines.forEach((line, from) => {
    for (const [to, weight] of [...line].sort(([a], [b]) => a - b)) {
      edges.from[at] = from;
      edges.to[at] = to;
      edges.weight[at++] = weight;
    }
  });
  return edges;
}
