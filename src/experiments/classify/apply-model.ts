import type { Predictions } from '../../ml/classifiers/classifier.js';
import { pause } from '../../ml/fit-context.js';
import type { FeatureMatrix } from '../../ml/matrix/feature-matrix.js';
import { predictInParts, type TrainedModel } from '../../ml/model-selection/trained-model.js';
import type { ExperimentContext } from '../experiment.js';

/**
 * Predictions of a model for rows of raw features X, in the calling thread: models that hold every row against those they
 * learned from take their time, so progress is told and an interrupt heard in between.
 */
export async function applyModel(
  model: TrainedModel,
  X: FeatureMatrix,
  rows: Uint32Array,
  { signal, progress, turn }: Pick<ExperimentContext, 'signal' | 'progress' | 'turn'>,
): Promise<Predictions> {
  const parts = predictInParts(model, X, rows);
  for (;;) {
    const part = parts.next();
    if (part.done) return part.value;
    progress?.(part.value, rows.length, 'applying the model');
    await pause({ turn, signal });
  }
}
