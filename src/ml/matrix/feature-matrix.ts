/**
 * Dense n×d matrix, row-major: cell (i, j) is `values[i * columns + j]`. NaN means missing.
 * `values` lies on a SharedArrayBuffer, so worker threads read it without a copy.
 */
export interface DenseMatrix {
  readonly kind: 'dense';
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/**
 * Sparse n×d matrix in compressed sparse rows: row i holds entries `rowStart[i] … rowStart[i + 1] - 1`, with
 * strictly increasing `columnIndex` inside a row. A cell without an entry is 0; there are no missing values.
 */
export interface SparseMatrix {
  readonly kind: 'sparse';
  readonly rows: number;
  readonly columns: number;
  readonly rowStart: Uint32Array;
  readonly columnIndex: Uint32Array;
  readonly values: Float64Array;
}

export type FeatureMatrix = DenseMatrix | SparseMatrix;

/** A Float64Array of `length` zeros on a SharedArrayBuffer. */
export function sharedFloat64(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));
}

/** A Uint32Array of `length` zeros on a SharedArrayBuffer. */
export function sharedUint32(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * Uint32Array.BYTES_PER_ELEMENT));
}

/** A dense matrix of zeros, or over `values` (length rows·columns, not copied). */
export function denseMatrix(rows: number, columns: number, values = sharedFloat64(rows * columns)): DenseMatrix {
  if (values.length !== rows * columns) throw new RangeError(`${values.length} values for ${rows}×${columns} cells`);
  return { kind: 'dense', rows, columns, values };
}

/** A dense matrix from nested arrays, for small data and tests. */
export function denseFromRows(rows: readonly ArrayLike<number>[]): DenseMatrix {
  const columns = rows[0]?.length ?? 0;
  const matrix = denseMatrix(rows.length, columns);
  rows.forEach((row, i) => {
    if (row.length !== columns) throw new RangeError(`row ${i} has ${row.length} cells, expected ${columns}`);
    matrix.values.set(row, i * columns);
  });
  return matrix;
}

/** The same matrix in compressed sparse rows; throws RangeError if a cell is missing (NaN). O(n·d). */
export function toSparse(X: FeatureMatrix): SparseMatrix {
  if (X.kind === 'sparse') return X;
  const { rows, columns, values } = X;
  const rowStart = sharedUint32(rows + 1);
  let entries = 0;
  for (let i = 0; i < rows; i++) {
    for (let at = i * columns, end = at + columns; at < end; at++) {
      if (values[at] !== 0) {
        if (Number.isNaN(values[at])) throw new RangeError('a sparse matrix cannot hold missing values');
        entries++;
      }
    }
    rowStart[i + 1] = entries;
  }
  const columnIndex = sharedUint32(entries);
  const kept = sharedFloat64(entries);
  for (let i = 0, k = 0; i < rows; i++) {
    for (let j = 0, at = i * columns; j < columns; j++, at++) {
      if (values[at] !== 0) {
        columnIndex[k] = j;
        kept[k++] = values[at];
      }
    }
  }
  return { kind: 'sparse', rows, columns, rowStart, columnIndex, values: kept };
}

/** The same matrix, dense. O(n·d) memory. */
export function toDense(X: FeatureMatrix): DenseMatrix {
  if (X.kind === 'dense') return X;
  const dense = denseMatrix(X.rows, X.columns);
  for (let i = 0; i < X.rows; i++) {
    for (let k = X.rowStart[i]; k < X.rowStart[i + 1]; k++) {
      dense.values[i * X.columns + X.columnIndex[k]] = X.values[k];
    }
  }
  return dense;
}

/**
 * Rows `rows` of X in that order (repeats allowed), copied, in the same representation; X itself where that is all of
 * them in their order. Rows that follow each other in X are copied together.
 */
export function selectRows(X: FeatureMatrix, rows: Uint32Array): FeatureMatrix {
  if (rows.length === X.rows && runEnd(rows, 0) === X.rows && (X.rows === 0 || rows[0] === 0)) return X;
  return X.kind === 'dense' ? selectDenseRows(X, rows) : selectSparseRows(X, rows);
}

/** Where the run of rows that follow each other, begun at `start`, ends. */
function runEnd(rows: Uint32Array, start: number): number {
  let end = start + 1;
  while (end < rows.length && rows[end] === rows[end - 1] + 1) end++;
  return Math.min(end, rows.length);
}

function selectDenseRows(X: DenseMatrix, rows: Uint32Array): DenseMatrix {
  const { columns, values } = X;
  const selected = denseMatrix(rows.length, columns);
  for (let i = 0, next = 0; i < rows.length; i = next) {
    next = runEnd(rows, i);
    selected.values.set(values.subarray(rows[i] * columns, (rows[next - 1] + 1) * columns), i * columns);
  }
  return selected;
}

function selectSparseRows(X: SparseMatrix, rows: Uint32Array): SparseMatrix {
  const rowStart = sharedUint32(rows.length + 1);
  for (let i = 0; i < rows.length; i++) {
    rowStart[i + 1] = rowStart[i] + X.rowStart[rows[i] + 1] - X.rowStart[rows[i]];
  }
  const entries = rowStart[rows.length];
  const columnIndex = sharedUint32(entries);
  const values = sharedFloat64(entries);
  for (let i = 0, next = 0; i < rows.length; i = next) {
    next = runEnd(rows, i);
    const from = X.rowStart[rows[i]];
    const to = X.rowStart[rows[next - 1] + 1];
    columnIndex.set(X.columnIndex.subarray(from, to), rowStart[i]);
    values.set(X.values.subarray(from, to), rowStart[i]);
  }
  return { kind: 'sparse', rows: rows.length, columns: X.columns, rowStart, columnIndex, values };
}

/** Number of missing cells of each column (length d); all zero for a sparse matrix. */
export function missingPerColumn(X: FeatureMatrix): Uint32Array {
  const counts = new Uint32Array(X.columns);
  if (X.kind === 'sparse') return counts;
  for (let i = 0, at = 0; i < X.rows; i++) {
    for (let j = 0; j < X.columns; j++, at++) if (Number.isNaN(X.values[at])) counts[j]++;
  }
  return counts;
}

/** The columns of X with a cell below 0, ascending. O(stored cells). */
export function negativeColumns(X: FeatureMatrix): number[] {
  const negative = new Uint8Array(X.columns);
  const { values } = X;
  for (let at = 0; at < values.length; at++) {
    if (values[at] < 0) negative[X.kind === 'dense' ? at % X.columns : X.columnIndex[at]] = 1;
  }
  return Array.from(negative.keys()).filter((j) => negative[j] === 1);
}
