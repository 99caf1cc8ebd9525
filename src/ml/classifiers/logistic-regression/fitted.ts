import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import {
  decisionValues,
  linearAbilities,
  type LinearDecisions,
  linearDecisionsFromJson,
} from '../../linear/linear-decisions.js';
import type { FittedClassifier, ModelJson, Predictions } from '../classifier.js';
import { sigmoid } from './logistic-loss.js';

/** What the user gets: scores, probabilities, coefficients, JSON. */
export function fittedLogistic(model: LinearDecisions, warnings: readonly string[] = []): FittedClassifier {
  return {
    predict: (X) => (model.classCount === 2 ? predictBinary(model, X) : predictOneVersusRest(model, X)),
    ...linearAbilities(model),
    warnings,
  };
}

function predictBinary(model: LinearDecisions, X: FeatureMatrix): Predictions {
  const scores = decisionValues(model, X, Number.NEGATIVE_INFINITY);
  const probabilities = new Float64Array(2 * X.rows);
  for (let i = 0; i < X.rows; i++) {
    probabilities[2 * i] = sigmoid(-scores[i]);
    probabilities[2 * i + 1] = sigmoid(scores[i]);
  }
  return { classCount: 2, probabilities, scores };
}

/** Each class's probability against the rest, normalised; 0 and −∞ for a class without training rows. */
function predictOneVersusRest(model: LinearDecisions, X: FeatureMatrix): Predictions {
  const { classCount, present } = model;
  const scores = decisionValues(model, X, Number.NEGATIVE_INFINITY);
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
  return fittedLogistic(linearDecisionsFromJson(json));
}
