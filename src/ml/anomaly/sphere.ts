import type { FeatureMatrix } from '../matrix/feature-matrix.js';

export interface SphereFigures {
  /** Length d: a cell x is seen as x · unit − middle; both 0 for a constant column. */
  readonly unit: Float64Array;
  readonly middle: Float64Array;
  /** Length d. */
  readonly centre: Float64Array;
  /** R² − |centre|². */
  readonly offset: number;
}

/** A sphere around what is usual. */
export class Sphere {
  constructor(readonly figures: SphereFigures) {}

  /** R²; below 0 where nothing is inside. */
  get squaredRadius(): number {
    const { centre, offset } = this.figures;
    return centre.reduce((sum, c) => sum + c * c, offset);
  }

  /** |x − centre|² − R² of each row of X (n×d): above 0 outside, larger = odder. O(stored cells). */
  score(X: FeatureMatrix): Float64Array {
    const { unit, middle, centre, offset } = this.figures;
    const scores = squaredLengths(X, unit, middle);
    let shift = offset;
    for (let j = 0; j < centre.length; j++) shift -= 2 * centre[j] * middle[j];
    for (let i = 0; i < X.rows; i++) {
      let inner = 0;
      if (X.kind === 'dense') {
        for (let j = 0, at = i * X.columns; j < X.columns; j++, at++) inner += X.values[at] * unit[j] * centre[j];
      } else {
        for (let at = X.rowStart[i]; at < X.rowStart[i + 1]; at++) {
          const j = X.columnIndex[at];
          inner += X.values[at] * unit[j] * centre[j];
        }
      }
      scores[i] -= 2 * inner + shift;
    }
    return scores;
  }
}

/** |x · unit − middle|² of each row of X (n×d). O(stored cells). */
export function squaredLengths(X: FeatureMatrix, unit: Float64Array, middle: Float64Array): Float64Array {
  const lengths = new Float64Array(X.rows);
  let ofZeros = 0;
  for (const m of middle) ofZeros += m * m;
  for (let i = 0; i < X.rows; i++) {
    let sum = X.kind === 'dense' ? 0 : ofZeros;
    if (X.kind === 'dense') {
      for (let j = 0, at = i * X.columns; j < X.columns; j++, at++) {
        const z = X.values[at] * unit[j] - middle[j];
        sum += z * z;
      }
    } else {
      for (let at = X.rowStart[i]; at < X.rowStart[i + 1]; at++) {
        const j = X.columnIndex[at];
        const z = X.values[at] * unit[j] - middle[j];
        sum += z * z - middle[j] * middle[j];
      }
    }
    lengths[i] = sum;
  }
  return lengths;
}
