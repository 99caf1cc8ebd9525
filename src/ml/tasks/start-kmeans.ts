import { CentreDistances } from '../clustering/centre-distances.js';
import { elkan } from '../clustering/kmeans/elkan.js';
import { seedCentres } from '../clustering/kmeans/seeding.js';
import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { randomStream } from '../random/stream.js';

export interface StartKmeansShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  /** |x|² of each row. */
  readonly lengths: Float64Array;
  readonly clusters: number;
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly spherical: boolean;
  readonly seed: number;
}

export interface KmeansStart {
  readonly cluster: Int32Array;
  /** k×d. */
  readonly centres: Float64Array;
  readonly inertia: number;
  readonly converged: boolean;
}

/** One start of k-means. */
export const startKmeans = defineTask({
  id: 'start-kmeans',
  run(shared: StartKmeansShared, start: number, { signal }): KmeansStart {
    const { X, lengths, clusters, maxIterations, tolerance, spherical, seed } = shared;
    const stream = randomStream(seed, 'kmeans', start);
    const options = { maxIterations, tolerance, spherical, signal };
    const distances = new CentreDistances(X, lengths, clusters);
    const placed = seedCentres(X.rows, distances, new CentreDistances(X, lengths, 1), stream);
    // Fewer distinct rows than clusters: the centres that found none are left out.
    const used = placed === clusters ? distances : new CentreDistances(X, lengths, placed);
    if (used !== distances) {
      used.centres.set(distances.centres.subarray(0, placed * X.columns));
      for (let c = 0; c < placed; c++) used.centreChanged(c);
    }
    return { ...elkan(X, used, options), centres: used.centres };
  },
});
