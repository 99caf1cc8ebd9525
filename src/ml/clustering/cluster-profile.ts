import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { addRow, CentreDistances, rowLengths } from './centre-distances.js';

/** Each row's place in its cluster. */
export interface ClusterDistances {
  /** Length n: Euclidean distance of a row from the mean of its cluster, NaN for noise. */
  readonly distance: Float64Array;
  /** Sum of the squared distances. */
  readonly inertia: number;
}

/**
 * Distances of the rows of X (n×d, as clustered) from the means of their clusters. O(stored cells).
 * @param cluster length n, -1 for noise
 */
export function distancesFromMeans(X: FeatureMatrix, cluster: Int32Array, clusters: number): ClusterDistances {
  const distances = new CentreDistances(X, rowLengths(X), clusters);
  const { sums, counts } = sumsByCluster(X, cluster, clusters);
  for (let c = 0; c < clusters; c++) {
    for (let j = c * X.columns; j < (c + 1) * X.columns; j++) distances.centres[j] = sums[j] / counts[c];
    distances.centreChanged(c);
  }
  let inertia = 0;
  const distance = Float64Array.from(cluster, (c, row) => {
    if (c < 0) return Number.NaN;
    const squared = distances.squared(row, c);
    inertia += squared;
    return Math.sqrt(squared);
  });
  return { distance, inertia };
}

/**
 * Sums of the cells of X (n×d) by cluster, clusters×d, and the rows of each.
 * @param cluster length n, -1 for rows that are left out
 */
export function sumsByCluster(
  X: FeatureMatrix,
  cluster: Int32Array,
  clusters: number,
): { sums: Float64Array; counts: Float64Array } {
  const sums = new Float64Array(clusters * X.columns);
  const counts = new Float64Array(clusters);
  for (let i = 0; i < X.rows; i++) {
    if (cluster[i] < 0) continue;
    counts[cluster[i]]++;
    addRow(X, i, 1, sums, cluster[i] * X.columns);
  }
  return { sums, counts };
}
