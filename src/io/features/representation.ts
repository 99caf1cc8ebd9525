import { type FeatureMatrix, toDense, toSparse } from '../../ml/matrix/feature-matrix.js';

/** Below this share of non-zero cells compressed rows take less than half the memory and time of dense ones. */
const sparseBelow = 0.25;

/** Whether such a matrix is kept in compressed rows, which cannot hold missing values: a function of content alone. */
export function isSparse(nonZeros: number, missing: boolean, rows: number, columns: number): boolean {
  return !missing && nonZeros < sparseBelow * rows * columns;
}

/** What is to know of each column of a matrix. */
export interface ColumnSummary {
  /** Cells that are not 0, missing ones included. */
  readonly nonZeros: number;
  /** Missing cells of each column. */
  readonly missing: Uint32Array;
}

/**
 * One pass over X, O(n·d) or O(entries); `binary` is 1 for each column that has a value and none but 0 and 1.
 */
export function summariseColumns(X: FeatureMatrix): ColumnSummary & { readonly binary: Uint8Array } {
  const { rows, columns } = X;
  const missing = new Uint32Array(columns);
  const binary = new Uint8Array(columns).fill(1);
  let nonZeros = 0;
  if (X.kind === 'sparse') {
    for (let k = 0; k < X.values.length; k++) {
      if (X.values[k] !== 1) binary[X.columnIndex[k]] = 0;
      nonZeros++;
    }
  } else {
    const { values } = X;
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, at++) {
        const value = values[at];
        if (value === 0) continue;
        nonZeros++;
        if (value !== value) missing[j]++;
        else if (value !== 1) binary[j] = 0;
      }
    }
  }
  for (let j = 0; j < columns; j++) if (missing[j] === rows) binary[j] = 0;
  return { nonZeros, missing, binary };
}

/** X in the representation that its content calls for. */
export function byDensity(X: FeatureMatrix, { nonZeros, missing }: ColumnSummary): FeatureMatrix {
  const anyMissing = missing.some((count) => count > 0);
  return isSparse(nonZeros, anyMissing, X.rows, X.columns) ? toSparse(X) : toDense(X);
}
