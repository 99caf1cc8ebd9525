import { type CancelSignal, throwIfCancelled } from '../fit-context.js';

export interface SparsePrecision {
  /** p×p, symmetric positive definite: the inverse of a covariance, with zeros. */
  readonly precision: Float64Array;
  readonly converged: boolean;
}

/**
 * The precision matrix Θ that makes log det Θ − tr(S·Θ) − alpha·Σ over i ≠ j of |Θᵢⱼ| largest, by block coordinate
 * descent (Friedman, Hastie and Tibshirani 2008). O(p³) a round.
 * @param covariance S, p×p, symmetric positive definite
 */
export function graphicalLasso(
  covariance: Float64Array,
  p: number,
  alpha: number,
  signal?: CancelSignal,
  maxRounds = 200,
): SparsePrecision {
  const W = covariance.slice();
  const beta = new Float64Array(p * p);
  let scale = 0;
  for (let at = 0; at < W.length; at++) scale += Math.abs(covariance[at]);
  const tolerance = 1e-8 * (scale / W.length);
  let converged = false;
  for (let round = 0; round < maxRounds && !converged; round++) {
    throwIfCancelled(signal);
    let moved = 0;
    for (let j = 0; j < p; j++) {
      lassoColumn(W, covariance, beta.subarray(j * p, (j + 1) * p), j, p, alpha);
      for (let i = 0; i < p; i++) {
        if (i === j) continue;
        let sum = 0;
        for (let k = 0; k < p; k++) if (k !== j) sum += W[i * p + k] * beta[j * p + k];
        moved += Math.abs(sum - W[i * p + j]);
        W[i * p + j] = W[j * p + i] = sum;
      }
    }
    converged = moved / (p * p) <= tolerance;
  }
  return { precision: precisionOf(W, beta, p), converged };
}

/** ½·βᵀ·W₁₁·β − βᵀ·s₁₂ + alpha·|β|₁ by coordinate descent, for column j. */
function lassoColumn(W: Float64Array, S: Float64Array, beta: Float64Array, j: number, p: number, alpha: number): void {
  for (let round = 0; round < 1000; round++) {
    let moved = 0;
    let size = 0;
    for (let i = 0; i < p; i++) {
      if (i === j) continue;
      let rest = S[i * p + j];
      for (let k = 0; k < p; k++) if (k !== i && k !== j) rest -= W[i * p + k] * beta[k];
      const next = (Math.sign(rest) * Math.max(0, Math.abs(rest) - alpha)) / W[i * p + i];
      moved = Math.max(moved, Math.abs(next - beta[i]));
      size = Math.max(size, Math.abs(next));
      beta[i] = next;
    }
    if (moved <= 1e-10 * Math.max(size, 1e-300)) return;
  }
}

function precisionOf(W: Float64Array, beta: Float64Array, p: number): Float64Array {
  const precision = new Float64Array(p * p);
  for (let j = 0; j < p; j++) {
    let inner = 0;
    for (let k = 0; k < p; k++) if (k !== j) inner += W[k * p + j] * beta[j * p + k];
    const diagonal = 1 / (W[j * p + j] - inner);
    for (let k = 0; k < p; k++) precision[k * p + j] = k === j ? diagonal : -beta[j * p + k] * diagonal;
  }
  // Both halves are the same but for rounding.
  for (let i = 0; i < p; i++) {
    for (let j = 0; j < i; j++) {
      precision[i * p + j] = precision[j * p + i] = (precision[i * p + j] + precision[j * p + i]) / 2;
    }
  }
  return precision;
}
