import { UserError } from '../../../errors.js';
import { linearContributions } from '../../explanation/linear-contributions.js';
import type { FittedClassifier, ModelJson, Predictions } from '../classifier.js';
import { type LinearModel, linearModelFromJson, linearModelToJson, linearScores, malformed } from './linear-model.js';
import { sigmoid } from './logistic-loss.js';

/**
 * A fitted logistic regression over `classCount` classes: one decision function for two classes, otherwise one for
 * each of `present`, the classes that had training rows.
 */
export interface LogisticModel {
  readonly classCount: number;
  /** Increasing class indexes; [0, 1] for two classes. */
  readonly present: readonly number[];
  readonly linear: LinearModel;
}

/** What the user gets: scores, probabilities, coefficients, JSON. */
export function fittedLogistic(model: LogisticModel, warnings: readonly string[] = []): FittedClassifier {
  const { classCount, present, linear } = model;
  return {
    predict: (X) => (classCount === 2 ? predictBinary(linear, X) : predictOneVersusRest(model, X)),
    importance() {
      if (classCount === 2) return { kind: 'coefficient', values: [linear.coefficients[0].slice()] };
      const d = linear.mean.length;
      const rows = Array.from({ length: classCount }, () => new Float64Array(d));
      present.forEach((c, k) => rows[c].set(linear.coefficients[k]));
      return { kind: 'coefficient', values: rows };
    },
    explain(X, rows, classIndex) {
      if (classCount === 2) return linearContributions(linear, 0, X, rows, classIndex === 1 ? 1 : -1);
      const index = present.indexOf(classIndex);
      if (index < 0) throw new UserError('the class had no training rows: nothing speaks for it');
      return linearContributions(linear, index, X, rows);
    },
    toJSON: () => ({ classCount, present: [...present], ...linearModelToJson(linear) }),
    warnings,
  };
}

function predictBinary(linear: LinearModel, X: Parameters<FittedClassifier['predict']>[0]): Predictions {
  const scores = new Float64Array(X.rows);
  linearScores(linear, 0, X, scores);
  const probabilities = new Float64Array(2 * X.rows);
  for (let i = 0; i < X.rows; i++) {
    probabilities[2 * i] = sigmoid(-scores[i]);
    probabilities[2 * i + 1] = sigmoid(scores[i]);
  }
  return { classCount: 2, probabilities, scores };
}

/** Each class's probability against the rest, normalised; 0 and −∞ for a class without training rows. */
function predictOneVersusRest(model: LogisticModel, X: Parameters<FittedClassifier['predict']>[0]): Predictions {
  const { classCount, present, linear } = model;
  const scores = new Float64Array(X.rows * classCount).fill(Number.NEGATIVE_INFINITY);
  present.forEach((c, k) => linearScores(linear, k, X, scores, c, classCount));
  const probabilities = new Float64Array(X.rows * classCount);
  for (let i = 0, row = 0; i < X.rows; i++, row += classCount) {
    // In logarithms: far from every class all probabilities underflow, and their shares are still defined.
    let best = Number.NEGATIVE_INFINITY;
    for (const c of present) best = Math.max(best, logSigmoid(scores[row + c]));
    let total = 0;
    for (const c of present) {
      const share = Math.exp(logSigmoid(scores[row + c]) - best);
      probabilities[row + c] = share;
      total += share;
    }
    for (const c of present) probabilities[row + c] /= total;
  }
  return { classCount, probabilities, scores };
}

function logSigmoid(score: number): number {
  return score >= 0 ? -Math.log1p(Math.exp(-score)) : score - Math.log1p(Math.exp(score));
}

/** The classifier saved as such JSON; throws UserError where it is malformed. */
export function reviveLogistic(json: ModelJson): FittedClassifier {
  const { classCount, present } = json;
  if (typeof classCount !== 'number' || !Number.isInteger(classCount) || classCount < 2) {
    throw malformed('classCount is not a whole number of at least 2');
  }
  if (!Array.isArray(present) || !isIncreasing(present, classCount)) {
    throw malformed(`present is not a list of increasing class indexes below ${classCount}`);
  }
  if (classCount === 2 && present.length !== 2) throw malformed('two classes, but not both are present');
  const linear = linearModelFromJson(json, classCount === 2 ? 1 : present.length);
  return fittedLogistic({ classCount, present, linear });
}

function isIncreasing(values: readonly unknown[], limit: number): values is number[] {
  let previous = -1;
  for (const value of values) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value <= previous || value >= limit) return false;
    previous = value;
  }
  return values.length >= 2;
}
