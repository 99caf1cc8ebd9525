import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { predictWith, type TrainedModel } from './trained-model.js';

/**
 * How malicious a model finds each row of X (n×d), length n: the probability of all malicious classes, or the score of
 * a model without probabilities (the largest of a malicious class less the largest of a benign one, if it has several).
 */
export function maliciousValues(model: TrainedModel, X: FeatureMatrix): Float64Array {
  const { probabilities, scores, classCount } = predictWith(model, X);
  const values = new Float64Array(X.rows);
  if (!probabilities && scores && scores.length === X.rows) return Float64Array.from(scores);
  for (let i = 0; i < X.rows; i++) {
    let [sum, malicious, benign] = [0, -Infinity, -Infinity];
    for (let k = 0; k < classCount; k++) {
      const at = i * classCount + k;
      if (probabilities && model.classes[k].malicious) sum += probabilities[at];
      if (!probabilities && scores) {
        if (model.classes[k].malicious) malicious = Math.max(malicious, scores[at]);
        else benign = Math.max(benign, scores[at]);
      }
    }
    values[i] = probabilities ? sum : malicious - benign;
  }
  return values;
}
