import { CentreDistances } from '../clustering/centre-distances.js';
import { refine } from '../clustering/kmeans/refine.js';
import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { randomStream } from '../random/stream.js';
import type { KmeansStart } from './start-kmeans.js';

export interface RefineKmeansShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  /** |x|² of each row. */
  readonly lengths: Float64Array;
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly spherical: boolean;
  readonly seed: number;
}

/** The distances, from these centres (k×d). */
export function withCentres(distances: CentreDistances, centres: Float64Array): CentreDistances {
  distances.centres.set(centres);
  for (let c = 0; c < distances.clusters; c++) distances.centreChanged(c);
  return distances;
}

/** Goes on from some centres, over all rows. */
export const refineKmeans = defineTask({
  id: 'refine-kmeans',
  run(
    { X, lengths, maxIterations, tolerance, spherical, seed }: RefineKmeansShared,
    centres: Float64Array,
    { signal },
  ): Omit<KmeansStart, 'centres'> {
    const distances = withCentres(new CentreDistances(X, lengths, centres.length / X.columns), centres);
    return refine(X, lengths, distances, randomStream(seed, 'kmeans-refine'), {
      maxIterations,
      tolerance,
      spherical,
      signal,
    });
  },
});
