import type { CellEntries } from './binning.js';
import type { ColumnReader } from './column-reader.js';
import type { NodeRows } from './node-rows.js';

/**
 * The cells of a two-class node's rows in one feature. Of a feature with one very common cell only the other rows are
 * read: what is left of the node is in that cell.
 */
export class TwoClassCodes {
  /** Cell of each row read. */
  readonly codes: Uint16Array;
  /** Weight of each row read. */
  weights: Float64Array;
  /** Rows read; the first `middle` are of the first class. */
  count = 0;
  middle = 0;
  /** Smallest and largest of the codes read; lowest > highest if there are none. */
  lowest = 0;
  highest = 0;
  private readonly found: Uint32Array;
  private readonly kept: Float64Array;

  /** For nodes of up to `rows` rows. */
  constructor(
    private readonly reader: ColumnReader,
    rows: number,
  ) {
    this.codes = new Uint16Array(rows);
    // One more: each row is written before it is known whether it stays.
    this.found = new Uint32Array(rows + 1);
    this.kept = new Float64Array(rows + 1);
    this.weights = this.kept;
  }

  /** Reads feature j of all rows. */
  readAll(j: number, node: NodeRows): void {
    this.weights = node.weights;
    this.count = node.count;
    this.middle = node.middle - node.start;
    this.readCodes(j, node.rows, node.start, node.end);
  }

  /** Reads feature j of the rows with a bit (see ColumnReader). */
  readOthers(j: number, bits: Int32Array, node: NodeRows): void {
    const { rows, start, middle, end } = node;
    const { found, kept } = this;
    if (node.unweighted) {
      this.weights = node.weights;
    } else {
      takeWeights(kept, 0, bits, node, start, end);
      this.weights = kept;
    }
    this.middle = take(found, 0, bits, rows, start, middle);
    this.count = take(found, this.middle, bits, rows, middle, end);
    this.readCodes(j, found, 0, this.count);
  }

  /** Reads the listed rows that are in the node; `position`: where each row of the matrix stands, -1 outside the tree. */
  readListed(j: number, list: CellEntries, position: Int32Array, node: NodeRows): void {
    const { start, middle, end, weights, unweighted } = node;
    const { found, kept } = this;
    const count = takeListed(found, list.rows, position, start, end - 1);
    this.count = count;
    this.middle = this.sortFound(position, middle);
    if (!unweighted) for (let k = 0; k < count; k++) kept[k] = weights[position[found[k]] - start];
    this.weights = unweighted ? weights : kept;
    this.readCodes(j, found, 0, count);
  }

  /** Puts the rows found that stand before position `middle` in front, keeping the order; returns their number. */
  private sortFound(position: Int32Array, middle: number): number {
    const { found, count, kept } = this;
    let first = 0;
    let second = 0;
    for (let k = 0; k < count; k++) {
      const row = found[k];
      found[first] = row;
      kept[second] = row;
      const isSecond = (middle - 1 - position[row]) >>> 31;
      first += 1 - isSecond;
      second += isSecond;
    }
    for (let k = 0; k < second; k++) found[first + k] = kept[k];
    return first;
  }

  private readCodes(j: number, rows: Uint32Array, start: number, end: number): void {
    const { reader } = this;
    reader.read(j, rows, start, end, this.codes);
    this.lowest = reader.lowest;
    this.highest = reader.highest;
  }
}

/** Takes those of rows[from … to - 1] that have a bit; they go to found[at …]. Returns where they end. */
function take(found: Uint32Array, at: number, bits: Int32Array, rows: Uint32Array, from: number, to: number): number {
  let k = at;
  for (let i = from; i < to; i++) {
    const row = rows[i];
    found[k] = row;
    k += (bits[row >>> 5] >>> row) & 1;
  }
  return k;
}

function takeWeights(
  kept: Float64Array,
  at: number,
  bits: Int32Array,
  { rows, weights, start }: NodeRows,
  from: number,
  to: number,
): void {
  let k = at;
  for (let i = from; i < to; i++) {
    const row = rows[i];
    kept[k] = weights[i - start];
    k += (bits[row >>> 5] >>> row) & 1;
  }
}

/** Takes the listed rows whose position is start … last; returns their number. */
function takeListed(
  found: Uint32Array,
  listed: Uint32Array,
  position: Int32Array,
  start: number,
  last: number,
): number {
  let count = 0;
  for (let e = 0; e < listed.length; e++) {
    const row = listed[e];
    found[count] = row;
    const at = position[row];
    // 1 if inside, without a branch that no processor can foresee.
    count += 1 - (((at - start) | (last - at)) >>> 31);
  }
  return count;
}
