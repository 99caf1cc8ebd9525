import type { RandomStream } from '../random/stream.js';
import type { BoundarySearch } from './boundary-search.js';
import { CellCollector } from './cell-collector.js';
import { type ColumnReader, smallNode } from './column-reader.js';
import type { GrowthOptions } from './growth-options.js';
import type { NodeRows } from './node-rows.js';
import { SplitSearch } from './split-search.js';

/** Searches nodes of any number of classes under all options. */
export class AnyClassSearch implements BoundarySearch {
  impurity = Infinity;
  cut = 0;
  above = 0;
  drawn = Number.NaN;
  private readonly collector: CellCollector;
  private readonly splits: SplitSearch;
  private readonly codes: Uint16Array;

  /** For nodes of up to `rows` rows in up to `cells` cells. */
  constructor(
    private readonly reader: ColumnReader,
    rows: number,
    cells: number,
    classCount: number,
    private readonly options: GrowthOptions,
  ) {
    this.collector = new CellCollector(rows, cells, classCount, options.minSamplesLeaf > 1, options.exact);
    this.splits = new SplitSearch(options.criterion, options.minSamplesLeaf, classCount);
    this.codes = new Uint16Array(rows);
  }

  search(j: number, position: Int32Array, node: NodeRows, bar: number, stream: RandomStream): boolean {
    const { reader, collector, splits, codes } = this;
    const { cells } = collector;
    const { low, list } = reader.column(j);
    this.impurity = Infinity;
    if (list && node.count > smallNode && list.rows.length < node.count) {
      collector.collectListed(list, position, node);
    } else {
      reader.read(j, node.rows, node.start, node.end, codes);
      if (reader.lowest === reader.highest) return false;
      collector.collect(codes, reader.lowest, reader.highest, node);
    }
    if (cells.count === 1) return false;
    let first = 0;
    let last = cells.count - 2;
    if (this.options.splitter === 'random') {
      const { high } = reader.column(j);
      this.drawn = drawBetween(low[cells.code[0]], high[cells.code[last + 1]], stream.float());
      while (first < last && low[cells.code[first + 1]] <= this.drawn) first++;
      last = first;
    }
    splits.search(cells, node, first, last);
    if (splits.boundary < 0 || splits.impurity > bar) return true;
    if (cells.shift > 0) {
      const known = collector.refine(splits.boundary, codes, reader.lowest, node);
      splits.search(cells, node, known.first, known.last);
    }
    this.impurity = splits.impurity;
    this.cut = cells.code[splits.boundary];
    this.above = cells.code[splits.boundary + 1];
    return true;
  }
}

function drawBetween(low: number, high: number, u: number): number {
  return low * (1 - u) + high * u;
}
