import type { BinnedColumn } from './binning.js';
import type { GrowthOptions } from './growth-options.js';

/** Nodes of at most this many rows are copied together. */
const mostLocalRows = 4096;

/** Where the next column begins: not at a power of two, which would crowd all columns into a few places of the cache. */
const stride = mostLocalRows + 96;

/** Codes that fit into a processor's second cache need no copy … */
const leastCodeBytes = 2 ** 21;

/** … and the copy by rows must not take more than this, for each thread. */
const mostCodeBytes = 2 ** 26;

/**
 * The codes, classes and weights of one node's rows, copied together. In the lower half of a tree a node's rows lie
 * scattered over all columns, and fetching them from memory would take most of the time; copied once, they stay in
 * the processor's cache for the whole subtree.
 */
export class LocalRows {
  readonly capacity = mostLocalRows;
  /** Columns whose codes are those of the rows last loaded, row k of the node at k. */
  readonly columns: readonly BinnedColumn[];
  readonly y = new Uint32Array(mostLocalRows);
  readonly weights = new Float64Array(mostLocalRows);
  /** Column j at j · stride. */
  private readonly codes: Uint16Array;
  /** Codes of the whole matrix, n×d by rows. */
  private readonly byRows: Uint16Array;

  constructor(all: readonly BinnedColumn[], rows: number) {
    this.byRows = codesByRows(all, rows);
    this.codes = new Uint16Array(all.length * stride);
    this.columns = all.map(({ low, high }, j) => {
      return { low, high, codes: this.codes.subarray(j * stride, j * stride + mostLocalRows), list: null };
    });
  }

  /** Whether a tree on these columns gains by copies. Says the same of a matrix, however it is stored. */
  static isWorthwhile(columns: readonly BinnedColumn[], rows: number, options: GrowthOptions): boolean {
    const bytes = 2 * rows * columns.length;
    const wide = columns.filter(({ low }) => low.length > 256).length;
    return (
      rows > 2 * mostLocalRows &&
      bytes >= leastCodeBytes &&
      bytes <= mostCodeBytes &&
      wide * 2 >= columns.length &&
      // About 12 levels lie below, on each of which this many columns are read.
      columns.length <= 12 * options.maxFeatures &&
      // A subtree is grown at one go.
      options.maxLeafNodes === Infinity
    );
  }

  /** Copies rows[start … end - 1], at most `capacity`. */
  load(rows: Uint32Array, start: number, end: number, y: Uint32Array, weights: Float64Array): void {
    const { codes, byRows } = this;
    const d = this.columns.length;
    for (let i = start, k = 0; i < end; i++, k++) {
      const row = rows[i];
      this.y[k] = y[row];
      this.weights[k] = weights[row];
      for (let at = row * d, behind = at + d, to = k; at < behind; at++, to += stride) codes[to] = byRows[at];
    }
  }
}

function codesByRows(columns: readonly BinnedColumn[], rows: number): Uint16Array {
  const d = columns.length;
  const byRows = new Uint16Array(rows * d);
  columns.forEach(({ codes, list }, j) => {
    if (codes) {
      for (let i = 0, at = j; i < rows; i++, at += d) byRows[at] = codes[i];
    } else if (list) {
      for (let i = 0, at = j; i < rows; i++, at += d) byRows[at] = list.commonCode;
      list.rows.forEach((row, e) => {
        byRows[row * d + j] = list.codes[e];
      });
    }
  });
  return byRows;
}
