import { axpy, dot } from './vectors.js';

export interface LinearSystem {
  /** out = A v, A symmetric positive definite. */
  multiply(v: Float64Array, out: Float64Array): void;
  /** Replaces r by M⁻¹r, M symmetric positive definite and near A. */
  precondition(r: Float64Array): void;
}

/**
 * Solves A x = b approximately by preconditioned conjugate gradients (Hestenes and Stiefel 1952) from x = 0, until
 * the residual in the norm of M⁻¹ has fallen by the factor `tolerance`. x: in place. Returns the iterations used.
 * Every iterate is a descent direction of ½xᵀAx − bᵀx, so stopping early is always safe.
 */
export function conjugateGradient(
  system: LinearSystem,
  b: Float64Array,
  x: Float64Array,
  tolerance: number,
  maxIterations: number,
): number {
  x.fill(0);
  const residual = b.slice();
  const preconditioned = b.slice();
  system.precondition(preconditioned);
  const direction = preconditioned.slice();
  const product = new Float64Array(b.length);
  let rz = dot(residual, preconditioned);
  const target = tolerance * tolerance * rz;
  let iterations = 0;
  while (rz > target && iterations < maxIterations) {
    iterations++;
    system.multiply(direction, product);
    const curvature = dot(direction, product);
    // Rounding has eaten the curvature: no further progress is possible.
    if (!(curvature > 0)) break;
    const step = rz / curvature;
    axpy(step, direction, x);
    axpy(-step, product, residual);
    preconditioned.set(residual);
    system.precondition(preconditioned);
    const next = dot(residual, preconditioned);
    const beta = next / rz;
    rz = next;
    for (let i = 0; i < direction.length; i++) direction[i] = preconditioned[i] + beta * direction[i];
  }
  return iterations;
}
