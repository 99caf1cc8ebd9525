import { denseMatrix, type FeatureMatrix, sharedFloat64 } from '../matrix/feature-matrix.js';
import { columnScaling } from '../preprocessing/standardisation.js';

const known = new WeakMap<FeatureMatrix, FeatureMatrix>();

/**
 * X (n×d, no missing cells) as oddness is measured in: each cell x as sign(x)·ln(1 + |x|), so that a few huge transfers do
 * not make all others alike, in units of its column's standard deviation; constant columns are 0. Zeros stay zeros.
 * Kept as long as X is, for a labelling loop asks for the same in each iteration. O(stored cells).
 */
export function logSpace(X: FeatureMatrix): FeatureMatrix {
  const before = known.get(X);
  if (before) return before;
  const values = sharedFloat64(X.values.length);
  for (let at = 0; at < values.length; at++) {
    const x = X.values[at];
    values[at] = x < 0 ? -Math.log1p(-x) : Math.log1p(x);
  }
  const space: FeatureMatrix = X.kind === 'dense' ? denseMatrix(X.rows, X.columns, values) : { ...X, values };
  const { scale, constant } = columnScaling(space);
  for (let at = 0; at < values.length; at++) {
    const j = X.kind === 'dense' ? at % X.columns : X.columnIndex[at];
    values[at] = constant[j] === 1 ? 0 : values[at] / scale[j];
  }
  known.set(X, space);
  return space;
}
