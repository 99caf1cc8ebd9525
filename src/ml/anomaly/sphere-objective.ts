import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import type { SmoothFunction } from '../optimisation/l-bfgs.js';
import { squaredLengths } from './sphere.js';

/** n rows of X (n×d), each with its side of the sphere and its weight. */
export interface SphereRows {
  readonly X: FeatureMatrix;
  /** Length d: a cell x is seen as x · unit − middle; both 0 for a constant column. */
  readonly unit: Float64Array;
  readonly middle: Float64Array;
  /** Length n: 1 inside, -1 outside. */
  readonly side: Float64Array;
  readonly weight: Float64Array;
  /** Length n: 1 where the margin is asked of the row. */
  readonly labelled: Uint8Array;
}

/** Half the width of the hinge's rounded corner, in squared distances of standardised features, a feature. */
const cornerByFeature = 0.01;

/**
 * R² − κγ + Σ weight · ℓ(side · (R² − |x − c|²) − labelled · γ) as a function of (c, a, γ), a = R² − |c|², so that
 * R² − |x − c|² = a + 2·c·x − |x|². ℓ is the hinge with a rounded corner: −t for t <= −ε, (ε − t)² / 4ε up to ε, else 0.
 */
export function sphereObjective(
  { X, unit, middle, side, weight, labelled }: SphereRows,
  kappa: number,
): SmoothFunction {
  const { rows, columns: d } = X;
  const squared = squaredLengths(X, unit, middle);
  const corner =
    cornerByFeature *
    Math.max(
      1,
      unit.reduce((sum, u) => sum + (u > 0 ? 1 : 0), 0),
    );
  const scaled = new Float64Array(d);
  return (x, gradient) => {
    const [a, gamma] = [x[d], x[d + 1]];
    let value = a - kappa * gamma;
    let shift = 0;
    for (let j = 0; j < d; j++) {
      value += x[j] * x[j];
      scaled[j] = 2 * x[j] * unit[j];
      shift += 2 * x[j] * middle[j];
    }
    gradient.fill(0);
    let pull = 0;
    let marginPull = 0;
    for (let i = 0; i < rows; i++) {
      const inside = product(X, i, scaled) - shift + a - squared[i];
      const t = side[i] * inside - labelled[i] * gamma;
      if (t >= corner) continue;
      const slope = t <= -corner ? -1 : (t - corner) / (2 * corner);
      value += weight[i] * (t <= -corner ? -t : ((corner - t) * (corner - t)) / (4 * corner));
      const part = weight[i] * slope;
      pull += part * side[i];
      marginPull += part * labelled[i];
      add(X, i, part * side[i], gradient);
    }
    for (let j = 0; j < d; j++) gradient[j] = 2 * x[j] + 2 * (unit[j] * gradient[j] - pull * middle[j]);
    gradient[d] = 1 + pull;
    gradient[d + 1] = -kappa - marginPull;
    return value;
  };
}

function product(X: FeatureMatrix, row: number, weights: Float64Array): number {
  let sum = 0;
  if (X.kind === 'dense') {
    for (let j = 0, at = row * X.columns; j < X.columns; j++, at++) sum += X.values[at] * weights[j];
  } else {
    for (let at = X.rowStart[row]; at < X.rowStart[row + 1]; at++) sum += X.values[at] * weights[X.columnIndex[at]];
  }
  return sum;
}

/** target += factor · row of X. */
function add(X: FeatureMatrix, row: number, factor: number, target: Float64Array): void {
  if (X.kind === 'dense') {
    for (let j = 0, at = row * X.columns; j < X.columns; j++, at++) target[j] += factor * X.values[at];
  } else {
    for (let at = X.rowStart[row]; at < X.rowStart[row + 1]; at++) target[X.columnIndex[at]] += factor * X.values[at];
  }
}
