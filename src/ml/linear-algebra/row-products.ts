import { instantiateKernel, type KernelExports } from './kernel-exports.js';
import type { DenseMatrix, FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';

/** Rows that are multiplied at once. */
export const rowsAtOnce = 4;

/** Rows that they are multiplied with at a time: dense ones then stay in the processor's cache. */
export const othersAtOnce = 128;

/** Products of four rows of a matrix with others: a cell of another is read once for all four. */
export interface RowProducts {
  /** That of the q-th row with the o-th other at 4·o + q. */
  readonly products: Float64Array;
  /** The rows `from` … `until` - 1 are the others, at most `othersAtOnce`. */
  others(from: number, until: number): void;
  /** Fills `products`: the rows from `first` on, of which `count` are wanted, with the first `others` of the others. */
  multiply(first: number, count: number, others: number): void;
}

/** By WebAssembly for dense rows. */
export function rowProducts(X: FeatureMatrix): RowProducts {
  return X.kind === 'dense' ? new DenseRowProducts(X) : new SparseRowProducts(X);
}

class DenseRowProducts implements RowProducts {
  readonly products: Float64Array;
  private readonly kernel: KernelExports;
  /** Cell j of the q-th row at 4·j + q. */
  private readonly four: Float64Array;
  private readonly block: Float64Array;

  constructor(private readonly X: DenseMatrix) {
    const d = X.columns;
    const { kernel, memory } = instantiateKernel(8 * (rowsAtOnce * (d + othersAtOnce) + othersAtOnce * d));
    this.kernel = kernel;
    this.products = new Float64Array(memory.buffer, 0, rowsAtOnce * othersAtOnce);
    this.four = new Float64Array(memory.buffer, this.products.byteLength, rowsAtOnce * d);
    this.block = new Float64Array(memory.buffer, this.four.byteOffset + this.four.byteLength, othersAtOnce * d);
  }

  others(from: number, until: number): void {
    const { values, columns } = this.X;
    this.block.set(values.subarray(from * columns, until * columns));
  }

  multiply(first: number, count: number, others: number): void {
    const { X, four, block, products, kernel } = this;
    four.fill(0);
    for (let q = 0; q < count; q++) {
      for (let j = 0, at = (first + q) * X.columns; j < X.columns; j++, at++) four[rowsAtOnce * j + q] = X.values[at];
    }
    kernel.fourRows(four.byteOffset, block.byteOffset, others, X.columns, products.byteOffset);
  }
}

class SparseRowProducts implements RowProducts {
  readonly products = new Float64Array(rowsAtOnce * othersAtOnce);
  /** Cell j of the q-th row at 4·j + q. */
  private readonly cells: Float64Array;
  private from = 0;

  constructor(private readonly X: SparseMatrix) {
    this.cells = new Float64Array(rowsAtOnce * X.columns);
  }

  others(from: number): void {
    this.from = from;
  }

  multiply(first: number, count: number, others: number): void {
    const { X, cells, from } = this;
    const { rowStart, columnIndex, values } = X;
    cells.fill(0);
    for (let q = 0; q < count; q++) {
      const row = first + q;
      for (let at = rowStart[row]; at < rowStart[row + 1]; at++) cells[rowsAtOnce * columnIndex[at] + q] = values[at];
    }
    for (let o = 0; o < others; o++) this.with(from + o, o);
  }

  private with(other: number, o: number): void {
    const { X, cells, products } = this;
    const { rowStart, columnIndex, values } = X;
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let at = rowStart[other], end = rowStart[other + 1]; at < end; at++) {
      const value = values[at];
      const c = rowsAtOnce * columnIndex[at];
      first += value * cells[c];
      second += value * cells[c + 1];
      third += value * cells[c + 2];
      fourth += value * cells[c + 3];
    }
    const to = rowsAtOnce * o;
    products[to] = first;
    products[to + 1] = second;
    products[to + 2] = third;
    products[to + 3] = fourth;
  }
}
