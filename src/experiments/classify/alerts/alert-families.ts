import type { AnyClassifierDef, Predictions } from '../../../ml/classifiers/classifier.js';
import { type ClassifierId, classifiers } from '../../../ml/classifiers/registry.js';
import type { FitContext } from '../../../ml/fit-context.js';
import { type FeatureMatrix, missingPerColumn, selectRows } from '../../../ml/matrix/feature-matrix.js';
import { train } from '../../../ml/model-selection/train.js';
import { predictWith, type TrainedModel } from '../../../ml/model-selection/trained-model.js';
import { defaultParams } from '../../../ml/params.js';
import { classOfRows, familyClasses } from '../class-task.js';
import type { ClassifySettings } from '../settings.js';
import type { Task } from '../task.js';

/** A model that tells malicious families apart, or why there is none. */
export type FamilyModel = { readonly model: TrainedModel } | { readonly refused: string };

/**
 * Learns the malicious families of rows `trainedOn`: with the algorithm and parameters of `detector` where it takes more
 * classes and learns from labels, else with a logistic regression, or boosting where cells are missing.
 */
export async function learnFamilies(
  { dataset, lessons }: Task,
  trainedOn: Uint32Array,
  detector: TrainedModel,
  { impute, tuningFolds, at }: ClassifySettings,
  context: FitContext,
): Promise<FamilyModel> {
  const rows = trainedOn.filter((row) => lessons.label[row] === 1);
  const classes = familyClasses(lessons, rows);
  if (classes.length < 2) {
    const found = classes.length === 0 ? 'none' : `one, ${JSON.stringify(classes[0].name)}`;
    return { refused: `families of alerts need at least two malicious families to learn from; there is ${found}` };
  }
  const X = selectRows(dataset.X, rows);
  const labels = { label: lessons.label, family: lessons.family };
  const y = classOfRows(labels, classes, true);
  const { id, params } = learnerOf(detector, X, impute);
  const plan = { model: id, points: [params], tuningFolds, objective: 'accuracy', at, impute } as const;
  const input = {
    X,
    y: Uint32Array.from(rows, (row) => y[row]),
    classCount: classes.length,
    featureNames: dataset.featureNames,
    classes,
    ids: Array.from(rows, (row) => dataset.ids[row]),
  };
  const { model } = await train(plan, input, context);
  return { model };
}

function learnerOf(detector: TrainedModel, X: FeatureMatrix, impute: boolean) {
  const { accepts, learnsFrom }: AnyClassifierDef = classifiers[detector.model];
  if (accepts.multiclass && !learnsFrom) return { id: detector.model, params: detector.params };
  const missing = !impute && missingPerColumn(X).some((count) => count > 0);
  const id: ClassifierId = missing ? 'hist-gradient-boosting' : 'logistic-regression';
  return { id, params: defaultParams(classifiers[id].params) };
}

/** The likeliest family of each row of X (class index), and its probability, NaN of a model without. */
export function familiesOf(
  model: TrainedModel,
  X: FeatureMatrix,
): { readonly family: Int32Array; readonly probability: Float64Array } {
  const predictions = predictWith(model, X);
  const family = Int32Array.from({ length: X.rows }, (_, row) => likeliest(predictions, row));
  const { probabilities, classCount } = predictions;
  const probability = Float64Array.from(family, (k, row) => probabilities?.[row * classCount + k] ?? Number.NaN);
  return { family, probability };
}

function likeliest({ probabilities, scores, classCount }: Predictions, row: number): number {
  const values = probabilities ?? scores;
  if (!values) throw new Error('a model that says nothing');
  // Of two classes there is one score, in favour of the second.
  if (!probabilities && classCount === 2) return Number(values[row] > 0);
  let best = 0;
  for (let k = 1; k < classCount; k++) if (values[row * classCount + k] > values[row * classCount + best]) best = k;
  return best;
}
