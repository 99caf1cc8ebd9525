import type { FitContext } from '../fit-context.js';
import { largestEigenpairs, type SymmetricOperator } from '../linear-algebra/lanczos.js';
import { type Eigenpairs, fixSigns, symmetricEigen } from '../linear-algebra/symmetric-eigen.js';
import { randomStream } from '../random/stream.js';
import { CentredRows } from './centred-rows.js';
import { scatterOfColumns, scatterOfRows } from './scatter-matrix.js';

/** The k directions along which rows vary most. */
export interface PrincipalComponents {
  /** Length k, descending: Σ of squares along each. */
  readonly squares: Float64Array;
  /** k×d, orthonormal rows; of two signs the one that makes the largest weight positive. */
  readonly axes: Float64Array;
  readonly converged: boolean;
}

/** Up to this order all eigenpairs are computed of a matrix that is written out; above it only those asked for. */
const wholeOrder = 250;
/** Up to this order the matrix of dense rows is written out: cheaper than the products that Lanczos' iteration takes. */
const writtenOrder = 1000;

/**
 * Principal components by the smaller side of the rows: eigenpairs of the d×d scatter matrix, or of the n×n one where
 * there are fewer rows than columns. Above an order of 250 by Lanczos' iteration; that of sparse rows, or of an order above
 * 1,000, on the rows themselves, which are never squared. O(n·d·min(n, d)), or some dozens of products with the rows.
 * @param k 1 … min(n, d)
 */
export function principalComponents(rows: CentredRows, k: number, context: FitContext): PrincipalComponents {
  const { rows: n, columns: d } = rows.X;
  const byColumns = d <= n;
  const order = Math.min(n, d);
  const { values, vectors, converged } =
    order <= wholeOrder || 4 * k > order
      ? { ...firstOf(wholeEigen(rows, byColumns, context), k, order), converged: true }
      : largestEigenpairs(
          rows.X.kind === 'dense' && order <= writtenOrder
            ? written(scatter(rows, byColumns, context), order)
            : squared(rows, byColumns),
          k,
          randomStream(context.seed, 'principal components'),
          context.signal,
        );
  const axes = byColumns ? vectors : ofColumns(rows, values, vectors);
  fixSigns(axes, d);
  // A tiny negative one is rounding.
  return { squares: values.map((value) => Math.max(0, value)), axes, converged };
}

function wholeEigen(rows: CentredRows, byColumns: boolean, context: FitContext): Eigenpairs {
  const matrix = scatter(rows, byColumns, context);
  return symmetricEigen(matrix, Math.sqrt(matrix.length));
}

function scatter(rows: CentredRows, byColumns: boolean, { signal }: FitContext): Float64Array {
  return byColumns ? scatterOfColumns(rows, signal) : scatterOfRows(rows, signal);
}

/** A symmetric matrix as an operator. */
function written(matrix: Float64Array, order: number): SymmetricOperator {
  const rows = new CentredRows({ kind: 'dense', rows: order, columns: order, values: matrix }, new Float64Array(order));
  return { order, multiply: (x, result) => rows.multiply(x, result) };
}

function firstOf({ values, vectors }: Eigenpairs, k: number, order: number): Eigenpairs {
  return { values: values.slice(0, k), vectors: vectors.slice(0, k * order) };
}

/** The scatter matrix of columns or rows as an operator: two products with the rows. */
function squared(rows: CentredRows, byColumns: boolean): SymmetricOperator {
  const { rows: n, columns: d } = rows.X;
  const between = new Float64Array(byColumns ? 0 : d);
  return {
    order: byColumns ? d : n,
    multiply(x: Float64Array, result: Float64Array): void {
      if (byColumns) {
        rows.multiplyBothWays(x, result);
      } else {
        rows.multiplyTransposed(x, between);
        rows.multiply(between, result);
      }
    },
  };
}

/** Directions in the space of columns, from those in the space of rows. One without any length stays 0. */
function ofColumns(rows: CentredRows, values: Float64Array, vectors: Float64Array): Float64Array {
  const { rows: n, columns: d } = rows.X;
  const axes = new Float64Array(values.length * d);
  const least = 1e-24 * rows.squaredLength;
  for (let c = 0; c < values.length; c++) {
    const axis = axes.subarray(c * d, (c + 1) * d);
    rows.multiplyTransposed(vectors.subarray(c * n, (c + 1) * n), axis);
    let length = 0;
    for (const weight of axis) length += weight * weight;
    const unit = length > least ? 1 / Math.sqrt(length) : 0;
    for (let j = 0; j < d; j++) axis[j] *= unit;
  }
  return axes;
}
