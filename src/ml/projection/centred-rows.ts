import type { FeatureMatrix } from '../matrix/feature-matrix.js';

/** The rows of X (n×d) less their mean, or another middle, without storing them: sparse rows stay sparse. */
export class CentredRows {
  /** @param mean length d */
  constructor(
    readonly X: FeatureMatrix,
    readonly mean: Float64Array = columnMeans(X),
  ) {}

  /** Σ |x − mean|², of all rows. O(stored cells). */
  get squaredLength(): number {
    return squaredSpread(this.X, this.mean);
  }

  /** Writes (X − mean)·v to `result`: v of length d, `result` of length n. */
  multiply(v: Float64Array, result: Float64Array): void {
    const { X, mean } = this;
    let shift = 0;
    for (let j = 0; j < v.length; j++) shift += mean[j] * v[j];
    const { values } = X;
    if (X.kind === 'dense') {
      const d = X.columns;
      for (let i = 0, at = 0; i < X.rows; i++, at += d) {
        let first = 0;
        let second = 0;
        let third = 0;
        let fourth = 0;
        let j = 0;
        // Four sums that do not wait for each other.
        for (; j + 3 < d; j += 4) {
          first += values[at + j] * v[j];
          second += values[at + j + 1] * v[j + 1];
          third += values[at + j + 2] * v[j + 2];
          fourth += values[at + j + 3] * v[j + 3];
        }
        for (; j < d; j++) first += values[at + j] * v[j];
        result[i] = first + second + (third + fourth) - shift;
      }
      return;
    }
    const { rowStart, columnIndex } = X;
    for (let i = 0; i < X.rows; i++) {
      let sum = 0;
      for (let at = rowStart[i]; at < rowStart[i + 1]; at++) sum += values[at] * v[columnIndex[at]];
      result[i] = sum - shift;
    }
  }

  /** Writes (X − mean)ᵀ(X − mean)·v to `result`, both of length d, in one pass over the rows. */
  multiplyBothWays(v: Float64Array, result: Float64Array): void {
    const { X, mean } = this;
    const { values } = X;
    const d = X.columns;
    let shift = 0;
    for (let j = 0; j < d; j++) shift += mean[j] * v[j];
    result.fill(0);
    let sum = 0;
    for (let i = 0; i < X.rows; i++) {
      let first = -shift;
      let second = 0;
      let third = 0;
      let fourth = 0;
      if (X.kind === 'dense') {
        const at = i * d;
        let j = 0;
        for (; j + 3 < d; j += 4) {
          first += values[at + j] * v[j];
          second += values[at + j + 1] * v[j + 1];
          third += values[at + j + 2] * v[j + 2];
          fourth += values[at + j + 3] * v[j + 3];
        }
        for (; j < d; j++) first += values[at + j] * v[j];
        const along = first + second + (third + fourth);
        sum += along;
        for (j = 0; j < d; j++) result[j] += along * values[at + j];
      } else {
        const { rowStart, columnIndex } = X;
        for (let at = rowStart[i]; at < rowStart[i + 1]; at++) first += values[at] * v[columnIndex[at]];
        sum += first;
        for (let at = rowStart[i]; at < rowStart[i + 1]; at++) result[columnIndex[at]] += first * values[at];
      }
    }
    for (let j = 0; j < d; j++) result[j] -= sum * mean[j];
  }

  /** Writes (X − mean)ᵀ·u to `result`: u of length n, `result` of length d. */
  multiplyTransposed(u: Float64Array, result: Float64Array): void {
    const { X, mean } = this;
    const { values } = X;
    result.fill(0);
    let sum = 0;
    for (let i = 0; i < X.rows; i++) {
      const factor = u[i];
      sum += factor;
      if (X.kind === 'dense') {
        for (let j = 0, at = i * X.columns; j < X.columns; j++, at++) result[j] += factor * values[at];
      } else {
        for (let at = X.rowStart[i]; at < X.rowStart[i + 1]; at++) result[X.columnIndex[at]] += factor * values[at];
      }
    }
    for (let j = 0; j < X.columns; j++) result[j] -= sum * mean[j];
  }
}

function columnMeans(X: FeatureMatrix): Float64Array {
  const mean = new Float64Array(X.columns);
  const { values } = X;
  if (X.kind === 'dense') {
    for (let i = 0, at = 0; i < X.rows; i++) for (let j = 0; j < X.columns; j++, at++) mean[j] += values[at];
  } else {
    for (let at = 0; at < values.length; at++) mean[X.columnIndex[at]] += values[at];
  }
  for (let j = 0; j < mean.length; j++) mean[j] /= X.rows;
  return mean;
}

function squaredSpread(X: FeatureMatrix, mean: Float64Array): number {
  const { values } = X;
  let sum = 0;
  if (X.kind === 'dense') {
    for (let i = 0, at = 0; i < X.rows; i++) {
      for (let j = 0; j < X.columns; j++, at++) sum += (values[at] - mean[j]) ** 2;
    }
    return sum;
  }
  const stored = new Uint32Array(X.columns);
  for (let at = 0; at < values.length; at++) {
    const j = X.columnIndex[at];
    stored[j]++;
    sum += (values[at] - mean[j]) ** 2;
  }
  for (let j = 0; j < mean.length; j++) sum += (X.rows - stored[j]) * mean[j] * mean[j];
  return sum;
}
