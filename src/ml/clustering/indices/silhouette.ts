import { type FeatureMatrix, selectRows } from '../../matrix/feature-matrix.js';
import { type RandomStream, shuffle } from '../../random/stream.js';
import type { FitContext } from '../../fit-context.js';
import { sumDistances } from '../../tasks/sum-distances.js';
import { rowLengths } from '../centre-distances.js';

/** Above so many rows the silhouette is that of a sample. */
export const mostSilhouetteRows = 10_000;

/** Sums that all blocks hold together. */
const mostSums = 8_000_000;

type SilhouetteContext = Pick<FitContext, 'executor' | 'signal' | 'progress'>;

export interface Silhouettes {
  /** -1 … 1, mean over the rows looked at. */
  readonly mean: number;
  /** Mean by cluster; NaN where the sample has no row of it. */
  readonly byCluster: Float64Array;
  /** Rows looked at. */
  readonly rows: number;
}

/**
 * Silhouettes (Rousseeuw 1987) with Euclidean distances, of the rows that are no noise; of a sample of them above 10,000,
 * each row being compared with the sample, as scikit-learn does. A row alone in its cluster has 0. Null where fewer than
 * two clusters, or no two rows in one, have rows. O(m²·d) for m rows, on worker threads.
 * @param cluster length n, -1 for noise
 */
export async function silhouettes(
  X: FeatureMatrix,
  cluster: Int32Array,
  clusters: number,
  stream: RandomStream,
  context: SilhouetteContext,
): Promise<Silhouettes | null> {
  const rows = sampleRows(cluster, stream);
  const own = Int32Array.from(rows, (row) => cluster[row]);
  const [found] = await silhouettesOfAll(selectRows(X, rows), [{ cluster: own, clusters }], context);
  return found;
}

/** Rows in clusters: length n, 0 … clusters-1. */
export interface Partition {
  readonly cluster: Int32Array;
  readonly clusters: number;
}

/** The silhouettes of several partitions of all rows of X; the distances, which take the time, are computed once. */
export async function silhouettesOfAll(
  X: FeatureMatrix,
  partitions: readonly Partition[],
  { executor, signal, progress }: SilhouetteContext,
): Promise<(Silhouettes | null)[]> {
  const sizes = partitions.map(sizesOf);
  const told = partitions.filter((_, p) => isTold(sizes[p], X.rows));
  if (told.length === 0) return partitions.map(() => null);
  const places = told.reduce((sum, { clusters }) => sum + clusters, 0);
  const session = executor.open({
    X,
    lengths: rowLengths(X),
    partitions: told.length,
    place: placesOf(told, X.rows),
    places,
  });
  try {
    const cells = X.kind === 'dense' ? X.columns : X.values.length / Math.max(1, X.rows);
    const outputs = await session.map(sumDistances, equalBlocks(X.rows, places), {
      signal,
      seconds: (X.rows * X.rows * (cells + told.length)) / 2e9,
      progress: (done, total) => progress?.(done, total, 'silhouettes'),
    });
    const sums = new Float64Array(X.rows * places);
    for (const part of outputs) for (let at = 0; at < part.length; at++) sums[at] += part[at];
    let first = 0;
    return partitions.map((partition, p) => {
      if (!isTold(sizes[p], X.rows)) return null;
      const from = first;
      first += partition.clusters;
      return meansOf(partition, sizes[p], (row) => sums.subarray(row * places + from, row * places + first));
    });
  } finally {
    await session.close();
  }
}

function sizesOf({ cluster, clusters }: Partition): Float64Array {
  const sizes = new Float64Array(clusters);
  for (const c of cluster) sizes[c]++;
  return sizes;
}

/** At least two clusters have rows, and two rows are in one. */
function isTold(sizes: Float64Array, rows: number): boolean {
  const present = sizes.reduce((count, size) => count + (size > 0 ? 1 : 0), 0);
  return present >= 2 && present < rows;
}

/** See SumDistancesShared. */
function placesOf(partitions: readonly Partition[], rows: number): Int32Array {
  const place = new Int32Array(rows * partitions.length);
  let first = 0;
  partitions.forEach(({ cluster, clusters }, p) => {
    for (let row = 0; row < rows; row++) place[row * partitions.length + p] = first + cluster[row];
    first += clusters;
  });
  return place;
}

function meansOf(
  { cluster, clusters }: Partition,
  sizes: Float64Array,
  sumsOf: (row: number) => Float64Array,
): Silhouettes {
  const byCluster = new Float64Array(clusters);
  let total = 0;
  cluster.forEach((c, row) => {
    const value = silhouette(sumsOf(row), sizes, c);
    total += value;
    byCluster[c] += value;
  });
  return { mean: total / cluster.length, byCluster: byCluster.map((sum, c) => sum / sizes[c]), rows: cluster.length };
}

/** Of a row of cluster `own` with these sums of distances. */
function silhouette(sums: Float64Array, sizes: Float64Array, own: number): number {
  if (sizes[own] === 1) return 0;
  const inside = sums[own] / (sizes[own] - 1);
  let outside = Number.POSITIVE_INFINITY;
  for (let c = 0; c < sizes.length; c++) if (c !== own && sizes[c] > 0) outside = Math.min(outside, sums[c] / sizes[c]);
  const larger = Math.max(inside, outside);
  return larger === 0 ? 0 : (outside - inside) / larger;
}

/** Spans of rows with about equally many pairs before them; each has a table of sums, so that many clusters get few. */
function equalBlocks(rows: number, places: number): { from: number; to: number }[] {
  const count = Math.max(4, Math.min(64, Math.floor(mostSums / (rows * places))));
  const ends = Array.from({ length: count + 1 }, (_, b) => Math.round(rows * Math.sqrt(b / count)));
  return ends.slice(1).map((to, b) => ({ from: ends[b], to }));
}

function sampleRows(cluster: Int32Array, stream: RandomStream): Uint32Array {
  const rows = Uint32Array.from(cluster.keys()).filter((row) => cluster[row] >= 0);
  if (rows.length <= mostSilhouetteRows) return rows;
  shuffle(rows, stream);
  return rows.slice(0, mostSilhouetteRows).sort();
}
