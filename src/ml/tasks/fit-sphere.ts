import { type SssvddParams, fitSssvdd } from '../anomaly/sssvdd.js';
import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';

export interface FitSphereShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  /** Length n: 1 malicious, 0 benign, -1 unlabelled. */
  readonly label: Int8Array;
}

/** Fits a sphere on a worker and gives each row's distance from its border. */
export const fitSphere = defineTask({
  id: 'fit-sphere',
  run(
    { X, label }: FitSphereShared,
    params: SssvddParams,
    { signal },
  ): { score: Float64Array; warnings: readonly string[] } {
    const { sphere, warnings } = fitSssvdd(X, label, params, signal);
    return { score: sphere.score(X), warnings };
  },
});
