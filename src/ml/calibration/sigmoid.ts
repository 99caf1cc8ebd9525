/** P(class | value) = 1 / (1 + exp(-(slope · value + intercept))). */
export interface SigmoidCurve {
  readonly kind: 'sigmoid';
  readonly slope: number;
  readonly intercept: number;
}

const maximumSteps = 200;
/** Share of n that the gradient may be away from 0, the values being brought to mean 0 and standard deviation 1. */
const tolerance = 1e-12;
const leastStep = 1e-10;
/** Keeps the Hessian invertible where the values say nothing. */
const ridge = 1e-12;

/**
 * Platt scaling: the sigmoid of greatest likelihood, by Newton's method with backtracking (Lin, Lin and Weng 2007,
 * A note on Platt's probabilistic outputs for support vector machines). Targets are Platt's, (P + 1) / (P + 2) and
 * 1 / (N + 2) for P positive and N negative rows, so that separable values do not make certainties. O(n) a step.
 * @param values length n, finite
 * @param positive length n: not 0 = of the class
 */
export function fitSigmoid(values: Float64Array, positive: Uint8Array): SigmoidCurve {
  const n = values.length;
  const { mean, deviation } = momentsOf(values);
  const z = values.map((value) => (value - mean) / deviation);
  const count = positive.reduce((sum, mark) => sum + Number(mark !== 0), 0);
  const target = Float64Array.from(positive, (mark) => (mark !== 0 ? (count + 1) / (count + 2) : 1 / (n - count + 2)));
  let slope = 0;
  let intercept = Math.log((count + 1) / (n - count + 1));
  let loss = lossOf(z, target, slope, intercept);
  for (let step = 0; step < maximumSteps; step++) {
    const { g1, g2, h11, h21, h22 } = derivatives(z, target, slope, intercept);
    if (Math.max(Math.abs(g1), Math.abs(g2)) < tolerance * n) break;
    const determinant = h11 * h22 - h21 * h21;
    const d1 = -(h22 * g1 - h21 * g2) / determinant;
    const d2 = -(h11 * g2 - h21 * g1) / determinant;
    const descent = g1 * d1 + g2 * d2;
    let size = 1;
    let next = lossOf(z, target, slope + d1, intercept + d2);
    while (next > loss + 1e-4 * size * descent && size > leastStep) {
      size /= 2;
      next = lossOf(z, target, slope + size * d1, intercept + size * d2);
    }
    // No step lowers the loss any more: what is left is rounding.
    if (!(next < loss)) break;
    slope += size * d1;
    intercept += size * d2;
    loss = next;
  }
  return { kind: 'sigmoid', slope: slope / deviation, intercept: intercept - (slope * mean) / deviation };
}

/** Of equal values the deviation is told as 1. */
function momentsOf(values: Float64Array): { mean: number; deviation: number } {
  const n = Math.max(1, values.length);
  const mean = values.reduce((sum, value) => sum + value / n, 0);
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2 / n, 0);
  const deviation = Math.sqrt(variance);
  return { mean, deviation: deviation > 0 && Number.isFinite(deviation) ? deviation : 1 };
}

/** Cross-entropy with the targets, without overflow. */
function lossOf(z: Float64Array, target: Float64Array, slope: number, intercept: number): number {
  let sum = 0;
  for (let i = 0; i < z.length; i++) {
    const logit = slope * z[i] + intercept;
    sum += (logit > 0 ? (1 - target[i]) * logit : -target[i] * logit) + Math.log1p(Math.exp(-Math.abs(logit)));
  }
  return sum;
}

function derivatives(z: Float64Array, target: Float64Array, slope: number, intercept: number) {
  let [g1, g2, h11, h21, h22] = [0, 0, ridge, 0, ridge];
  for (let i = 0; i < z.length; i++) {
    const p = logistic(slope * z[i] + intercept);
    const error = p - target[i];
    const weight = p * (1 - p);
    g1 += z[i] * error;
    g2 += error;
    h11 += z[i] * z[i] * weight;
    h21 += z[i] * weight;
    h22 += weight;
  }
  return { g1, g2, h11, h21, h22 };
}

function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** The probability of a value, in [0, 1]. */
export const sigmoidAt = ({ slope, intercept }: SigmoidCurve, value: number): number =>
  logistic(slope * value + intercept);
