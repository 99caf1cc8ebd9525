import type { CellEntries } from './binning.js';
import type { CellList } from './cell-list.js';
import type { NodeRows } from './node-rows.js';

/** Lists cells by adding the weights of a node's rows up in them. */
export class CellHistogram {
  // All of these are zero between calls. Cell c, class k is at c · classCount + k.
  private readonly histogram: Float64Array;
  private readonly cellRows: Int32Array;
  // One bit for each occupied cell, and one for each word of those bits that is not zero.
  private readonly marks: Int32Array;
  private readonly markedWords: Int32Array;

  private readonly foundCodes: Uint16Array;

  /** For lists of up to `rows` rows, and up to `cells` cells and `classCount` classes. */
  constructor(
    rows: number,
    cells: number,
    classCount: number,
    private readonly countRows: boolean,
  ) {
    this.histogram = new Float64Array(cells * classCount);
    this.cellRows = new Int32Array(cells);
    this.foundCodes = new Uint16Array(rows);
    this.marks = new Int32Array((cells >>> 5) + 1);
    this.markedWords = new Int32Array((cells >>> 10) + 1);
  }

  /**
   * Fills `cells` from codes[0 … node.count - 1], which lie in lowest … lowest + range - 1. With a shift, cells of
   * 2^shift neighbouring codes are one, and bear the lowest of these codes.
   */
  collect(codes: Uint16Array, lowest: number, shift: number, range: number, node: NodeRows, cells: CellList): void {
    const { histogram, cellRows } = this;
    const { count, classes, weights, classCount } = node;
    if (classCount === 2 && shift === 0) {
      for (let i = 0; i < count; i++) histogram[((codes[i] - lowest) << 1) | classes[i]] += weights[i];
    } else {
      for (let i = 0; i < count; i++) {
        histogram[((codes[i] - lowest) >>> shift) * classCount + classes[i]] += weights[i];
      }
    }
    if (this.countRows) for (let i = 0; i < count; i++) cellRows[(codes[i] - lowest) >>> shift]++;
    cells.count = 0;
    cells.shift = shift;
    for (let c = 0, last = (range - 1) >>> shift; c <= last; c++) {
      if (this.isOccupied(c, classCount)) this.take(c, lowest + (c << shift), classCount, cells);
    }
  }

  /**
   * Fills `cells` from the rows outside a feature's commonest cell; what remains of the node is in that cell.
   * @param position where each row of the matrix stands if it is in this tree; anything otherwise
   */
  collectListed(list: CellEntries, position: Int32Array, node: NodeRows, cells: CellList): void {
    const { histogram, foundCodes } = this;
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
      foundCodes[found++] = c;
      if (c > highest) highest = c;
    }
    if (this.countRows) for (let f = 0; f < found; f++) this.cellRows[foundCodes[f]]++;
    const remains = found < count;
    cells.count = 0;
    cells.shift = 0;
    if (highest < 64 || highest < found) {
      for (let c = 0; c <= highest; c++) {
        if (this.isOccupied(c, classCount) || (remains && c === commonCode)) this.take(c, c, classCount, cells);
      }
    } else {
      for (let f = 0; f < found; f++) this.mark(foundCodes[f]);
      if (remains) this.mark(commonCode);
      this.takeMarked(highest, classCount, cells);
    }
    if (remains) addRemainder(cells, commonCode, count - found, classCount, classWeight);
  }

  private isOccupied(c: number, classCount: number): boolean {
    const { histogram } = this;
    for (let k = c * classCount, end = k + classCount; k < end; k++) if (histogram[k] !== 0) return true;
    return false;
  }

  private mark(c: number): void {
    this.marks[c >>> 5] |= 1 << (c & 31);
    this.markedWords[c >>> 10] |= 1 << ((c >>> 5) & 31);
  }

  private takeMarked(highest: number, classCount: number, cells: CellList): void {
    const { marks, markedWords } = this;
    for (let group = 0, last = highest >>> 10; group <= last; group++) {
      let words = markedWords[group];
      markedWords[group] = 0;
      while (words !== 0) {
        const word = (group << 5) | lowestBit(words);
        words &= words - 1;
        let bits = marks[word];
        marks[word] = 0;
        while (bits !== 0) {
          const c = (word << 5) | lowestBit(bits);
          this.take(c, c, classCount, cells);
          bits &= bits - 1;
        }
      }
    }
  }

  /** Moves a cell out of the histogram. */
  private take(c: number, code: number, classCount: number, cells: CellList): void {
    const { histogram, cellRows } = this;
    const { weight } = cells;
    const cell = cells.count++;
    cells.code[cell] = code;
    cells.rows[cell] = cellRows[c];
    cellRows[c] = 0;
    for (let k = 0, from = c * classCount, to = cell * classCount; k < classCount; k++) {
      weight[to + k] = histogram[from + k];
      histogram[from + k] = 0;
    }
  }
}

/** Gives the cell `code` all that the others leave of the node; the sums are exact, see exactWeights. */
function addRemainder(
  cells: CellList,
  code: number,
  rows: number,
  classCount: number,
  classWeight: Float64Array,
): void {
  const { weight } = cells;
  let at = 0;
  while (cells.code[at] !== code) at++;
  cells.rows[at] = rows;
  for (let k = 0; k < classCount; k++) {
    let others = 0;
    for (let c = 0; c < cells.count; c++) others += weight[c * classCount + k];
    weight[at * classCount + k] += classWeight[k] - others;
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
