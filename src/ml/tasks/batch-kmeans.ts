import { addRow, CentreDistances, rowLengths } from '../clustering/centre-distances.js';
import { miniBatch } from '../clustering/kmeans/mini-batch.js';
import { refine } from '../clustering/kmeans/refine.js';
import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { randomStream } from '../random/stream.js';
import { type RefineKmeansShared, withCentres } from './refine-kmeans.js';
import type { KmeansStart } from './start-kmeans.js';

export interface BatchKmeansShared extends RefineKmeansShared {
  /** The rows that the centres were found on. */
  readonly few: FeatureMatrix;
}

/** Improves some centres on the rows that they were found on, and goes on with batches of all rows. */
export const batchKmeans = defineTask({
  id: 'batch-kmeans',
  run(
    { X, few, lengths, maxIterations, tolerance, spherical, seed }: BatchKmeansShared,
    found: Float64Array,
    { signal },
  ): Omit<KmeansStart, 'centres'> {
    const options = { maxIterations, tolerance, spherical, signal };
    const fewLengths = rowLengths(few);
    const onFew = withCentres(new CentreDistances(few, fewLengths, found.length / few.columns), found);
    const { cluster } = refine(few, fewLengths, onFew, randomStream(seed, 'kmeans-refine'), options);
    const { centres, counts } = meansOf(few, cluster, onFew);
    const distances = withCentres(new CentreDistances(X, lengths, onFew.clusters), centres);
    if (spherical) for (let c = 0; c < distances.clusters; c++) distances.makeUnit(c);
    return miniBatch(X, distances, counts, randomStream(seed, 'kmeans-batches'), options);
  },
});

/** The means of clusters, k×d, and their sizes; an empty one stays where its centre was. */
function meansOf(
  X: FeatureMatrix,
  cluster: Int32Array,
  { centres: before, clusters }: CentreDistances,
): { centres: Float64Array; counts: Float64Array } {
  const d = X.columns;
  const sums = new Float64Array(clusters * d);
  const counts = new Float64Array(clusters);
  cluster.forEach((c, row) => {
    addRow(X, row, 1, sums, c * d);
    counts[c]++;
  });
  const centres = sums.map((sum, at) => {
    const count = counts[Math.floor(at / d)];
    return count === 0 ? before[at] : sum / count;
  });
  return { centres, counts };
}
