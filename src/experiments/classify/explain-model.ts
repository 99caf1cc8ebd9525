import type { AnyPanel } from '../../schema/result-document.js';
import type { TrainedModel } from '../../ml/model-selection/trained-model.js';
import type { ExperimentContext } from '../experiment.js';
import type { AlertSource } from './alerts/alert-list.js';
import { importancePanel } from './model-panels.js';
import { partialDependencePanel } from './partial-dependence-panel.js';
import { permutationPanel } from './permutation-panel.js';
import type { ClassifySettings } from './settings.js';
import type { Task } from './task.js';

/** What can be told of the kept model as a whole. */
export interface ModelExplanation {
  readonly panels: readonly AnyPanel[];
  readonly warnings: readonly string[];
}

/**
 * How much each feature counts, and how the model's value depends on some of them. Where the features that count most
 * are to be varied and the model has no measure of its own, they are weighed by shuffling.
 */
export async function explainModel(
  sources: readonly AlertSource[],
  task: Task,
  model: TrainedModel,
  trainedOn: Uint32Array,
  { importance, partialDependence }: ClassifySettings,
  context: ExperimentContext,
): Promise<ModelExplanation> {
  const own = importance === 'permutation' ? [] : importancePanel(model);
  const needsWeights = partialDependence !== undefined && 'most' in partialDependence && own.length === 0;
  const weighed =
    importance === 'permutation' || needsWeights
      ? await permutationPanel(sources, model, context)
      : { panels: own, warnings: [] };
  if (!partialDependence) return weighed;
  const varied = await partialDependencePanel(partialDependence, weighed.panels, task, model, trainedOn, context);
  const nothing = 'no partial dependence: no measure says which features count most; name some';
  return {
    panels: [...weighed.panels, ...varied],
    warnings: [...weighed.warnings, ...(varied.length === 0 ? [nothing] : [])],
  };
}
