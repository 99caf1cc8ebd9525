/**
 * The columns of a design matrix, compressed: column j holds the entries columnStart[j] … columnStart[j + 1] − 1, and
 * its cell in row rowIndex[k] is values[k] − shift[j]; cells without an entry are −shift[j].
 */
export interface ColumnStore {
  readonly columnStart: Float64Array;
  readonly rowIndex: Uint32Array;
  readonly values: Float64Array;
  readonly shift: Float64Array;
}

/** The columns of row-major dense cells (n·d). 12 bytes a cell. */
export function columnsOfDense(rows: number, columns: number, cells: Float64Array): ColumnStore {
  const columnStart = Float64Array.from({ length: columns + 1 }, (_, j) => j * rows);
  const rowIndex = new Uint32Array(rows * columns);
  const values = new Float64Array(rows * columns);
  for (let i = 0, at = 0; i < rows; i++) {
    for (let j = 0, to = i; j < columns; j++, at++, to += rows) {
      rowIndex[to] = i;
      values[to] = cells[at];
    }
  }
  return { columnStart, rowIndex, values, shift: new Float64Array(columns) };
}

/** The columns of compressed sparse rows with a shift. 12 bytes an entry. */
export function columnsOfSparse(matrix: {
  readonly rows: number;
  readonly columns: number;
  readonly rowStart: Uint32Array;
  readonly columnIndex: Uint32Array;
  readonly values: Float64Array;
  readonly shift: Float64Array;
}): ColumnStore {
  const { rows, columns, rowStart, columnIndex, shift } = matrix;
  const columnStart = new Float64Array(columns + 1);
  for (const j of columnIndex) columnStart[j + 1]++;
  for (let j = 0; j < columns; j++) columnStart[j + 1] += columnStart[j];
  const next = columnStart.slice(0, columns);
  const rowIndex = new Uint32Array(columnIndex.length);
  const values = new Float64Array(columnIndex.length);
  for (let i = 0; i < rows; i++) {
    for (let at = rowStart[i]; at < rowStart[i + 1]; at++) {
      const to = next[columnIndex[at]]++;
      rowIndex[to] = i;
      values[to] = matrix.values[at];
    }
  }
  return { columnStart, rowIndex, values, shift };
}
