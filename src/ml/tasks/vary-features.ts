import type { ModelJson } from '../classifiers/classifier.js';
import { type PartialDependence, partialDependence } from '../explanation/partial-dependence.js';
import { defineTask, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { maliciousValues } from '../model-selection/malicious-values.js';
import { modelFromJson } from '../model-selection/trained-model.js';

export interface VaryFeaturesShared extends Record<string, unknown> {
  readonly model: ModelJson;
  /** n×d, the columns those of the model. */
  readonly X: FeatureMatrix;
  /** Rows with a curve of their own. */
  readonly curves: Uint32Array;
}

/** A feature and the values that it is to take. */
export interface VariedFeature {
  readonly feature: number;
  readonly grid: Float64Array;
}

/** The partial dependence of a model on a feature. */
export const varyFeatures = defineTask({
  id: 'vary-features',
  run(shared: VaryFeaturesShared, { feature, grid }: VariedFeature, { memo, signal }): PartialDependence {
    const { X, curves } = shared;
    const model = memo('model', () => modelFromJson(shared.model, 'the model'));
    return partialDependence(X, feature, grid, curves, (varied) => {
      throwIfCancelled(signal);
      return maliciousValues(model, varied);
    });
  },
});
