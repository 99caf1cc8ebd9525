import { UserError } from '../../errors.js';
import type { ModelJson } from '../../ml/classifiers/classifier.js';
import { modelFromJson, type TrainedModel } from '../../ml/model-selection/trained-model.js';

/** The model that a result keeps, from its JSON; throws UserError naming `source` where it is none. */
export function modelOfResult(json: unknown, source: string): TrainedModel {
  if (typeof json !== 'object' || json === null) throw new UserError(`${source} is not a model of secuml`);
  return modelFromJson(json as ModelJson, source);
}
