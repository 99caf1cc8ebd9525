import type { BinnedColumn, CellEntries } from './binning.js';
import { rowBits } from './row-bits.js';

/** Smaller nodes read their codes row by row, not by a feature's list. */
export const smallNode = 16;

/** Reads the cells of a node's rows out of binned columns. */
export class ColumnReader {
  /** Smallest and largest code met by the last `read`. */
  lowest = 0;
  highest = 0;

  private bits: readonly (Int32Array | null)[] | undefined;

  /** @param rows n */
  constructor(
    private readonly columns: readonly BinnedColumn[],
    private readonly rows: number,
  ) {}

  column(j: number): BinnedColumn {
    return this.columns[j];
  }

  /** See rowBits. */
  rowBits(j: number): Int32Array | null {
    this.bits ??= this.columns.map((column) => rowBits(column, this.rows));
    return this.bits[j];
  }

  /** Writes the codes of feature j of rows[start … end - 1] to out[0 … end - start - 1]. */
  read(j: number, rows: Uint32Array, start: number, end: number, out: Uint16Array): void {
    const { codes, list } = this.columns[j];
    if (codes instanceof Uint8Array) this.read8(codes, rows, start, end, out);
    else if (codes !== null) this.read16(codes, rows, start, end, out);
    else this.readList(list as CellEntries, rows, start, end, out);
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

  private readList(list: CellEntries, rows: Uint32Array, start: number, end: number, out: Uint16Array): void {
    const { rows: listed, codes, commonCode } = list;
    let lowest = 65_535;
    let highest = 0;
    let from = 0;
    for (let i = start, k = 0; i < end; i++, k++) {
      const row = rows[i];
      // Binary search; within a class rows ascend, so the next one starts where this one ends.
      if (i > start && row < rows[i - 1]) from = 0;
      let to = listed.length;
      while (from < to) {
        const middle = (from + to) >>> 1;
        if (listed[middle] < row) from = middle + 1;
        else to = middle;
      }
      const code = from < listed.length && listed[from] === row ? codes[from] : commonCode;
      out[k] = code;
      if (code < lowest) lowest = code;
      if (code > highest) highest = code;
    }
    this.lowest = lowest;
    this.highest = highest;
  }
}
