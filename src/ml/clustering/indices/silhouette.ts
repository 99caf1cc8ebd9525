import { type FeatureMatrix, selectRows } from '../../matrix/feature-matrix.js';
import { type RandomStream, shuffle } from '../../random/stream.js';
import type { FitContext } from '../../fit-context.js';
import { sumDistances } from '../../tasks/sum-distances.js';
import { rowLengths } from '../centre-distances.js';

/** Above so many rows the silhouette is that of a sample. */
export const mostSilhouetteRows = 10_000;

/** Sums that all blocks hold together. */
const mostSums = 8_000_000;

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
  { executor, signal, progress }: Pick<FitContext, 'executor' | 'signal' | 'progress'>,
): Promise<Silhouettes | null> {
  const rows = sampleRows(cluster, stream);
  const own = Int32Array.from(rows, (row) => cluster[row]);
  const sizes = new Float64Array(clusters);
  for (const c of own) sizes[c]++;
  const present = sizes.reduce((count, size) => count + (size > 0 ? 1 : 0), 0);
  if (present < 2 || present === rows.length) return null;
  const sample = selectRows(X, rows);
  const session = executor.open({ X: sample, lengths: rowLengths(sample), cluster: own, clusters });
  try {
    const cells = X.kind === 'dense' ? X.columns : X.values.length / Math.max(1, X.rows);
    const outputs = await session.map(sumDistances, equalBlocks(rows.length, clusters), {
      signal,
      seconds: (rows.length * rows.length * cells) / 2e9,
      progress: (done, total) => progress?.(done, total, 'silhouettes'),
    });
    const sums = new Float64Array(rows.length * clusters);
    for (const part of outputs) for (let at = 0; at < part.length; at++) sums[at] += part[at];
    const byCluster = new Float64Array(clusters);
    let total = 0;
    own.forEach((c, i) => {
      const value = silhouette(sums.subarray(i * clusters, (i + 1) * clusters), sizes, c);
      total += value;
      byCluster[c] += value;
    });
    return { mean: total / rows.length, byCluster: byCluster.map((sum, c) => sum / sizes[c]), rows: rows.length };
  } finally {
    await session.close();
  }
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
function equalBlocks(rows: number, clusters: number): { from: number; to: number }[] {
  const count = Math.max(4, Math.min(64, Math.floor(mostSums / (rows * clusters))));
  const ends = Array.from({ length: count + 1 }, (_, b) => Math.round(rows * Math.sqrt(b / count)));
  return ends.slice(1).map((to, b) => ({ from: ends[b], to }));
}

function sampleRows(cluster: Int32Array, stream: RandomStream): Uint32Array {
  const rows = Uint32Array.from(cluster.keys()).filter((row) => cluster[row] >= 0);
  if (rows.length <= mostSilhouetteRows) return rows;
  shuffle(rows, stream);
  return rows.slice(0, mostSilhouetteRows).sort();
}
