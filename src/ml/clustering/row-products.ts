import type { FeatureMatrix } from '../matrix/feature-matrix.js';

/** Rows that are multiplied at once. */
export const rowsAtOnce = 4;

/** Products of four rows of X (n×d) with another: a cell of the other is read once for all four. */
export class RowProducts {
  /** Cell j of the q-th row at 4·j + q. */
  private readonly cells: Float64Array;
  readonly products = new Float64Array(rowsAtOnce);

  constructor(private readonly X: FeatureMatrix) {
    this.cells = new Float64Array(rowsAtOnce * X.columns);
  }

  /** The rows from `first` on, of which `count` are wanted; the others count as 0. */
  take(first: number, count: number): void {
    const { X, cells } = this;
    cells.fill(0);
    for (let q = 0; q < count; q++) {
      const row = first + q;
      if (X.kind === 'dense') {
        for (let j = 0, at = row * X.columns; j < X.columns; j++, at++) cells[rowsAtOnce * j + q] = X.values[at];
      } else {
        for (let at = X.rowStart[row]; at < X.rowStart[row + 1]; at++) {
          cells[rowsAtOnce * X.columnIndex[at] + q] = X.values[at];
        }
      }
    }
  }

  /** Fills `products` with those of the rows taken and another. */
  with(other: number): void {
    const { X, cells, products } = this;
    const { values } = X;
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    if (X.kind === 'dense') {
      const from = other * X.columns;
      for (let at = from, c = 0, end = from + X.columns; at < end; at++, c += rowsAtOnce) {
        const value = values[at];
        first += value * cells[c];
        second += value * cells[c + 1];
        third += value * cells[c + 2];
        fourth += value * cells[c + 3];
      }
    } else {
      const { columnIndex } = X;
      for (let at = X.rowStart[other], end = X.rowStart[other + 1]; at < end; at++) {
        const value = values[at];
        const c = rowsAtOnce * columnIndex[at];
        first += value * cells[c];
        second += value * cells[c + 1];
        third += value * cells[c + 2];
        fourth += value * cells[c + 3];
      }
    }
    products[0] = first;
    products[1] = second;
    products[2] = third;
    products[3] = fourth;
  }
}
