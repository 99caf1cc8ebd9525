import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Eigenpairs of a symmetric matrix of order s, the largest first. */
export interface Eigenpairs {
  /** Descending. */
  readonly values: Float64Array;
  /** One row of length s an eigenvector, of length 1; row-major. */
  readonly vectors: Float64Array;
}

/** All eigenpairs of a symmetric matrix (s×s, row-major, finite). O(s³), by the package ml-matrix. */
export function symmetricEigen(matrix: Float64Array, s: number): Eigenpairs {
  const rows = Array.from({ length: s }, (_, i) => Array.from(matrix.subarray(i * s, (i + 1) * s)));
  const found = new EigenvalueDecomposition(new Matrix(rows), { assumeSymmetric: true });
  const order = Array.from(found.realEigenvalues.keys()).sort(
    (a, b) => found.realEigenvalues[b] - found.realEigenvalues[a] || a - b,
  );
  const vectors = new Float64Array(s * s);
  const columns = found.eigenvectorMatrix;
  order.forEach((column, k) => {
    for (let i = 0; i < s; i++) vectors[k * s + i] = columns.get(i, column);
  });
  return { values: Float64Array.from(order, (k) => found.realEigenvalues[k]), vectors };
}

/** Turns each row of length s so that its entry of largest size, the first of equals, is positive. */
export function fixSigns(vectors: Float64Array, s: number): void {
  for (let from = 0; from < vectors.length; from += s) {
    let largest = from;
    for (let at = from + 1; at < from + s; at++) {
      // Sizes that differ by rounding alone count as equal: their order must not depend on the way there.
      if (Math.abs(vectors[at]) > Math.abs(vectors[largest]) * (1 + 1e-9)) largest = at;
    }
    if (vectors[largest] < 0) for (let at = from; at < from + s; at++) vectors[at] = -vectors[at];
  }
}
