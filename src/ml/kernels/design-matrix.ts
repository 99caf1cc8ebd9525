import type { ColumnStore } from './column-store.js';

/**
 * A standardised n×d matrix Z as linear models see it. Ẑ = (Z, 1) is Z with a last column of ones, so that vectors
 * of length d+1 carry the intercept at their end. How the cells are stored (dense, or sparse with an implicit shift)
 * is the implementation's business.
 */
export interface DesignMatrix {
  readonly rows: number;
  /** d, the column of ones not counted. */
  readonly columns: number;
  /** Stored cells: what one pass over the matrix costs. */
  readonly entries: number;
  /** out = Ẑ v; v: d+1, out: n. */
  multiply(v: Float64Array, out: Float64Array): void;
  /** out = Ẑᵀ u; u: n, out: d+1. */
  multiplyTransposed(u: Float64Array, out: Float64Array): void;
  /** out = Ẑᵀ diag(h) Ẑ v in one pass; h: n, v and out: d+1. */
  multiplyGram(h: Float64Array, v: Float64Array, out: Float64Array): void;
  /** out = diagonal of Ẑᵀ diag(h) Ẑ; h: n, out: d+1. */
  gramDiagonal(h: Float64Array, out: Float64Array): void;
  /**
   * out = Ẑₐᵀ diag(h) Ẑₐ over the k columns `active` (increasing) and the column of ones: (k+1)×(k+1) row-major, both
   * triangles. With a stride above 1 (default 1) estimated from the rows 0, stride, 2·stride, …
   */
  gram(h: Float64Array, active: Uint32Array, out: Float64Array, stride?: number): void;
  /** The rows 0, stride, 2·stride, … as a matrix of their own, copied. */
  everyRow(stride: number): DesignMatrix;
  /** The matrix by columns, made on first use and kept. */
  columnStore(): ColumnStore;
  /** Multiplications that `gram` over all columns needs. */
  readonly gramCost: number;
}

/** Copies the upper triangle of a row-major size×size matrix onto its lower triangle. */
export function mirrorUpperTriangle(matrix: Float64Array, size: number): void {
  for (let a = 1; a < size; a++) {
    for (let b = 0; b < a; b++) matrix[a * size + b] = matrix[b * size + a];
  }
}
