import { columnBytes, codesOf, readCodes, rowAt } from './columns';

/** Where each row stands among `rows`. */
export function locate(rows: usize, position: usize, start: i32, end: i32): void {
  for (let i = start; i < end; i++) store<i32>(position + ((<usize>rowAt(rows, i)) << 2), i);
}

/**
 * Moves the rows of codes up to `cut` to the front of start … end - 1, keeping the order of both parts; returns where
 * the others begin. `kept` has room for all, `codes` for 2 bytes each; `position` is 0 or kept up to date.
 */
export function split(
  column: usize,
  rows: usize,
  position: usize,
  start: i32,
  end: i32,
  cut: i32,
  kept: usize,
  codes: usize,
): i32 {
  readCodes(column, rows, start, end, codes);
  let at = rows + ((<usize>start) << 2);
  let to = kept;
  let code = codes;
  for (let i = start; i < end; i++, code += 2) {
    const row = rowAt(rows, i);
    // Written to both sides, of which one moves on: which way a row goes is a coin toss no processor can foresee.
    store<i32>(at, row);
    store<i32>(to, row);
    const right = <usize>((cut - <i32>load<u16>(code)) >>> 31);
    at += 4 - (right << 2);
    to += right << 2;
  }
  memory.copy(at, kept, to - kept);
  if (position != 0) locate(rows, position, start, end);
  return <i32>((at - rows) >> 2);
}

/** Copies the codes of rows[start … end - 1] to those of the same columns in another table, which are wide. */
export function copyRows(from: usize, to: usize, columns: i32, rows: usize, start: i32, end: i32): void {
  for (let j = 0; j < columns; j++) {
    const at = <usize>j * columnBytes;
    readCodes(from + at, rows, start, end, codesOf(to + at));
  }
}
