import type { FeatureMatrix } from './feature-matrix.js';

/** Squared Euclidean distance of two rows of X. O(their stored cells). */
export function squaredDistance(X: FeatureMatrix, a: number, b: number): number {
  let sum = 0;
  if (X.kind === 'dense') {
    const { values, columns } = X;
    for (let j = 0, x = a * columns, y = b * columns; j < columns; j++, x++, y++) {
      const difference = values[x] - values[y];
      sum += difference * difference;
    }
    return sum;
  }
  const { values, columnIndex, rowStart } = X;
  let [x, y] = [rowStart[a], rowStart[b]];
  const [endX, endY] = [rowStart[a + 1], rowStart[b + 1]];
  while (x < endX || y < endY) {
    const j = x < endX ? columnIndex[x] : Infinity;
    const k = y < endY ? columnIndex[y] : Infinity;
    const difference = (j <= k ? values[x++] : 0) - (k <= j ? values[y++] : 0);
    sum += difference * difference;
  }
  return sum;
}
