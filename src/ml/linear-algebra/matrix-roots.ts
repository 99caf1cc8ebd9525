import { symmetricEigen } from './symmetric-eigen.js';

/** Eigenvalues smaller than this share of the largest count as this share: a root or inverse stays finite. */
const least = 1e-10;

/** A^power of a symmetric positive semi-definite matrix (s×s, row-major), such as ½ or −½; symmetric. O(s³). */
export function symmetricPower(matrix: Float64Array, s: number, power: number): Float64Array {
  const { values, vectors } = symmetricEigen(matrix, s);
  const result = new Float64Array(s * s);
  for (let k = 0; k < s; k++) {
    const factor = Math.max(values[k], least * values[0]) ** power;
    for (let i = 0; i < s; i++) {
      const weight = factor * vectors[k * s + i];
      for (let j = i; j < s; j++) result[i * s + j] += weight * vectors[k * s + j];
    }
  }
  for (let i = 0; i < s; i++) for (let j = 0; j < i; j++) result[i * s + j] = result[j * s + i];
  return result;
}
