import type { BinnedColumn } from './binning.js';
import type { GrowthOptions } from './growth-options.js';
import type { KernelScope, TreeKernel } from './tree-kernel.js';

/** Nodes of at most this many rows are copied together. */
const mostLocalRows = 4096;

/** Codes that fit into a processor's second cache need no copy. */
const leastCodeBytes = 2 ** 21;

/**
 * The codes, classes and weights of one node's rows, copied together. In the lower half of a tree a node's rows lie
 * scattered over all columns, and fetching them from memory would take most of the time; copied once, they stay in
 * the processor's cache for the whole subtree.
 */
export class LocalRows {
  /** Rows of the largest subtree. */
  static readonly capacity = mostLocalRows;
  /** Columns whose codes are those of the rows last loaded, row k of the node at k. */
  readonly columns: readonly BinnedColumn[];
  readonly y = new Uint32Array(mostLocalRows);
  readonly weights = new Float64Array(mostLocalRows);

  /** @param scope the kernel's local one */
  constructor(
    private readonly kernel: TreeKernel,
    readonly scope: KernelScope,
    all: readonly BinnedColumn[],
  ) {
    this.columns = all.map(({ low, high }, j) => ({ low, high, codes: scope.codes[j], list: null }));
  }

  /** Whether a tree on these columns gains by copies. Says the same of a matrix, however it is stored. */
  static isWorthwhile(columns: readonly BinnedColumn[], rows: number, options: GrowthOptions): boolean {
    const bytes = 2 * rows * columns.length;
    const wide = columns.filter(({ low }) => low.length > 256).length;
    return (
      rows > 2 * mostLocalRows &&
      bytes >= leastCodeBytes &&
      wide * 2 >= columns.length &&
      // About 12 levels lie below, on each of which this many columns are read.
      columns.length <= 12 * options.maxFeatures &&
      // A subtree is grown at one go.
      options.maxLeafNodes === Infinity
    );
  }

  /** Copies rows[start … end - 1] of the kernel's whole scope, at most `capacity`. */
  load(start: number, end: number, y: Uint32Array, weights: Float64Array): void {
    const { rows } = this.kernel.whole;
    this.kernel.load(start, end);
    for (let i = start, k = 0; i < end; i++, k++) {
      this.y[k] = y[rows[i]];
      this.weights[k] = weights[rows[i]];
    }
  }
}
