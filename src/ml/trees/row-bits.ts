import type { BinnedColumn } from './binning.js';

/** Bits take at most this many bytes an entry of the column's list: a column of very few is kept as a list only. */
const bitBytesPerEntry = 48;

/**
 * One bit for each of n rows, row i at bit i mod 32 of word i / 32. Of a column of two cells: whether it is in the upper
 * one; else of a column with a list: whether it is listed; null of any other. Bits take an eighth of the codes: those of
 * many columns stay in the processor's cache.
 */
export function rowBits({ codes, list, low }: BinnedColumn, rows: number): Int32Array | null {
  const isTwoCells = low.length === 2;
  if (list === null ? !isTwoCells || codes === null : rows > 8 * bitBytesPerEntry * list.rows.length) return null;
  const bits = new Int32Array((rows + 31) >>> 5);
  if (list) {
    if (isTwoCells && list.commonCode === 1) bits.fill(-1);
    flip(bits, list.rows);
  } else if (codes) {
    set(bits, codes);
  }
  return bits;
}

function flip(bits: Int32Array, rows: Uint32Array): void {
  for (let e = 0; e < rows.length; e++) bits[rows[e] >>> 5] ^= 1 << rows[e];
}

function set(bits: Int32Array, codes: Uint8Array | Uint16Array): void {
  for (let i = 0; i < codes.length; i++) bits[i >>> 5] |= codes[i] << i;
}
