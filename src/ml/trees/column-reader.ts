import type { BinnedColumn, ListColumn } from './binning.js';

/** Reads the cells of a node's rows out of binned columns. */
export class ColumnReader {
  /** Smallest and largest code met by the last `read`. */
  lowest = 0;
  highest = 0;
  /** Where each row of the matrix stands among the tree's rows; only kept where columns are lists. */
  readonly position: Int32Array | undefined;

  /** @param rows of the matrix */
  constructor(
    private readonly columns: readonly BinnedColumn[],
    rows: number,
  ) {
    if (columns.some((column) => column.kind === 'list')) this.position = new Int32Array(rows).fill(-1);
  }

  /** Writes the codes of feature j of rows[start … end - 1], which ascend, to out[0 … end - start - 1]. */
  read(j: number, rows: Uint32Array, start: number, end: number, out: Uint16Array): void {
    const column = this.columns[j];
    if (column.kind === 'list') {
      const count = end - start;
      // Looking up a row costs about log2 of the list; walking the list costs its length.
      if (column.rows.length > count * 4) searchList(column, rows, start, end, out);
      else this.walkList(column, start, count, out);
      this.findRange(out, count);
    } else if (column.codes instanceof Uint8Array) {
      this.read8(column.codes, rows, start, end, out);
    } else {
      this.read16(column.codes, rows, start, end, out);
    }
  }

  /** Low and high value of the cells of feature j. */
  cells(j: number): BinnedColumn {
    return this.columns[j];
  }

  // The same loop twice: a loop that meets two kinds of arrays runs at a fraction of the speed.
  private read8(codes: Uint8Array, rows: Uint32Array, start: number, end: number, out: Uint16Array): void {
    let lowest = 65_535;
    let highest = 0;
    for (let i = start, k = 0; i < end; i++, k++) {
      const code = codes[rows[i]];
      out[k] = code;
      if (code < lowest) lowest = code;
      if (code > highest) highest = code;
    }
    this.lowest = lowest;
    this.highest = highest;
  }

  private read16(codes: Uint16Array, rows: Uint32Array, start: number, end: number, out: Uint16Array): void {
    let lowest = 65_535;
    let highest = 0;
    for (let i = start, k = 0; i < end; i++, k++) {
      const code = codes[rows[i]];
      out[k] = code;
      if (code < lowest) lowest = code;
      if (code > highest) highest = code;
    }
    this.lowest = lowest;
    this.highest = highest;
  }

  private walkList(column: ListColumn, start: number, count: number, out: Uint16Array): void {
    const position = this.position as Int32Array;
    const { rows, codes, zeroCode } = column;
    out.fill(zeroCode, 0, count);
    for (let e = 0; e < rows.length; e++) {
      const k = position[rows[e]] - start;
      if (k >= 0 && k < count) out[k] = codes[e];
    }
  }

  private findRange(out: Uint16Array, count: number): void {
    let lowest = 65_535;
    let highest = 0;
    for (let k = 0; k < count; k++) {
      const code = out[k];
      if (code < lowest) lowest = code;
      if (code > highest) highest = code;
    }
    this.lowest = lowest;
    this.highest = highest;
  }
}

function searchList(column: ListColumn, rows: Uint32Array, start: number, end: number, out: Uint16Array): void {
  const { rows: listed, codes, zeroCode } = column;
  let from = 0;
  for (let i = start, k = 0; i < end; i++, k++) {
    const row = rows[i];
    let to = listed.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (listed[middle] < row) from = middle + 1;
      else to = middle;
    }
    // Rows ascend, so the next search starts here.
    out[k] = listed[from] === row ? codes[from] : zeroCode;
  }
}
