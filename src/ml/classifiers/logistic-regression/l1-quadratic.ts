/**
 * The quadratic model of an L1-penalised problem over k active columns and the intercept (index k):
 * min over β of g·(β − β₀) + ½(β − β₀)ᵀH(β − β₀) + Σ penaltyⱼ·|βⱼ|.
 */
export interface QuadraticModel {
  /** Length k+1: g at β₀. */
  readonly gradient: Float64Array;
  /** Length k+1: the penalty of each |βⱼ|; 0 for an unpenalised intercept. */
  readonly penalty: Float64Array;
  /** Length k+1, > 0: added to the diagonal of H. */
  readonly damping: Float64Array;
}

/** How far the subgradient at a coordinate is from holding 0: what optimality asks to vanish. */
export function violation(gradient: number, value: number, penalty: number): number {
  if (value > 0) return Math.abs(gradient + penalty);
  if (value < 0) return Math.abs(gradient - penalty);
  return Math.max(0, Math.abs(gradient) - penalty);
}

/** The minimiser over one coordinate: value and gradient now, second derivative `curvature` > 0. */
export function softThreshold(value: number, gradient: number, curvature: number, penalty: number): number {
  const goal = curvature * value - gradient;
  if (goal > penalty) return (goal - penalty) / curvature;
  if (goal < -penalty) return (goal + penalty) / curvature;
  return 0;
}

/** Sweeps over all coordinates after which the model is left as it is; the next Newton iteration corrects it. */
const maxSweeps = 500;

/**
 * Cyclic coordinate descent (Friedman, Hastie and Tibshirani, "Regularization paths for generalized linear models via
 * coordinate descent", 2010): a sweep over all coordinates, then `between` over those that are not 0, until no
 * violation in a sweep over all exceeds `tolerance`.
 * @param visit updates coordinate j and returns its violation before
 * @param between works on the coordinates that are not 0, for as long as it is worth it
 */
export function cyclicDescent(
  beta: Float64Array,
  visit: (j: number) => number,
  between: (free: Int32Array) => void,
  tolerance: number,
): void {
  const free = new Int32Array(beta.length);
  for (let sweeps = 0; sweeps < maxSweeps; sweeps++) {
    let worst = 0;
    let count = 0;
    for (let j = 0; j < beta.length; j++) {
      worst = Math.max(worst, visit(j));
      if (beta[j] !== 0) free[count++] = j;
    }
    if (worst <= tolerance) return;
    between(free.subarray(0, count));
  }
}

/** Sweeps over the free coordinates, at most `limit`; true once no violation exceeds `tolerance`. */
export function sweepFree(free: Int32Array, visit: (j: number) => number, tolerance: number, limit: number): boolean {
  for (let sweep = 0; sweep < limit; sweep++) {
    let worst = 0;
    for (let f = 0; f < free.length; f++) worst = Math.max(worst, visit(free[f]));
    if (worst <= tolerance) return true;
  }
  return false;
}
