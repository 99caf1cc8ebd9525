// A histogram is slots of 16 bytes, two whole numbers: the sum of the gradients, and the number of rows (the upper 24
// bits) with the sum of the curvatures (the lower 40). So has a row: its gradient, and 1 with its curvature. `order`
// lists the rows to be added, 4 bytes each.

/** Adds rows of dense codes, a byte each; `offsets` says, 4 bytes a column, where in the histogram its slots begin. */
export function addDense(
  codes: usize,
  columns: i32,
  offsets: usize,
  order: usize,
  rows: i32,
  derivatives: usize,
  histogram: usize,
): void {
  const end = order + ((<usize>rows) << 2);
  for (let at = order; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const both = v128.load(derivatives + (row << 4));
    let code = codes + row * <usize>columns;
    const last = code + <usize>columns;
    let offset = offsets;
    // Four at once: the loop costs as much as the sum.
    for (; code + 4 <= last; code += 4, offset += 16) {
      add(histogram + <usize>load<u32>(offset) + ((<usize>load<u8>(code)) << 4), both);
      add(histogram + <usize>load<u32>(offset, 4) + ((<usize>load<u8>(code, 1)) << 4), both);
      add(histogram + <usize>load<u32>(offset, 8) + ((<usize>load<u8>(code, 2)) << 4), both);
      add(histogram + <usize>load<u32>(offset, 12) + ((<usize>load<u8>(code, 3)) << 4), both);
    }
    for (; code < last; code++, offset += 4) {
      add(histogram + <usize>load<u32>(offset) + ((<usize>load<u8>(code)) << 4), both);
    }
  }
}

/** Adds rows of sparse entries: row i has those from starts[i] to starts[i + 1], each the number of its slot, 4 bytes. */
export function addSparse(
  entries: usize,
  starts: usize,
  order: usize,
  rows: i32,
  derivatives: usize,
  histogram: usize,
): void {
  const end = order + ((<usize>rows) << 2);
  for (let at = order; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const both = v128.load(derivatives + (row << 4));
    const start = starts + (row << 2);
    const last = entries + ((<usize>load<u32>(start, 4)) << 2);
    for (let entry = entries + ((<usize>load<u32>(start)) << 2); entry < last; entry += 4) {
      add(histogram + ((<usize>load<u32>(entry)) << 4), both);
    }
  }
}

function add(slot: usize, both: v128): void {
  v128.store(slot, i64x2.add(v128.load(slot), both));
}

/** Takes the histogram `part` from `whole`, in place. */
export function subtract(whole: usize, part: usize, slots: i32): void {
  const end = whole + ((<usize>slots) << 4);
  for (let from = part; whole < end; whole += 16, from += 16) {
    v128.store(whole, i64x2.sub(v128.load(whole), v128.load(from)));
  }
}
