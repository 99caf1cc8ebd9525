import { type CancelSignal, throwIfCancelled } from '../fit-context.js';

/**
 * Cholesky factor U (A = UᵀU) of a symmetric positive definite size×size matrix, row-major, in place of its upper
 * triangle; the lower triangle is neither read nor written. Returns false, with the matrix spoilt, where a pivot is
 * not positive beyond rounding. O(size³/6) multiplications.
 */
export function choleskyInPlace(matrix: Float64Array, size: number, signal?: CancelSignal): boolean {
  for (let k = 0; k < size; k++) {
    if (k % 64 === 0) throwIfCancelled(signal);
    const row = k * size;
    const pivot = matrix[row + k];
    if (!(pivot > 0) || !Number.isFinite(pivot)) return false;
    const root = Math.sqrt(pivot);
    for (let j = k; j < size; j++) matrix[row + j] /= root;
    for (let i = k + 1; i < size; i++) {
      const factor = matrix[row + i];
      if (factor === 0) continue;
      for (let j = i, to = i * size; j < size; j++) matrix[to + j] -= factor * matrix[row + j];
    }
  }
  return true;
}

/** Solves UᵀU x = b in place of b, with the factor U of `choleskyInPlace`. */
export function choleskySolve(factor: Float64Array, size: number, b: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    const value = b[i] / factor[row + i];
    b[i] = value;
    for (let j = i + 1; j < size; j++) b[j] -= factor[row + j] * value;
  }
  for (let i = size - 1; i >= 0; i--) {
    const row = i * size;
    let value = b[i];
    for (let j = i + 1; j < size; j++) value -= factor[row + j] * b[j];
    b[i] = value / factor[row + i];
  }
}
