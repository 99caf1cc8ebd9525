import { parseCell } from '../numbers/cell-text.js';
import { readNumber } from '../numbers/number-cell.js';
import { cellEnd, decode, unquote } from './csv-row.js';

const comma = 44;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * Reads `width` cells separated by commas from `start` on into `out[at …]` and returns the position of the line feed
 * that ends the row. Returns -1 if anything is wrong with the row: another number of cells, a cell that is no number,
 * an open quote. `bytes[end - 1]` is a line feed.
 */
export function readCells(
  bytes: Uint8Array,
  start: number,
  end: number,
  out: Float64Array,
  at: number,
  width: number,
): number {
  let p = start;
  for (let last = at + width - 1; at < last; at++) {
    // One digit is the most frequent cell of real feature files: it is worth no call.
    const digit = bytes[p] - 48;
    if (bytes[p + 1] === comma && digit >= 0 && digit <= 9) {
      out[at] = digit;
      p += 2;
      continue;
    }
    let q = readNumber(bytes, p, out, at);
    if (q < 0 || bytes[q] !== comma) {
      q = readOddCell(bytes, p, end, out, at);
      if (q < 0 || bytes[q] !== comma) return -1;
    }
    p = q + 1;
  }
  let q = readNumber(bytes, p, out, at);
  if (q >= 0 && bytes[q] === carriageReturn) q++;
  if (q >= 0 && bytes[q] === lineFeed) return q;
  q = readOddCell(bytes, p, end, out, at);
  return q >= 0 && bytes[q] === lineFeed ? q : -1;
}

/**
 * Reads a cell that is not simply a number: blank, missing, padded, quoted, or with more digits than the fast way takes.
 * Returns the position of the comma or line feed after it, -1 if it is no value.
 */
function readOddCell(bytes: Uint8Array, start: number, end: number, out: Float64Array, at: number): number {
  const byte = bytes[start];
  if (byte === comma || byte === lineFeed) {
    out[at] = Number.NaN;
    return start;
  }
  const after = cellEnd(bytes, start, end);
  if (after < 0) return -1;
  const value = parseCell(unquote(decode(bytes, start, after)).trim());
  if (value === undefined) return -1;
  out[at] = value;
  return after;
}
