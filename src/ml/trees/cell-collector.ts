import type { CellEntries } from './binning.js';
import { CellList } from './cell-list.js';
import { CellHistogram } from './cell-histogram.js';
import { CellSorter, mostSortedRows } from './cell-sorter.js';
import type { NodeRows } from './node-rows.js';

/** A histogram of this many cells stays in the processor's fastest cache; beyond, sorting is faster than counting. */
const cachedCells = 2048;

/** A node of more rows is first seen coarsely, in at most as many cells as it has rows … */
const exactRows = 32;

/** … and in at most so many. */
const mostCoarseCells = 1024;

/** Makes the list of occupied cells of one feature in one node, by whichever way is cheapest. */
export class CellCollector {
  readonly cells: CellList;
  private readonly histogram: CellHistogram;
  private readonly sorter: CellSorter;
  // Scratch of `refine`.
  private readonly partCodes: Uint16Array;
  private readonly partClasses: Uint16Array;
  private readonly partWeights: Float64Array;

  /**
   * For nodes of up to `rows` rows in up to `cells` cells and `classCount` classes.
   * @param countRows whether the rows of each cell are counted
   * @param exact whether no node is seen coarsely
   */
  constructor(
    rows: number,
    cells: number,
    classCount: number,
    countRows: boolean,
    private readonly exact: boolean,
  ) {
    // Two more than there can be cells: a refined list has one for all before it and one for all behind it.
    this.cells = new CellList(Math.min(rows, cells) + 2, classCount);
    this.histogram = new CellHistogram(rows, cells, classCount, countRows);
    this.sorter = new CellSorter(rows);
    const coarse = !exact && rows > exactRows;
    this.partCodes = new Uint16Array(coarse ? rows : 0);
    this.partClasses = new Uint16Array(coarse ? rows : 0);
    this.partWeights = new Float64Array(coarse ? rows : 0);
  }

  /**
   * Makes the list from codes[0 … node.count - 1], which lie in lowest … highest. A node with many cells is
   * first seen coarsely (`cells.shift` > 0); `refine` then looks closely where the coarse view promises most.
   */
  collect(codes: Uint16Array, lowest: number, highest: number, node: NodeRows): void {
    const range = highest - lowest + 1;
    const coarseCells = Math.min(node.count, mostCoarseCells);
    if (this.exact || node.count <= exactRows || range <= 2 * coarseCells) {
      this.collectExactly(codes, lowest, range, node);
    } else {
      const shift = 32 - Math.clz32(Math.floor((range - 1) / coarseCells));
      this.histogram.collect(codes, lowest, shift, range, node, this.cells);
    }
  }

  /** Makes the list from the rows outside a feature's commonest cell; `position`: see CellHistogram. */
  collectListed(list: CellEntries, position: Int32Array, node: NodeRows): void {
    this.histogram.collectListed(list, position, node, this.cells);
  }

  /**
   * Replaces a coarse list by the exact cells on both sides of its boundary; one cell stands for all before and one
   * for all behind them. Returns the boundaries whose exact place is known: none where last < first.
   */
  refine(boundary: number, codes: Uint16Array, lowest: number, node: NodeRows): { first: number; last: number } {
    const { cells, partCodes, partClasses, partWeights } = this;
    const { shift } = cells;
    const { classes, weights, count, classCount } = node;
    const before = boundary > 0 ? cells.sum(0, boundary, classCount) : undefined;
    const behind = boundary + 2 < cells.count ? cells.sum(boundary + 2, cells.count, classCount) : undefined;
    const lowPart = (cells.code[boundary] - lowest) >>> shift;
    const highPart = (cells.code[boundary + 1] - lowest) >>> shift;
    let found = 0;
    for (let i = 0; i < count; i++) {
      const part = (codes[i] - lowest) >>> shift;
      if (part !== lowPart && part !== highPart) continue;
      partCodes[found] = codes[i];
      partClasses[found] = classes[i];
      partWeights[found++] = weights[i];
    }
    const part = { ...node, count: found, classes: partClasses, weights: partWeights };
    this.collectExactly(partCodes, lowest + (lowPart << shift), (highPart - lowPart + 1) << shift, part);
    const exactCells = cells.count;
    if (before) cells.prepend(cells.code[0] - 1, before, classCount);
    if (behind) cells.append(cells.code[cells.count - 1] + 1, behind, classCount);
    const first = before ? 1 : 0;
    return { first, last: first + exactCells - 2 };
  }

  private collectExactly(codes: Uint16Array, lowest: number, range: number, node: NodeRows): void {
    const { count } = node;
    const fewCells = range <= cachedCells && range <= count * 8;
    if (count > mostSortedRows || fewCells) this.histogram.collect(codes, lowest, 0, range, node, this.cells);
    else this.sorter.collect(codes, lowest, range, node, this.cells);
  }
}
