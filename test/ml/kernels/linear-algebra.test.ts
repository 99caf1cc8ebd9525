import { describe, expect, it } from 'vitest';
import { choleskyInPlace, choleskySolve } from '../../../src/ml/kernels/cholesky.js';
import { conjugateGradient } from '../../../src/ml/kernels/conjugate-gradient.js';
import { randomStream } from '../../../src/ml/random/stream.js';

/** B Bᵀ + 0.1·I for a random B. */
function positiveDefinite(size: number): Float64Array {
  const stream = randomStream(3, 'test');
  const B = Float64Array.from({ length: size * size }, () => stream.normal());
  const A = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < size; k++) A[i * size + j] += B[i * size + k] * B[j * size + k];
    }
    A[i * size + i] += 0.1;
  }
  return A;
}

function multiply(A: Float64Array, v: Float64Array, out: Float64Array): void {
  for (let i = 0; i < v.length; i++) {
    out[i] = 0;
    for (let j = 0; j < v.length; j++) out[i] += A[i * v.length + j] * v[j];
  }
}

const size = 17;
const A = positiveDefinite(size);
const solution = Float64Array.from({ length: size }, (_, i) => i - 5);
const b = new Float64Array(size);
multiply(A, solution, b);

describe('Cholesky factorisation', () => {
  it('solves a positive definite system', () => {
    const factor = A.slice();
    expect(choleskyInPlace(factor, size)).toBe(true);
    const x = b.slice();
    choleskySolve(factor, size, x);
    x.forEach((value, i) => expect(value).toBeCloseTo(solution[i], 8));
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(choleskyInPlace(Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
    expect(choleskyInPlace(Float64Array.of(Number.NaN, 0, 0, 1), 2)).toBe(false);
  });
});

describe('conjugate gradients', () => {
  const plain = { multiply: (v: Float64Array, out: Float64Array) => multiply(A, v, out), precondition: () => {} };

  it('solves the system in about as many iterations as it has unknowns', () => {
    const x = new Float64Array(size);
    expect(conjugateGradient(plain, b, x, 1e-12, 5 * size)).toBeLessThanOrEqual(2 * size);
    x.forEach((value, i) => expect(value).toBeCloseTo(solution[i], 6));
  });

  it('needs one iteration with an exact preconditioner', () => {
    const factor = A.slice();
    choleskyInPlace(factor, size);
    const x = new Float64Array(size);
    const exact = { ...plain, precondition: (r: Float64Array) => choleskySolve(factor, size, r) };
    expect(conjugateGradient(exact, b, x, 1e-6, 10)).toBe(1);
  });

  it('stops at its limit with a descent direction', () => {
    const x = new Float64Array(size);
    expect(conjugateGradient(plain, b, x, 1e-12, 2)).toBe(2);
    expect(x.reduce((sum, value, i) => sum + value * b[i], 0)).toBeGreaterThan(0);
  });

  it('answers 0 for a right side of 0', () => {
    const x = new Float64Array(size).fill(3);
    expect(conjugateGradient(plain, new Float64Array(size), x, 0.1, 10)).toBe(0);
    expect(x).toEqual(new Float64Array(size));
  });
});
