import type { FeatureMatrix } from '../matrix/feature-matrix.js';

/** Two features that say nearly the same. */
export interface CorrelatedPair {
  /** Columns, a < b. */
  readonly a: number;
  readonly b: number;
  /** Pearson's correlation, from -1 to 1. */
  readonly r: number;
  /** Every cell of the one is that of the other. */
  readonly identical: boolean;
}

export interface CorrelationRequest {
  /** Length d. */
  readonly mean: Float64Array;
  /** Length d: sum of squares about that mean, of all rows. */
  readonly squares: Float64Array;
  /** Pairs with |r| below it are left out. */
  readonly least: number;
  /** Only so many pairs, those with the largest |r|. */
  readonly most: number;
}

/**
 * The correlated pairs (a, b) of X (n×d) with a in from … to - 1 and b > a, the closest first. Columns must have no
 * missing cell. O(n · d · (to − from)) for a dense matrix; a sparse one costs its entries only.
 */
export function correlatedPairs(
  X: FeatureMatrix,
  from: number,
  to: number,
  { mean, squares, least, most }: CorrelationRequest,
): CorrelatedPair[] {
  const products = X.kind === 'dense' ? denseProducts(X, from, to, mean) : sparseProducts(X, from, to, mean);
  const found: { a: number; b: number; r: number }[] = [];
  for (let a = from; a < to; a++) {
    for (let b = a + 1; b < X.columns; b++) {
      const r = products[(a - from) * X.columns + b] / Math.sqrt(squares[a] * squares[b]);
      if (Math.abs(r) >= least) found.push({ a, b, r: Math.max(-1, Math.min(1, r)) });
    }
  }
  return closest(found, most).map((pair) => ({
    ...pair,
    identical: pair.r > 1 - 1e-9 && sameCells(X, pair.a, pair.b),
  }));
}

/** The pairs with the largest |r|; equal ones by their columns. */
export function closest<P extends Pick<CorrelatedPair, 'a' | 'b' | 'r'>>(pairs: readonly P[], most: number): P[] {
  return [...pairs].sort((p, q) => Math.abs(q.r) - Math.abs(p.r) || p.a - q.a || p.b - q.b).slice(0, most);
}

/** Σ (x_a − mean_a)(x_b − mean_b) at (a − from) · d + b, for b > a. */
function denseProducts(
  { values, rows, columns }: FeatureMatrix & { kind: 'dense' },
  from: number,
  to: number,
  mean: Float64Array,
): Float64Array {
  const products = new Float64Array((to - from) * columns);
  const row = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    for (let j = from; j < columns; j++) row[j] = values[start + j] - mean[j];
    for (let a = from; a < to; a++) {
      const x = row[a];
      if (x === 0) continue;
      for (let b = a + 1, at = (a - from) * columns + a + 1; b < columns; b++, at++) products[at] += x * row[b];
    }
  }
  return products;
}

/** The same from products of the entries alone: Σ x_a x_b − n · mean_a · mean_b. */
function sparseProducts(
  { rows, columns, rowStart, columnIndex, values }: FeatureMatrix & { kind: 'sparse' },
  from: number,
  to: number,
  mean: Float64Array,
): Float64Array {
  const products = new Float64Array((to - from) * columns);
  for (let i = 0; i < rows; i++) {
    const end = rowStart[i + 1];
    for (let k = rowStart[i]; k < end && columnIndex[k] < to; k++) {
      if (columnIndex[k] < from) continue;
      const offset = (columnIndex[k] - from) * columns;
      for (let l = k + 1; l < end; l++) products[offset + columnIndex[l]] += values[k] * values[l];
    }
  }
  for (let a = from; a < to; a++) {
    for (let b = a + 1; b < columns; b++) products[(a - from) * columns + b] -= rows * mean[a] * mean[b];
  }
  return products;
}

function sameCells(X: FeatureMatrix, a: number, b: number): boolean {
  if (X.kind === 'dense') {
    const { values, columns } = X;
    for (let i = 0, at = 0; i < X.rows; i++, at += columns) if (values[at + a] !== values[at + b]) return false;
    return true;
  }
  const { rowStart, columnIndex, values } = X;
  for (let i = 0; i < X.rows; i++) {
    let [x, y] = [0, 0];
    for (let k = rowStart[i]; k < rowStart[i + 1]; k++) {
      if (columnIndex[k] === a) x = values[k];
      if (columnIndex[k] === b) y = values[k];
    }
    if (x !== y) return false;
  }
  return true;
}
