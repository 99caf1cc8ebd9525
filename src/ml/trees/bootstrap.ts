import type { RandomStream } from '../random/stream.js';

/**
 * Weights of a bootstrap sample of n rows: n rows drawn with replacement, each counting as often as it was drawn
 * times its own weight. Rows not drawn get 0.
 */
export function bootstrapWeights(weights: Float64Array, stream: RandomStream): Float64Array {
  const n = weights.length;
  const sample = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = stream.below(n);
    sample[row] += weights[row];
  }
  return sample;
}
