import { denseMatrix, type FeatureMatrix, type SparseMatrix, sharedFloat64, sharedUint32 } from './feature-matrix.js';

/** Columns `columns` of X in that order, each at most once; X itself where that is all of them in their order. */
export function selectColumns(X: FeatureMatrix, columns: Uint32Array): FeatureMatrix {
  if (columns.length === X.columns && columns.every((column, j) => column === j)) return X;
  return X.kind === 'sparse'
    ? selectSparseColumns(X, columns)
    : selectDenseColumns(X.values, X.rows, X.columns, columns);
}

function selectDenseColumns(values: Float64Array, rows: number, width: number, columns: Uint32Array): FeatureMatrix {
  const selected = denseMatrix(rows, columns.length);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0; j < columns.length; j++, at++) selected.values[at] = values[i * width + columns[j]];
  }
  return selected;
}

function selectSparseColumns(X: SparseMatrix, columns: Uint32Array): SparseMatrix {
  const place = new Int32Array(X.columns).fill(-1);
  columns.forEach((column, j) => {
    place[column] = j;
  });
  const rowStart = sharedUint32(X.rows + 1);
  for (let i = 0; i < X.rows; i++) {
    let count = 0;
    for (let k = X.rowStart[i]; k < X.rowStart[i + 1]; k++) if (place[X.columnIndex[k]] >= 0) count++;
    rowStart[i + 1] = rowStart[i] + count;
  }
  const columnIndex = sharedUint32(rowStart[X.rows]);
  const values = sharedFloat64(rowStart[X.rows]);
  const row: [column: number, value: number][] = [];
  for (let i = 0; i < X.rows; i++) {
    row.length = 0;
    for (let k = X.rowStart[i]; k < X.rowStart[i + 1]; k++) {
      const column = place[X.columnIndex[k]];
      if (column >= 0) row.push([column, X.values[k]]);
    }
    row.sort((a, b) => a[0] - b[0]);
    row.forEach(([column, value], k) => {
      columnIndex[rowStart[i] + k] = column;
      values[rowStart[i] + k] = value;
    });
  }
  return { kind: 'sparse', rows: X.rows, columns: columns.length, rowStart, columnIndex, values };
}
