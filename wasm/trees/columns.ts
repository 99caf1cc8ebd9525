// A table of columns, 32 bytes each: addresses of the codes (0: none), of the row bits (0: none), of the list's rows
// (0: none) and of its codes; then the list's length, its common code, the number of cells, and whether codes are wide.
// See src/ml/trees/column-table.ts, which fills it.

export const columnBytes: usize = 32;

export function codesOf(column: usize): usize {
  return load<u32>(column);
}

export function bitsOf(column: usize): usize {
  return load<u32>(column, 4);
}

export function listRowsOf(column: usize): usize {
  return load<u32>(column, 8);
}

export function listCodesOf(column: usize): usize {
  return load<u32>(column, 12);
}

export function listLengthOf(column: usize): i32 {
  return load<i32>(column, 16);
}

export function commonCodeOf(column: usize): i32 {
  return load<i32>(column, 20);
}

export function cellsOf(column: usize): i32 {
  return load<i32>(column, 24);
}

export function isWide(column: usize): bool {
  return load<i32>(column, 28) != 0;
}

export function rowAt(rows: usize, i: i32): i32 {
  return load<i32>(rows + ((<usize>i) << 2));
}

/** Smallest and largest code met by the last `readCodes`. */
export let lowest: i32 = 0;
export let highest: i32 = 0;

/** Writes the codes of rows[start … end - 1] to `out`, 2 bytes each. */
export function readCodes(column: usize, rows: usize, start: i32, end: i32, out: usize): void {
  const codes = codesOf(column);
  let low = 65535;
  let high = 0;
  let to = out;
  if (codes == 0) {
    for (let i = start; i < end; i++, to += 2) {
      const code = listedCode(column, rowAt(rows, i));
      store<u16>(to, <u16>code);
      low = min(low, code);
      high = max(high, code);
    }
  } else if (isWide(column)) {
    for (let i = start; i < end; i++, to += 2) {
      const code = <i32>load<u16>(codes + ((<usize>rowAt(rows, i)) << 1));
      store<u16>(to, <u16>code);
      low = min(low, code);
      high = max(high, code);
    }
  } else {
    for (let i = start; i < end; i++, to += 2) {
      const code = <i32>load<u8>(codes + <usize>rowAt(rows, i));
      store<u16>(to, <u16>code);
      low = min(low, code);
      high = max(high, code);
    }
  }
  lowest = low;
  highest = high;
}

/** Binary search for a row in the list. */
function listedCode(column: usize, row: i32): i32 {
  const rows = listRowsOf(column);
  let from = 0;
  let to = listLengthOf(column);
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (rowAt(rows, middle) < row) from = middle + 1;
    else to = middle;
  }
  if (from == listLengthOf(column) || rowAt(rows, from) != row) return commonCodeOf(column);
  return <i32>load<u16>(listCodesOf(column) + ((<usize>from) << 1));
}

/** Rows of rows[from … to - 1] that have a bit go to found[at …]; returns where they end. */
export function takeRows(bits: usize, rows: usize, from: i32, to: i32, found: usize, at: i32): i32 {
  let k = at;
  for (let i = from; i < to; i++) {
    const row = rowAt(rows, i);
    store<i32>(found + ((<usize>k) << 2), row);
    k += bitOf(bits, row);
  }
  return k;
}

export function countBits(bits: usize, rows: usize, from: i32, to: i32): i32 {
  let count = 0;
  for (let i = from; i < to; i++) count += bitOf(bits, rowAt(rows, i));
  return count;
}

function bitOf(bits: usize, row: i32): i32 {
  return (load<i32>(bits + ((<usize>(row >>> 5)) << 2)) >>> row) & 1;
}
