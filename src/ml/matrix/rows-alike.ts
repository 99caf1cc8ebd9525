import type { FeatureMatrix } from './feature-matrix.js';

/**
 * Are all rows of an n×d matrix the same, so that no feature tells anything? Missing cells equal each other, -0 equals 0.
 * True of fewer than two rows. O(n·d) where they are, else it ends at the first row that differs.
 */
export function rowsAlike(X: FeatureMatrix): boolean {
  const { rows } = X;
  if (X.kind === 'dense') {
    const { columns, values } = X;
    for (let k = columns; k < rows * columns; k++) {
      const [first, other] = [values[k % columns], values[k]];
      if (first !== other && !(Number.isNaN(first) && Number.isNaN(other))) return false;
    }
    return true;
  }
  const { rowStart, columnIndex, values } = X;
  const entries = rowStart[1];
  for (let i = 1; i < rows; i++) {
    const start = rowStart[i];
    if (rowStart[i + 1] - start !== entries) return false;
    for (let k = 0; k < entries; k++) {
      if (columnIndex[start + k] !== columnIndex[k] || values[start + k] !== values[k]) return false;
    }
  }
  return true;
}
