import { type CancelSignal, throwIfCancelled } from '../../fit-context.js';
import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { distanceBy, type Metric } from '../metric.js';
import { productDistance } from '../../linear-algebra/product-distance.js';
import { othersAtOnce, rowProducts, rowsAtOnce } from '../../linear-algebra/row-products.js';
import { rowLengths } from '../centre-distances.js';

export const linkages = ['ward', 'complete', 'average', 'single'] as const;

export type Linkage = (typeof linkages)[number];

/** Two clusters that became one: each named by one of its rows. */
interface Merge {
  readonly a: number;
  readonly b: number;
  readonly height: number;
}

/**
 * Agglomerative clustering with Euclidean distances, or cosines, by chains of nearest neighbours (Murtagh 1983), with the update of
 * Lance and Williams (1967), cut where `clusters` are left. Returns the cluster of each row. O(n²) time and memory, 4·n²
 * bytes. Where distances tie, which clusters merge first depends on the order of the rows.
 */
export function cutTree(
  X: FeatureMatrix,
  how: { readonly linkage: Linkage; readonly metric: Metric },
  clusters: number,
  signal: CancelSignal | undefined,
): Int32Array {
  const merges = mergeAll(X, how, signal);
  // No merge is lower than those within its parts, so that the lowest make the tree's beginning.
  const order = merges.map((_, k) => k).sort((a, b) => merges[a].height - merges[b].height || a - b);
  const parent = Int32Array.from({ length: X.rows }, (_, row) => row);
  const rootOf = (row: number): number => {
    let root = row;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]];
    return root;
  };
  for (const k of order.slice(0, X.rows - clusters)) parent[rootOf(merges[k].a)] = rootOf(merges[k].b);
  return parent.map((_, row) => rootOf(row));
}

function mergeAll(
  X: FeatureMatrix,
  { linkage, metric }: Parameters<typeof cutTree>[1],
  signal: CancelSignal | undefined,
): Merge[] {
  const n = X.rows;
  // Of the pair i > j at i·(i − 1) / 2 + j.
  const distance = new Float64Array((n * (n - 1)) / 2);
  const at = (i: number, j: number): number => (i > j ? (i * (i - 1)) / 2 + j : (j * (j - 1)) / 2 + i);
  writeSquared(X, distance, signal);
  if (linkage !== 'ward') distance.forEach((squared, k) => (distance[k] = distanceBy(metric, Math.sqrt(squared))));
  const size = new Float64Array(n).fill(1);
  const chain: number[] = [];
  const merges: Merge[] = [];
  while (merges.length < n - 1) {
    throwIfCancelled(signal);
    if (chain.length === 0) chain.push(size.findIndex((rows) => rows > 0));
    const top = chain[chain.length - 1];
    const before = chain[chain.length - 2] ?? -1;
    // The cluster before in the chain wins ties, or the chain would never end.
    let nearest = before;
    let least = before < 0 ? Number.POSITIVE_INFINITY : distance[at(top, before)];
    for (let other = 0; other < n; other++) {
      if (size[other] === 0 || other === top || distance[at(top, other)] >= least) continue;
      least = distance[at(top, other)];
      nearest = other;
    }
    if (nearest !== before) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    merges.push({ a: top, b: nearest, height: least });
    for (let other = 0; other < n; other++) {
      if (size[other] === 0 || other === top || other === nearest) continue;
      const [p, q] = [distance[at(other, top)], distance[at(other, nearest)]];
      distance[at(other, nearest)] = joined(linkage, {
        p,
        q,
        pq: least,
        sizes: [size[top], size[nearest], size[other]],
      });
    }
    size[nearest] += size[top];
    size[top] = 0;
  }
  return merges;
}

/** Squared distances of all pairs of rows i > j, at i·(i − 1) / 2 + j. */
function writeSquared(X: FeatureMatrix, squared: Float64Array, signal: CancelSignal | undefined): void {
  const rows = rowProducts(X);
  const lengths = rowLengths(X);
  for (let from = 0; from < X.rows; from += othersAtOnce) {
    throwIfCancelled(signal);
    const until = Math.min(X.rows, from + othersAtOnce);
    rows.others(from, until);
    for (let first = from; first < X.rows; first += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, X.rows - first);
      rows.multiply(first, count, until - from);
      for (let q = 0; q < count; q++) {
        const i = first + q;
        const line = (i * (i - 1)) / 2;
        const end = Math.min(i, until);
        for (let j = from, at = q; j < end; j++, at += rowsAtOnce) {
          squared[line + j] = productDistance(X, lengths, i, j, rows.products[at]);
        }
      }
    }
  }
}

interface Joined {
  /** Distances of a third cluster from the two that become one, and of these from each other. */
  readonly p: number;
  readonly q: number;
  readonly pq: number;
  readonly sizes: readonly [number, number, number];
}

function joined(linkage: Linkage, { p, q, pq, sizes: [a, b, c] }: Joined): number {
  switch (linkage) {
    case 'single':
      return Math.min(p, q);
    case 'complete':
      return Math.max(p, q);
    case 'average':
      return (a * p + b * q) / (a + b);
    case 'ward':
      return ((a + c) * p + (b + c) * q - c * pq) / (a + b + c);
  }
}
