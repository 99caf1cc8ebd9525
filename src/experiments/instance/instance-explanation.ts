import { UserError } from '../../errors.js';
import type { Dataset } from '../../ml/matrix/dataset.js';
import { type FeatureMatrix, selectRows } from '../../ml/matrix/feature-matrix.js';
import { predictWith, type TrainedModel } from '../../ml/model-selection/trained-model.js';
import { judge } from '../classify/judged-part.js';
import { columnsByName } from '../classify/judging.js';

/** How a model comes to its value for one instance: base + all contributions = total. */
export interface InstanceExplanation {
  readonly output: 'score' | 'probability';
  readonly base: number;
  readonly total: number;
  /** The value is that before calibration. */
  readonly beforeCalibration: boolean;
  /** Length d, by the features of the dataset; 0 for those the model does not know. */
  readonly contributions: Float64Array;
}

/** What a model says of one instance today. */
export interface Verdict {
  /** NaN where the model has none. */
  readonly probability: number;
  readonly score: number;
  readonly explanation: InstanceExplanation | null;
  /** Why there is no explanation. */
  readonly noExplanation: string | null;
}

/**
 * Applies a model to row `row` of a dataset and takes its value apart by feature: towards malicious in a binary model,
 * towards the predicted class in a multiclass one; of a calibrated model the value before calibration. The indicator of a missing cell counts with its feature. Throws
 * UserError where the dataset lacks features of the model.
 */
export function explainInstance(model: TrainedModel, dataset: Dataset, row: number): Verdict {
  const own = { ...dataset, X: selectRows(dataset.X, Uint32Array.of(row)) };
  const X = columnsByName(own, model.featureNames);
  const { probability, score, predictedClass } = judgeOne(model, X);
  const said = { probability: probability[0], score: score[0] };
  if (!model.fitted.explain) {
    return { ...said, explanation: null, noExplanation: 'the values of this model cannot be taken apart by feature' };
  }
  const binary = model.classes.every(({ family }) => family === null);
  const classIndex = binary ? 1 : predictedClass[0];
  try {
    const filled = model.imputer ? model.imputer.apply(X) : X;
    const [{ output, base, contributions }] = model.fitted.explain(filled, Uint32Array.of(0), classIndex);
    const total = contributions.reduce((sum, one) => sum + one, base);
    const byFeature = contributionsByFeature(contributions, model, dataset.featureNames);
    const beforeCalibration = model.calibration !== undefined;
    const explanation = { output, base, total, beforeCalibration, contributions: byFeature };
    return { ...said, explanation, noExplanation: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...said, explanation: null, noExplanation: error.message };
  }
}

function judgeOne(model: TrainedModel, X: FeatureMatrix) {
  const truth = { label: Int8Array.of(-1), family: [''] };
  const rows = { part: '', fold: -1, ids: [''], idents: [''], truth, trueClass: Int32Array.of(-1) };
  return judge(rows, predictWith(model, X), model.classes);
}

function contributionsByFeature(
  contributions: Float64Array,
  { featureNames, imputer }: TrainedModel,
  names: readonly string[],
): Float64Array {
  const place = new Map(names.map((name, j) => [name, j]));
  const byFeature = new Float64Array(names.length);
  for (let column = 0; column < contributions.length; column++) {
    const source = column < featureNames.length ? column : imputer?.indicators[column - featureNames.length];
    const j = source === undefined ? undefined : place.get(featureNames[source]);
    if (j !== undefined) byFeature[j] += contributions[column];
  }
  return byFeature;
}
