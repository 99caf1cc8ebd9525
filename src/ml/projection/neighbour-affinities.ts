import type { EdgeList } from './fuzzy-graph.js';
import type { NearestPoints } from '../neighbours/nearest-points.js';

/**
 * The affinities of t-SNE on nearest neighbours (van der Maaten 2014, eq. 6–7): of each point a normal distribution over
 * its neighbours, as wide as the perplexity asks; of each pair the mean of both ways, all together 1.
 */
export function neighbourAffinities({ k, index, squared }: NearestPoints, perplexity: number): EdgeList {
  const n = index.length / k;
  const lines: Map<number, number>[] = Array.from({ length: n }, () => new Map());
  for (let i = 0; i < n; i++) {
    const shares = normalShares(squared.subarray(i * k, (i + 1) * k), Math.log(perplexity));
    for (let at = 0; at < k; at++) {
      const j = index[i * k + at];
      const line = lines[Math.min(i, j)];
      const other = Math.max(i, j);
      line.set(other, (line.get(other) ?? 0) + shares[at] / (2 * n));
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

/** Shares exp(−β·d²) / Σ whose entropy is `entropy`, by bisection on β. */
export function normalShares(squared: Float64Array, entropy: number): Float64Array {
  const least = squared[0];
  let [low, high] = [0, Number.POSITIVE_INFINITY];
  const mean = squared.reduce((sum, d) => sum + d - least, 0) / squared.length;
  let beta = mean > 0 ? 1 / mean : 1;
  const shares = new Float64Array(squared.length);
  for (let step = 0; step < 100; step++) {
    let [sum, weighted] = [0, 0];
    for (let j = 0; j < shares.length; j++) {
      const away = squared[j] - least;
      shares[j] = Math.exp(-beta * away);
      sum += shares[j];
      weighted += shares[j] * away;
    }
    for (let j = 0; j < shares.length; j++) shares[j] /= sum;
    const off = Math.log(sum) + (beta * weighted) / sum - entropy;
    if (Math.abs(off) < 1e-6) break;
    if (off > 0) {
      low = beta;
      beta = high === Number.POSITIVE_INFINITY ? 2 * beta : (low + high) / 2;
    } else {
      high = beta;
      beta = (low + high) / 2;
    }
  }
  return shares;
}
