import type { FittedClassifier, ModelJson } from '../classifiers/classifier.js';
import { type ClassifierId, classifiers } from '../classifiers/registry.js';
import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import type { Params } from '../params.js';

export interface FitModelShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  readonly y: Uint32Array;
  readonly classCount: number;
  readonly weights?: Float64Array;
}

export interface FitModelItem {
  readonly model: ClassifierId;
  readonly params: Params;
  readonly seed: number;
}

/** Fits one model on a worker, so that the calling thread stays free; the model travels as JSON. */
export const fitModel = defineTask({
  id: 'fit-model',
  async run(
    shared: FitModelShared,
    item: FitModelItem,
    context,
  ): Promise<{ json: ModelJson; warnings: readonly string[] }> {
    const { executor, signal } = context;
    const fitted: FittedClassifier = await classifiers[item.model].fit(shared, item.params, {
      seed: item.seed,
      executor,
      signal,
    });
    return { json: fitted.toJSON(), warnings: fitted.warnings };
  },
});
