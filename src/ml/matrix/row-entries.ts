import type { FeatureMatrix } from './feature-matrix.js';

/** The cells of one row that are not 0, for either kind of matrix in the same order: ascending columns. */
export class RowEntries {
  count = 0;
  readonly columns: Uint32Array;
  readonly values: Float64Array;

  constructor(private readonly X: FeatureMatrix) {
    this.columns = new Uint32Array(X.columns);
    this.values = new Float64Array(X.columns);
  }

  read(row: number): void {
    const { X, columns, values } = this;
    let count = 0;
    if (X.kind === 'dense') {
      for (let j = 0, at = row * X.columns; j < X.columns; j++, at++) {
        if (X.values[at] === 0) continue;
        columns[count] = j;
        values[count++] = X.values[at];
      }
    } else {
      for (let at = X.rowStart[row]; at < X.rowStart[row + 1]; at++) {
        if (X.values[at] === 0) continue;
        columns[count] = X.columnIndex[at];
        values[count++] = X.values[at];
      }
    }
    this.count = count;
  }
}
