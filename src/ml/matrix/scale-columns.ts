import { type FeatureMatrix, sharedFloat64 } from './feature-matrix.js';

/** X (n×d) with each column multiplied by its factor (length d); X itself where all are 1. O(stored cells). */
export function scaleColumns(X: FeatureMatrix, factors: Float64Array): FeatureMatrix {
  if (factors.every((factor) => factor === 1)) return X;
  const values = sharedFloat64(X.values.length);
  for (let at = 0; at < values.length; at++) {
    values[at] = X.values[at] * factors[X.kind === 'dense' ? at % X.columns : X.columnIndex[at]];
  }
  return { ...X, values };
}
