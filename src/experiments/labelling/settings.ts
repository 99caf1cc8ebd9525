import { UserError } from '../../errors.js';
import { type QueryStrategyId, queryStrategies } from '../../ml/active-learning/registry.js';
import { type ClassifierId, classifiers } from '../../ml/classifiers/registry.js';
import type { Params } from '../../ml/params.js';
import type { ClassifySettings, Validation } from '../classify/settings.js';

/** How a labelling loop asks and learns; JSON, as it is kept in the loop's log. */
export interface LabellingSettings {
  readonly strategy: QueryStrategyId;
  readonly strategyParams: Params;
  /** Answers at most. */
  readonly budget: number;
  readonly model: ClassifierId;
  /** The model's grid. */
  readonly points: readonly Params[];
  readonly tuningFolds: number;
  readonly impute: boolean;
  readonly validationDatasets: readonly string[];
  readonly seed: number;
}

/** The settings out of a loop's log; throws UserError where this secuml does not know what they name. */
export function settingsFromLog(json: Readonly<Record<string, unknown>>): LabellingSettings {
  const settings = json as unknown as LabellingSettings;
  for (const [what, id, known] of [
    ['strategy', settings.strategy, queryStrategies],
    ['model', settings.model, classifiers],
  ] as const) {
    if (!Object.hasOwn(known, id)) {
      throw new UserError(`the loop was begun with the ${what} "${String(id)}", which this secuml does not know`);
    }
  }
  return settings;
}

/** The settings of the classifier that a loop trains. */
export function classifierSettings(
  { model, points, tuningFolds, impute }: LabellingSettings,
  validation: Validation,
): ClassifySettings {
  return {
    model,
    points,
    objective: 'roc-auc',
    at: 0.01,
    tuningFolds,
    multiclass: false,
    sampleWeight: 'none',
    impute,
    validation,
    trainingDetection: true,
    detectionThreshold: null,
  };
}
