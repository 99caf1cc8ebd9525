import { type FeatureMatrix, selectRows } from '../../matrix/feature-matrix.js';
import { type RandomStream, shuffle } from '../../random/stream.js';
import type { FitContext } from '../../fit-context.js';
import { measureSilhouettes } from '../../tasks/measure-silhouettes.js';
import { rowLengths } from '../centre-distances.js';

/** Above so many rows the silhouette is that of a sample. */
export const mostSilhouetteRows = 10_000;

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
  const session = executor.open({ X: sample, lengths: rowLengths(sample), cluster: own, sizes });
  try {
    const block = Math.max(64, Math.ceil(rows.length / 64));
    const items = Array.from({ length: Math.ceil(rows.length / block) }, (_, b) => ({
      from: b * block,
      to: Math.min(rows.length, (b + 1) * block),
    }));
    const cells = X.kind === 'dense' ? X.columns : X.values.length / Math.max(1, X.rows);
    const outputs = await session.map(measureSilhouettes, items, {
      signal,
      seconds: (rows.length * rows.length * cells) / 1e9,
      progress: (done, total) => progress?.(done, total, 'silhouettes'),
    });
    const byCluster = new Float64Array(clusters);
    let sum = 0;
    let at = 0;
    for (const values of outputs) {
      for (const value of values) {
        sum += value;
        byCluster[own[at++]] += value;
      }
    }
    return { mean: sum / rows.length, byCluster: byCluster.map((total, c) => total / sizes[c]), rows: rows.length };
  } finally {
    await session.close();
  }
}

function sampleRows(cluster: Int32Array, stream: RandomStream): Uint32Array {
  const rows = Uint32Array.from(cluster.keys()).filter((row) => cluster[row] >= 0);
  if (rows.length <= mostSilhouetteRows) return rows;
  shuffle(rows, stream);
  return rows.slice(0, mostSilhouetteRows).sort();
}
