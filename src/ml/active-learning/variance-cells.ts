import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';

/** A cell of a partition of rows. */
export interface Cell {
  /** In no order that means anything. */
  readonly rows: Uint32Array;
  /** Length d. */
  readonly mean: Float64Array;
  /** Sum of the squared distances of its rows from the mean. */
  readonly spread: number;
  /** The feature in which its rows differ most; -1 where they are all the same. */
  readonly widest: number;
}

/**
 * Divides rows into more and more cells: the cell of the largest spread is cut at its mean across the feature in which it
 * is widest (Wu, "Efficient statistical computations for optimal color quantization", 1991, with a plain cut). The cells
 * are what k-means would refine, at O(stored cells · log of their number) for all of them, and asking for more of them
 * only goes on cutting.
 */
export class VarianceCells {
  private readonly cells: Cell[] = [];
  /** By cut: which cell was cut; its upper half was put at the end. */
  private readonly cuts: { readonly at: number; readonly whole: Cell }[] = [];
  private readonly entries: RowEntries;

  /** @param X n×d, in a space where distances mean something */
  constructor(private readonly X: FeatureMatrix) {
    this.entries = new RowEntries(X);
    if (X.rows > 0) this.cells.push(this.cell(Uint32Array.from({ length: X.rows }, (_, row) => row)));
  }

  /**
   * The first `count` cells, or as many as there are: the same whatever was asked for before. O(cells) a cut besides the
   * rows cut.
   */
  first(count: number): readonly Cell[] {
    while (this.cells.length < count && this.cutNext());
    const found = this.cells.slice();
    for (let c = this.cuts.length - 1; c >= 0 && found.length > count; c--) {
      found.pop();
      found[this.cuts[c].at] = this.cuts[c].whole;
    }
    return found;
  }

  /** Whether there was anything left to cut. */
  private cutNext(): boolean {
    const { cells } = this;
    let next = -1;
    cells.forEach(({ spread, widest }, c) => {
      if (widest !== -1 && (next === -1 || spread > cells[next].spread)) next = c;
    });
    if (next === -1) return false;
    const whole = cells[next];
    const [low, high] = this.cut(whole);
    this.cuts.push({ at: next, whole });
    cells[next] = low;
    cells.push(high);
    return true;
  }

  private cut({ rows, mean, widest }: Cell): [Cell, Cell] {
    const above = rows.filter((row) => this.value(row, widest) > mean[widest]).length;
    // The mean may round to the largest value itself, or to less than the least: then the largest alone is cut off.
    const most = above > 0 && above < rows.length ? mean[widest] : this.second(rows, widest);
    const isHigh = (row: number): boolean => this.value(row, widest) > most;
    return [this.cell(rows.filter((row) => !isHigh(row))), this.cell(rows.filter(isHigh))];
  }

  /** The largest value of a feature that is less than its largest. */
  private second(rows: Uint32Array, feature: number): number {
    let [largest, second] = [-Infinity, -Infinity];
    for (const row of rows) {
      const value = this.value(row, feature);
      if (value > largest) [largest, second] = [value, largest];
      else if (value < largest && value > second) second = value;
    }
    return second;
  }

  private value(row: number, feature: number): number {
    const { X } = this;
    if (X.kind === 'dense') return X.values[row * X.columns + feature];
    let [low, high] = [X.rowStart[row], X.rowStart[row + 1]];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (X.columnIndex[middle] < feature) low = middle + 1;
      else high = middle;
    }
    return low < X.rowStart[row + 1] && X.columnIndex[low] === feature ? X.values[low] : 0;
  }

  private cell(rows: Uint32Array): Cell {
    const { entries } = this;
    const d = this.X.columns;
    const mean = new Float64Array(d);
    const squares = new Float64Array(d);
    const least = new Float64Array(d).fill(Infinity);
    const most = new Float64Array(d).fill(-Infinity);
    const present = new Uint32Array(d);
    for (const row of rows) {
      entries.read(row);
      for (let e = 0; e < entries.count; e++) {
        const j = entries.columns[e];
        const value = entries.values[e];
        mean[j] += value;
        squares[j] += value * value;
        present[j]++;
        if (value < least[j]) least[j] = value;
        if (value > most[j]) most[j] = value;
      }
    }
    let [spread, widest, width] = [0, -1, 0];
    for (let j = 0; j < d; j++) {
      if (present[j] < rows.length) {
        least[j] = Math.min(least[j], 0);
        most[j] = Math.max(most[j], 0);
      }
      mean[j] /= rows.length;
      if (least[j] === most[j]) continue;
      const own = Math.max(Number.MIN_VALUE, squares[j] - rows.length * mean[j] * mean[j]);
      spread += own;
      if (own > width) [widest, width] = [j, own];
    }
    return { rows, mean, spread, widest };
  }
}
