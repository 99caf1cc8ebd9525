import type { ColumnReader } from './column-reader.js';

/** The rows of the tree that is being grown, node after node. */
export interface TreeRows {
  /** Row of the matrix at each position. */
  readonly rows: Uint32Array;
  /** Where each row stands, -1 outside the tree; kept up to date where a column has a list. */
  readonly position: Int32Array;
  /**
   * Moves the rows of start … end - 1 whose code in feature j is at most `cut` to the front, keeping the order of both
   * parts; returns where the others begin.
   */
  split(j: number, start: number, end: number, cut: number): number;
  /** Makes `position` right for the first `count` rows, which were lined up anew. */
  locate(count: number): void;
}

/** Rows in plain arrays, for what does not fit into a kernel. */
export class PlainRows implements TreeRows {
  readonly rows: Uint32Array;
  readonly position: Int32Array;
  private readonly kept: Uint32Array;
  private readonly codes: Uint16Array;

  /** @param count n */
  constructor(
    private readonly reader: ColumnReader,
    count: number,
    private readonly hasLists: boolean,
  ) {
    this.rows = new Uint32Array(count);
    this.position = new Int32Array(count);
    this.kept = new Uint32Array(count);
    this.codes = new Uint16Array(count);
  }

  split(j: number, start: number, end: number, cut: number): number {
    const { rows, kept, codes } = this;
    this.reader.read(j, rows, start, end, codes);
    const middle = splitRows(rows, kept, codes, start, end, cut);
    rows.set(kept.subarray(0, end - middle), middle);
    if (this.hasLists) locateRows(rows, this.position, start, end);
    return middle;
  }

  locate(count: number): void {
    this.position.fill(-1);
    locateRows(this.rows, this.position, 0, count);
  }
}

// Each loop is a function of its own: one that is compiled while it runs its first loop falls back to the interpreter
// behind it, again and again.

function splitRows(
  rows: Uint32Array,
  kept: Uint32Array,
  codes: Uint16Array,
  start: number,
  end: number,
  cut: number,
): number {
  let at = start;
  for (let i = start, k = 0, keptRows = 0; i < end; i++, k++) {
    const row = rows[i];
    // Written to both sides, of which one moves on: which way a row goes is a coin toss no processor can foresee.
    rows[at] = row;
    kept[keptRows] = row;
    const right = (cut - codes[k]) >>> 31;
    at += 1 - right;
    keptRows += right;
  }
  return at;
}

function locateRows(rows: Uint32Array, position: Int32Array, start: number, end: number): void {
  for (let i = start; i < end; i++) position[rows[i]] = i;
}
