import type { ClassifierId } from '../../ml/classifiers/registry.js';
import type { ObjectiveId } from '../../ml/model-selection/objectives.js';
import type { SampleWeighting } from '../../ml/model-selection/sample-weights.js';
import type { Params, ParamValue } from '../../ml/params.js';
import type { Settings } from '../../schema/result-document.js';

/** How the model is validated. */
export type Validation =
  | { readonly mode: 'random'; readonly testSize: number }
  /** The test rows are those whose instance_id is listed. */
  | { readonly mode: 'fixed'; readonly testIds: ReadonlySet<string> }
  | { readonly mode: 'cv'; readonly folds: number }
  /** Trained on the whole dataset, tested on others of the project. */
  | { readonly mode: 'datasets'; readonly datasets: readonly string[] }
  /** Trained on the labelled rows, applied to the others. */
  | { readonly mode: 'unlabeled' };

export interface ClassifySettings {
  readonly model: ClassifierId;
  /** The grid; a single point is fitted without a search. */
  readonly points: readonly Params[];
  readonly objective: ObjectiveId;
  /** Rate of the objectives that have one. */
  readonly at: number;
  readonly tuningFolds: number;
  readonly multiclass: boolean;
  readonly sampleWeight: SampleWeighting;
  readonly impute: boolean;
  readonly validation: Validation;
  /** Apply the model to the rows it was trained on, too. */
  readonly trainingDetection: boolean;
  /** Malicious iff the probability is greater (or the score, of a model without probabilities). Null: 0.5 (0 for a score). */
  readonly detectionThreshold: number | null;
}

/**
 * The settings as the result document keeps them: flat, resolved, the grid as listed values.
 * @param threshold the one in force, once the model tells whether it has probabilities
 */
export function settingsForDocument(
  settings: ClassifySettings,
  seed: number,
  threshold = settings.detectionThreshold,
): Settings {
  const { validation } = settings;
  return {
    model: settings.model,
    params: listedValues(settings.points),
    objective: settings.objective,
    at: settings.objective.startsWith('dr-at') ? settings.at : null,
    tuningFolds: settings.points.length > 1 ? settings.tuningFolds : null,
    multiclass: settings.multiclass,
    sampleWeight: settings.sampleWeight,
    impute: settings.impute ? 'median' : 'none',
    validation: validation.mode,
    ...(validation.mode === 'random' && { testSize: validation.testSize }),
    ...(validation.mode === 'fixed' && { testIds: validation.testIds.size }),
    ...(validation.mode === 'cv' && { folds: validation.folds }),
    ...(validation.mode === 'datasets' && { validationDatasets: [...validation.datasets] }),
    trainingDetection: settings.trainingDetection,
    detectionThreshold: threshold,
    seed,
  };
}

/** `C=0.01,0.1,1` for each parameter of the grid: the values in it, in the order of the points. */
function listedValues(points: readonly Params[]): string[] {
  const names = Object.keys(points[0] ?? {});
  return names.map((name) => {
    const values = new Set<ParamValue>(points.map((point) => point[name]));
    return `${name}=${[...values].join(',')}`;
  });
}
