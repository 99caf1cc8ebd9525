import type { Predictions } from '../classifiers/classifier.js';
import { confusionMatrix, multiclassIndicators } from '../metrics/multiclass.js';
import { averagePrecision, recallAtFdr } from '../metrics/precision-recall.js';
import { ndcg } from '../metrics/ranking.js';
import { recallAtFpr, rocAuc } from '../metrics/roc.js';
import { type ScoreCurve, scoreCurve } from '../metrics/score-curve.js';

/** What tuning maximises: a figure of the ranking of a binary model, or one of its decisions. */
type Objective =
  | {
      readonly title: string;
      readonly of: 'ranking';
      /** `at`: the rate of the objectives that have one. */
      value(curve: ScoreCurve, at: number): number | null;
    }
  | {
      readonly title: string;
      readonly of: 'decisions';
      /** Length n each: true and predicted class of each row. */
      value(truth: Uint32Array, predicted: Uint32Array, classCount: number): number | null;
    };

/** Objectives by what the user types. */
export const objectives = {
  'roc-auc': { title: 'area under the ROC curve', of: 'ranking', value: rocAuc },
  'average-precision': { title: 'average precision', of: 'ranking', value: averagePrecision },
  accuracy: {
    title: 'accuracy',
    of: 'decisions',
    value: (truth, predicted, k) => multiclassIndicators(confusionMatrix(truth, predicted, k), k).accuracy,
  },
  /** Of the malicious class in the binary task, else the mean over the classes. */
  f1: {
    title: 'F1',
    of: 'decisions',
    value(truth, predicted, k) {
      const { f1Macro, classes } = multiclassIndicators(confusionMatrix(truth, predicted, k), k);
      return k === 2 ? classes[1].f1 : f1Macro;
    },
  },
  ndcg: { title: 'discounted gain of the ranking', of: 'ranking', value: ndcg },
  'dr-at-fpr': { title: 'detection rate at a false-positive rate', of: 'ranking', value: recallAtFpr },
  'dr-at-fdr': { title: 'detection rate at a false-discovery rate', of: 'ranking', value: recallAtFdr },
} as const satisfies Record<string, Objective>;

export type ObjectiveId = keyof typeof objectives;

export const objectiveIds = Object.keys(objectives) as ObjectiveId[];

/** Can the objective judge more than two classes? */
export function acceptsMulticlass(id: ObjectiveId): boolean {
  return objectives[id].of === 'decisions';
}

/**
 * The objective of predictions for n rows; larger is better, in [0, 1]; null where the rows leave it undefined.
 * Decisions are the most probable class, in the binary task malicious iff the probability is greater than 0.5 (the
 * score than 0 for a model without probabilities). A ranking is by that probability or score of class 1; throws
 * RangeError for a ranking of more than two classes.
 * @param y length n: true class of each row
 * @param at rate of dr-at-fpr and dr-at-fdr, in [0, 1]
 */
export function objectiveValue(id: ObjectiveId, predictions: Predictions, y: Uint32Array, at: number): number | null {
  const objective: Objective = objectives[id];
  if (objective.of === 'decisions')
    return objective.value(y, predictedClasses(predictions, y.length), predictions.classCount);
  if (predictions.classCount !== 2)
    throw new RangeError(`${id} needs two classes, there are ${predictions.classCount}`);
  return objective.value(scoreCurve(maliciousValues(predictions), Uint8Array.from(y)), at);
}

/** What ranks the rows of a binary model: the probability of class 1, or else the score. */
function maliciousValues({ probabilities, scores }: Predictions): Float64Array {
  if (!probabilities) return scores ?? new Float64Array(0);
  const values = new Float64Array(probabilities.length / 2);
  for (let i = 0; i < values.length; i++) values[i] = probabilities[2 * i + 1];
  return values;
}

function predictedClasses({ probabilities, scores, classCount }: Predictions, rows: number): Uint32Array {
  const predicted = new Uint32Array(rows);
  const values = probabilities ?? scores ?? new Float64Array(0);
  for (let i = 0; i < rows; i++) {
    if (!probabilities && classCount === 2) predicted[i] = Number(values[i] > 0);
    else predicted[i] = largest(values, i * classCount, classCount);
  }
  return predicted;
}

/** Index of the largest of `count` values, the first of equals. */
function largest(values: Float64Array, from: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) if (values[from + k] > values[from + best]) best = k;
  return best;
}
