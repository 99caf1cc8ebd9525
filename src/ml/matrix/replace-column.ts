import { type FeatureMatrix, type SparseMatrix, sharedFloat64, sharedUint32 } from './feature-matrix.js';

/** Column j of X (n×d), length n. */
export function columnOf(X: FeatureMatrix, j: number): Float64Array {
  if (X.kind === 'dense') return Float64Array.from({ length: X.rows }, (_, i) => X.values[i * X.columns + j]);
  const cells = new Float64Array(X.rows);
  for (let i = 0; i < X.rows; i++) {
    for (let k = X.rowStart[i]; k < X.rowStart[i + 1]; k++) if (X.columnIndex[k] === j) cells[i] = X.values[k];
  }
  return cells;
}

/**
 * Rows `rows` of X (n×d, repeats allowed), copied, with `cells` in column j; in the same representation. O(copied cells).
 * @param cells as many as `rows`
 */
export function withColumn(X: FeatureMatrix, rows: Uint32Array, j: number, cells: Float64Array): FeatureMatrix {
  if (X.kind === 'sparse') return withSparseColumn(X, rows, j, cells);
  const { columns } = X;
  const values = sharedFloat64(rows.length * columns);
  for (let k = 0; k < rows.length; k++) {
    values.set(X.values.subarray(rows[k] * columns, (rows[k] + 1) * columns), k * columns);
    values[k * columns + j] = cells[k];
  }
  return { kind: 'dense', rows: rows.length, columns, values };
}

function withSparseColumn(X: SparseMatrix, rows: Uint32Array, j: number, cells: Float64Array): SparseMatrix {
  const rowStart = sharedUint32(rows.length + 1);
  // Where the cell of column j is, or would be, in each row.
  const places = new Uint32Array(rows.length);
  for (let k = 0; k < rows.length; k++) {
    const end = X.rowStart[rows[k] + 1];
    let place = X.rowStart[rows[k]];
    while (place < end && X.columnIndex[place] < j) place++;
    places[k] = place;
    const held = place < end && X.columnIndex[place] === j ? 1 : 0;
    rowStart[k + 1] = rowStart[k] + end - X.rowStart[rows[k]] - held + (cells[k] === 0 ? 0 : 1);
  }
  const columnIndex = sharedUint32(rowStart[rows.length]);
  const values = sharedFloat64(rowStart[rows.length]);
  for (let k = 0; k < rows.length; k++) {
    const [start, end, place] = [X.rowStart[rows[k]], X.rowStart[rows[k] + 1], places[k]];
    columnIndex.set(X.columnIndex.subarray(start, place), rowStart[k]);
    values.set(X.values.subarray(start, place), rowStart[k]);
    let at = rowStart[k] + place - start;
    if (cells[k] !== 0) {
      columnIndex[at] = j;
      values[at++] = cells[k];
    }
    const rest = place < end && X.columnIndex[place] === j ? place + 1 : place;
    columnIndex.set(X.columnIndex.subarray(rest, end), at);
    values.set(X.values.subarray(rest, end), at);
  }
  return { kind: 'sparse', rows: rows.length, columns: X.columns, rowStart, columnIndex, values };
}

/** A cell in the place of another. */
export interface ReplacedCell {
  readonly column: number;
  readonly value: number;
}

/**
 * Copies of row `row` of X (n×d), one for each list of cells to be put in the place of its own (of two in one column the
 * later one); in the same representation. O(copied cells), and k·log k for each list of k.
 */
export function withCells(
  X: FeatureMatrix,
  row: number,
  variants: readonly (readonly ReplacedCell[])[],
): FeatureMatrix {
  if (X.kind === 'sparse') return withSparseCells(X, row, variants);
  const { columns } = X;
  const own = X.values.subarray(row * columns, (row + 1) * columns);
  const values = sharedFloat64(variants.length * columns);
  variants.forEach((cells, i) => {
    values.set(own, i * columns);
    for (const { column, value } of cells) values[i * columns + column] = value;
  });
  return { kind: 'dense', rows: variants.length, columns, values };
}

function withSparseCells(X: SparseMatrix, row: number, variants: readonly (readonly ReplacedCell[])[]): SparseMatrix {
  const own: [number, number][] = [];
  for (let at = X.rowStart[row]; at < X.rowStart[row + 1]; at++) own.push([X.columnIndex[at], X.values[at]]);
  const rowStart = sharedUint32(variants.length + 1);
  const rows = variants.map((cells, i) => {
    const changed = new Map(own);
    for (const { column, value } of cells) changed.set(column, value);
    const entries = [...changed].filter(([, value]) => value !== 0).sort((a, b) => a[0] - b[0]);
    rowStart[i + 1] = rowStart[i] + entries.length;
    return entries;
  });
  const columnIndex = sharedUint32(rowStart[variants.length]);
  const values = sharedFloat64(rowStart[variants.length]);
  rows.flat().forEach(([column, value], at) => {
    columnIndex[at] = column;
    values[at] = value;
  });
  return { kind: 'sparse', rows: variants.length, columns: X.columns, rowStart, columnIndex, values };
}
