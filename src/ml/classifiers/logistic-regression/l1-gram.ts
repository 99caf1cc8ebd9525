import { choleskyInPlace, choleskySolve } from '../../kernels/cholesky.js';
import type { DesignMatrix } from '../../kernels/design-matrix.js';
import { cyclicDescent, type QuadraticModel, softThreshold, sweepFree, violation } from './l1-quadratic.js';

/** Beyond this many coordinates a factorisation takes seconds. */
const largestSupport = 2000;
/** Coordinates that may become 0 in a row before coordinate descent looks at them again. */
const dropsInARow = 3;

/**
 * Minimises the model with its Hessian formed over the active columns; beta (k+1) in place. Coordinate descent finds
 * which coordinates are 0; among the others the model is a plain quadratic, minimised at one stroke by a Cholesky
 * factorisation, so that strongly correlated columns do not slow it down. O(k) per moved coordinate.
 * @param curvature length n: second derivative of each row's loss
 * @param hessian at least (k+1)² elements to work in
 */
export function minimiseByGram(
  model: QuadraticModel,
  design: DesignMatrix,
  curvature: Float64Array,
  active: Uint32Array,
  beta: Float64Array,
  tolerance: number,
  hessian = new Float64Array(beta.length ** 2),
): void {
  const size = beta.length;
  design.gram(curvature, active, hessian);
  const { penalty, damping } = model;
  for (let j = 0; j < size; j++) hessian[j * size + j] += damping[j];
  const gradient = model.gradient.slice();

  function move(j: number, change: number): void {
    for (let i = 0, at = j * size; i < size; i++, at++) gradient[i] += change * hessian[at];
  }

  function visit(j: number): number {
    const value = beta[j];
    const wrong = violation(gradient[j], value, penalty[j]);
    if (wrong === 0) return 0;
    beta[j] = softThreshold(value, gradient[j], hessian[j * size + j], penalty[j]);
    if (beta[j] !== value) move(j, beta[j] - value);
    return wrong;
  }

  function between(free: Int32Array): void {
    if (free.length > largestSupport) {
      sweepFree(free, visit, tolerance, 20);
      return;
    }
    // Some sweeps, at a quarter of what one factorisation costs; often they are enough.
    if (sweepFree(free, visit, tolerance, Math.max(2, free.length ** 2 / (12 * size)))) return;
    let support = free.filter((j) => beta[j] !== 0);
    for (let drops = 0; drops < dropsInARow && support.length > 0; drops++) {
      const step = supportStep(gradient, penalty, hessian, beta, support);
      if (!step) return;
      const blocked = firstZero(support, step, beta, penalty);
      support.forEach((j, a) => {
        const change = j === blocked.at ? -beta[j] : blocked.length * step[a];
        beta[j] = j === blocked.at ? 0 : beta[j] + change;
        move(j, change);
      });
      if (blocked.at < 0) return;
      support = support.filter((j) => j !== blocked.at);
    }
  }

  cyclicDescent(beta, visit, between, tolerance);
}

/** The step to the minimum over the `support` with signs kept; null where its Hessian is singular. */
function supportStep(
  gradient: Float64Array,
  penalty: Float64Array,
  hessian: Float64Array,
  beta: Float64Array,
  support: Int32Array,
): Float64Array | null {
  const size = beta.length;
  const s = support.length;
  const factor = new Float64Array(s * s);
  const step = new Float64Array(s);
  for (let a = 0; a < s; a++) {
    const j = support[a];
    for (let b = a; b < s; b++) factor[a * s + b] = hessian[j * size + support[b]];
    step[a] = -gradient[j] - Math.sign(beta[j]) * penalty[j];
  }
  if (!choleskyInPlace(factor, s)) return null;
  choleskySolve(factor, s, step);
  return step;
}

/**
 * The share of the step at which the first penalised coordinate becomes 0, and that coordinate; the full step and -1
 * if none does. Up to there the model is a convex quadratic and falls all the way.
 */
function firstZero(
  support: Int32Array,
  step: Float64Array,
  beta: Float64Array,
  penalty: Float64Array,
): { at: number; length: number } {
  let length = 1;
  let at = -1;
  support.forEach((j, a) => {
    if (penalty[j] === 0 || step[a] * beta[j] >= 0 || -beta[j] / step[a] >= length) return;
    length = -beta[j] / step[a];
    at = j;
  });
  return { at, length };
}
