/** Bytes of a table of cuts: 256 numbers. */
const tableBytes: usize = 2048;

/**
 * Codes of four columns of `rows` rows, a byte each, from 32 bytes of values a row: how many of its column's cuts are
 * below a value, or its byte of `absent` if the value is missing. `cuts` has a table for each column, ascending and
 * filled up with infinity.
 */
export function codeColumns(values: usize, rows: i32, cuts: usize, absent: u32, codes: usize): void {
  const end = values + ((<usize>rows) << 5);
  for (; values < end; values += 32, codes += 4) {
    const first = code(load<f64>(values), cuts, absent);
    const second = code(load<f64>(values, 8), cuts + tableBytes, absent >>> 8);
    const third = code(load<f64>(values, 16), cuts + 2 * tableBytes, absent >>> 16);
    const fourth = code(load<f64>(values, 24), cuts + 3 * tableBytes, absent >>> 24);
    store<u32>(codes, first | (second << 8) | (third << 16) | (fourth << 24));
  }
}

/** Halves the table eight times, without a branch that no processor can foresee. */
function code(value: f64, cuts: usize, absent: u32): u32 {
  let at = cuts;
  at += (<usize>(load<f64>(at, 127 * 8) < value)) << 10;
  at += (<usize>(load<f64>(at, 63 * 8) < value)) << 9;
  at += (<usize>(load<f64>(at, 31 * 8) < value)) << 8;
  at += (<usize>(load<f64>(at, 15 * 8) < value)) << 7;
  at += (<usize>(load<f64>(at, 7 * 8) < value)) << 6;
  at += (<usize>(load<f64>(at, 3 * 8) < value)) << 5;
  at += (<usize>(load<f64>(at, 1 * 8) < value)) << 4;
  at += (<usize>(load<f64>(at) < value)) << 3;
  return select<u32>(<u32>((at - cuts) >> 3), absent & 255, value == value);
}
