import type { DenseMatrix, FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';
import { instantiateKernel, type KernelExports } from './kernel-exports.js';
import { panelLines, panelsOf, putLine } from './line-panels.js';

/** Rows that are multiplied at once. */
export const rowsAtOnce = panelLines;

/** Rows that they are multiplied with at a time: they then stay in the processor's cache. */
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

/** By WebAssembly; each product is summed in the order of the columns. */
export function rowProducts(X: FeatureMatrix): RowProducts {
  return X.kind === 'dense' ? new DenseRowProducts(X) : new SparseRowProducts(X);
}

class DenseRowProducts implements RowProducts {
  readonly products: Float64Array;
  private readonly kernel: KernelExports;
  private readonly four: Float64Array;
  private readonly panels: Float64Array;

  constructor(private readonly X: DenseMatrix) {
    const d = X.columns;
    const { kernel, memory } = instantiateKernel(8 * (rowsAtOnce * (d + othersAtOnce) + othersAtOnce * d));
    this.kernel = kernel;
    this.products = new Float64Array(memory.buffer, 0, rowsAtOnce * othersAtOnce);
    this.four = new Float64Array(memory.buffer, this.products.byteLength, rowsAtOnce * d);
    this.panels = new Float64Array(memory.buffer, this.four.byteOffset + this.four.byteLength, othersAtOnce * d);
  }

  others(from: number, until: number): void {
    const { values, columns } = this.X;
    for (let row = from; row < until; row++) putLine(this.panels, row - from, columns, values, row * columns);
  }

  multiply(first: number, count: number, others: number): void {
    const { X, four, panels, products, kernel } = this;
    for (let q = 0; q < count; q++) putLine(four, q, X.columns, X.values, (first + q) * X.columns);
    products.fill(0);
    kernel.addProducts(four.byteOffset, panels.byteOffset, panelsOf(others), X.columns, products.byteOffset);
  }
}

class SparseRowProducts implements RowProducts {
  readonly products: Float64Array;
  private readonly kernel: KernelExports;
  /** Cell j of the q-th row at 4·j + q, 0 between two calls. */
  private readonly four: Float64Array;
  private readonly values: Float64Array;
  private readonly indices: Uint32Array;
  private readonly starts: Uint32Array;

  constructor(private readonly X: SparseMatrix) {
    const entries = mostEntries(X, othersAtOnce);
    const doubles = rowsAtOnce * (othersAtOnce + X.columns) + entries;
    const { kernel, memory } = instantiateKernel(8 * doubles + 4 * (entries + othersAtOnce + 1));
    this.kernel = kernel;
    this.products = new Float64Array(memory.buffer, 0, rowsAtOnce * othersAtOnce);
    this.four = new Float64Array(memory.buffer, this.products.byteLength, rowsAtOnce * X.columns);
    this.values = new Float64Array(memory.buffer, this.four.byteOffset + this.four.byteLength, entries);
    this.indices = new Uint32Array(memory.buffer, 8 * doubles, entries);
    this.starts = new Uint32Array(memory.buffer, 8 * doubles + this.indices.byteLength, othersAtOnce + 1);
  }

  others(from: number, until: number): void {
    const { rowStart, columnIndex, values } = this.X;
    const first = rowStart[from];
    for (let row = from; row <= until; row++) this.starts[row - from] = rowStart[row] - first;
    this.indices.set(columnIndex.subarray(first, rowStart[until]));
    this.values.set(values.subarray(first, rowStart[until]));
  }

  multiply(first: number, count: number, others: number): void {
    const { X, kernel, products, four, starts, indices, values } = this;
    const { rowStart, columnIndex } = X;
    for (let q = 0; q < count; q++) {
      const end = rowStart[first + q + 1];
      for (let at = rowStart[first + q]; at < end; at++) four[rowsAtOnce * columnIndex[at] + q] = X.values[at];
    }
    products.fill(0);
    kernel.addSparseProducts(
      four.byteOffset,
      starts.byteOffset,
      indices.byteOffset,
      values.byteOffset,
      others,
      products.byteOffset,
    );
    for (let q = 0; q < count; q++) {
      const end = rowStart[first + q + 1];
      for (let at = rowStart[first + q]; at < end; at++) four[rowsAtOnce * columnIndex[at] + q] = 0;
    }
  }
}

/** The most entries that so many rows in a row have. */
function mostEntries({ rows, rowStart }: SparseMatrix, together: number): number {
  let most = 0;
  for (let row = 0; row < rows; row++) {
    most = Math.max(most, rowStart[Math.min(rows, row + together)] - rowStart[row]);
  }
  return most;
}
