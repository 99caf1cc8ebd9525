import type { CellEntries } from './binning.js';

/** Up to this many rows are sorted, more are counted into cells. */
export const sortedRows = 32;

/** A node's rows stand at positions start … start + count - 1 of the tree's rows. */
export interface NodeRows {
  readonly start: number;
  readonly count: number;
  /** Row of the matrix at each position. */
  readonly rows: Uint32Array;
  /** Weight at position start + i. */
  readonly weights: Float64Array;
  /** Class at position start + i, among the classes of the node: 0 … classCount - 1. */
  readonly classes: Uint16Array;
  readonly classCount: number;
  /** Weight of each class in the node. */
  readonly classWeight: Float64Array;
}

/**
 * The occupied cells of one feature in one node in ascending order, with the weight of each class in them: all that
 * the search for a split needs to see.
 */
export class CellList {
  count = 0;
  /** Code of each occupied cell. */
  readonly code: Int32Array;
  /** Weights, `classCount` a cell. */
  readonly weight: Float64Array;
  /** Rows in each cell; only filled if asked for. */
  readonly rows: Int32Array;
  // All of these are zero between calls.
  private readonly histogram: Float64Array;
  private readonly cellRows: Int32Array;
  private readonly marks: Int32Array;
  private readonly markedWords: Int32Array;
  private readonly keys = new Int32Array(sortedRows);

  /**
   * For nodes of up to `rows` rows in up to `cells` cells and `classCount` classes.
   * @param countRows whether `rows` is filled
   */
  constructor(
    rows: number,
    cells: number,
    classCount: number,
    private readonly countRows: boolean,
  ) {
    const most = Math.min(rows, cells);
    this.code = new Int32Array(most);
    this.rows = new Int32Array(most);
    this.weight = new Float64Array(most * classCount);
    this.histogram = new Float64Array(cells * classCount);
    this.cellRows = new Int32Array(cells);
    this.marks = new Int32Array((cells >>> 5) + 1);
    this.markedWords = new Int32Array((cells >>> 10) + 1);
  }

  /** Fills the list from codes[0 … node.count - 1], which lie in lowest … highest. */
  collect(codes: Uint16Array, lowest: number, highest: number, node: NodeRows): void {
    if (node.count <= sortedRows) {
      this.collectSorted(codes, node);
      return;
    }
    const { histogram } = this;
    const { count, classes, weights, classCount } = node;
    if (classCount === 2) {
      for (let i = 0; i < count; i++) histogram[((codes[i] - lowest) << 1) | classes[i]] += weights[i];
    } else {
      for (let i = 0; i < count; i++) histogram[(codes[i] - lowest) * classCount + classes[i]] += weights[i];
    }
    if (this.countRows) for (let i = 0; i < count; i++) this.cellRows[codes[i] - lowest]++;
    // Looking through all cells of the range is cheap as long as there are not many more of them than rows.
    if (highest - lowest < count * 4) {
      this.takeAll(lowest, highest - lowest + 1, classCount);
    } else {
      const { marks, markedWords } = this;
      for (let i = 0; i < count; i++) {
        const c = codes[i] - lowest;
        marks[c >>> 5] |= 1 << (c & 31);
        markedWords[c >>> 10] |= 1 << ((c >>> 5) & 31);
      }
      this.takeMarked(lowest, highest - lowest + 1, classCount);
    }
  }

  /**
   * Fills the list from the rows outside a feature's commonest cell; what remains of the node is in that cell.
   * @param position where each row of the matrix stands if it is in this tree; anything otherwise
   */
  collectListed(list: CellEntries, position: Int32Array, node: NodeRows): void {
    const { histogram, cellRows, marks, markedWords } = this;
    const { start, count, rows, weights, classes, classCount, classWeight } = node;
    const { rows: listed, codes, commonCode } = list;
    const end = start + count;
    let found = 0;
    let highest = commonCode;
    for (let e = 0; e < listed.length; e++) {
      const row = listed[e];
      const at = position[row];
      if (at < start || at >= end || rows[at] !== row) continue;
      const c = codes[e];
      histogram[c * classCount + classes[at - start]] += weights[at - start];
      cellRows[c]++;
      marks[c >>> 5] |= 1 << (c & 31);
      markedWords[c >>> 10] |= 1 << ((c >>> 5) & 31);
      if (c > highest) highest = c;
      found++;
    }
    if (found < count) {
      marks[commonCode >>> 5] |= 1 << (commonCode & 31);
      markedWords[commonCode >>> 10] |= 1 << ((commonCode >>> 5) & 31);
    }
    this.takeMarked(0, highest + 1, classCount);
    if (found < count) this.addRemainder(commonCode, count - found, classCount, classWeight);
  }

  /** Gives the cell `code` all that the others leave of the node; the sums are exact, see exactWeights. */
  private addRemainder(code: number, rows: number, classCount: number, classWeight: Float64Array): void {
    let at = 0;
    while (this.code[at] !== code) at++;
    this.rows[at] = rows;
    for (let k = 0; k < classCount; k++) {
      let others = 0;
      for (let c = 0; c < this.count; c++) others += this.weight[c * classCount + k];
      this.weight[at * classCount + k] += classWeight[k] - others;
    }
  }

  private collectSorted(codes: Uint16Array, node: NodeRows): void {
    const { keys, code, rows, weight } = this;
    const { count, classes, weights, classCount } = node;
    for (let i = 0; i < count; i++) {
      // Code and position in one number, so that a plain insertion sort carries both.
      const key = (codes[i] << 5) | i;
      let at = i;
      while (at > 0 && keys[at - 1] > key) {
        keys[at] = keys[at - 1];
        at--;
      }
      keys[at] = key;
    }
    let cells = -1;
    let last = -1;
    for (let i = 0; i < count; i++) {
      const c = keys[i] >> 5;
      const position = keys[i] & 31;
      if (c !== last) {
        last = c;
        cells++;
        code[cells] = c;
        rows[cells] = 0;
        for (let k = 0, at = cells * classCount; k < classCount; k++) weight[at + k] = 0;
      }
      rows[cells]++;
      weight[cells * classCount + classes[position]] += weights[position];
    }
    this.count = cells + 1;
  }

  /** Moves the occupied ones of cells 0 … range - 1 out of the histogram. */
  private takeAll(lowest: number, range: number, classCount: number): void {
    const { histogram } = this;
    this.count = 0;
    if (classCount === 2) {
      for (let c = 0; c < range; c++) if (histogram[2 * c] + histogram[2 * c + 1] > 0) this.take(c, lowest, 2);
    } else {
      for (let c = 0; c < range; c++) {
        let k = c * classCount;
        const end = k + classCount;
        while (k < end && histogram[k] === 0) k++;
        if (k < end) this.take(c, lowest, classCount);
      }
    }
  }

  /** Moves the marked ones of cells 0 … range - 1 out of the histogram. */
  private takeMarked(lowest: number, range: number, classCount: number): void {
    const { marks, markedWords } = this;
    this.count = 0;
    for (let group = 0, groups = ((range - 1) >>> 10) + 1; group < groups; group++) {
      let words = markedWords[group];
      markedWords[group] = 0;
      while (words !== 0) {
        const word = (group << 5) | lowestBit(words);
        words &= words - 1;
        let bits = marks[word];
        marks[word] = 0;
        while (bits !== 0) {
          this.take((word << 5) | lowestBit(bits), lowest, classCount);
          bits &= bits - 1;
        }
      }
    }
  }

  private take(c: number, lowest: number, classCount: number): void {
    const { histogram, weight } = this;
    const cell = this.count++;
    this.code[cell] = c + lowest;
    this.rows[cell] = this.cellRows[c];
    this.cellRows[c] = 0;
    for (let k = 0, from = c * classCount, to = cell * classCount; k < classCount; k++) {
      weight[to + k] = histogram[from + k];
      histogram[from + k] = 0;
    }
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
