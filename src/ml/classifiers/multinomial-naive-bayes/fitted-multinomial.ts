import {
  decisionValues,
  linearAbilities,
  type LinearDecisions,
  linearDecisionsFromJson,
} from '../../linear/linear-decisions.js';
import type { FittedClassifier, ModelJson } from '../classifier.js';

/** Joint log likelihood of a class without training rows: below any other, and finite. */
const neverSeen = -1e300;

/**
 * Multinomial naive Bayes as fitted: log odds (two classes) or joint log likelihoods (more), all linear in the counts.
 * They are explained count by count; there is no importance, as a weight says little without how often a feature counts.
 */
export function fittedMultinomial(model: LinearDecisions): FittedClassifier {
  const { classCount } = model;
  const { explain, toJSON } = linearAbilities(model);
  return {
    predict(X) {
      const scores = decisionValues(model, X, neverSeen);
      const probabilities = new Float64Array(X.rows * classCount);
      const row = new Float64Array(classCount);
      for (let i = 0; i < X.rows; i++) {
        if (classCount === 2) row[1] = scores[i];
        else row.set(scores.subarray(i * classCount, (i + 1) * classCount));
        softmax(row, probabilities.subarray(i * classCount, (i + 1) * classCount));
      }
      return { classCount, probabilities, scores };
    },
    explain: (X, rows, classIndex) =>
      explain(X, rows, classIndex).map((one) => ({
        ...one,
        // A count of 0 speaks neither for nor against: 0, not -0.
        contributions: one.contributions.map((value) => value + 0),
      })),
    toJSON,
    warnings: [],
  };
}

function softmax(logs: Float64Array, out: Float64Array): void {
  let most = logs[0];
  for (const value of logs) most = Math.max(most, value);
  let total = 0;
  for (let k = 0; k < logs.length; k++) {
    out[k] = Math.exp(logs[k] - most);
    total += out[k];
  }
  for (let k = 0; k < logs.length; k++) out[k] /= total;
}

/** Throws UserError where the JSON is no such model. */
export function reviveMultinomial(json: ModelJson): FittedClassifier {
  return fittedMultinomial(linearDecisionsFromJson(json));
}
