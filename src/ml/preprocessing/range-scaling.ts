import type { FeatureMatrix } from '../matrix/feature-matrix.js';

/**
 * Brings the columns of X (n×d, finite) to one range: a cell x becomes (x − mean)·unit, with unit 1 / (largest −
 * smallest), and 0 for a constant column. The mean stays 0, as distances do not feel it and zeros stay zeros. So a
 * column of 0 and 1 weighs as much as any other, however rare its ones are. O(cells).
 */
export function rangeScaling(X: FeatureMatrix): { readonly mean: Float64Array; readonly unit: Float64Array } {
  const d = X.columns;
  const low = new Float64Array(d).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(d).fill(Number.NEGATIVE_INFINITY);
  const stored = new Uint32Array(d);
  X.values.forEach((value, at) => {
    const j = X.kind === 'sparse' ? X.columnIndex[at] : at % d;
    stored[j]++;
    if (value < low[j]) low[j] = value;
    if (value > high[j]) high[j] = value;
  });
  const unit = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    // A cell that a sparse matrix does not store is 0.
    const [from, to] = stored[j] < X.rows ? [Math.min(0, low[j]), Math.max(0, high[j])] : [low[j], high[j]];
    const width = to - from;
    unit[j] = width > 0 && Number.isFinite(1 / width) ? 1 / width : 0;
  }
  return { mean: new Float64Array(d), unit };
}
