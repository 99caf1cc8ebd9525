// A histogram is slots of 16 bytes, two whole numbers: the sum of the gradients, and the number of rows (the upper 24
// bits) with the sum of the curvatures (the lower 40). So has a row: its gradient, and 1 with its curvature. `order`
// lists the rows to be added, 4 bytes each.

/**
 * Adds rows of dense codes, a byte each, in blocks of four columns: a block has a word for each of `all` rows, and its
 * slots stay in the nearest cache while the rows pass. `offsets` says, 4 bytes a column, where in the histogram its slots
 * begin. The rows' derivatives are first brought together at `gathered`, 16 bytes each.
 */
export function addBlocks(
  codes: usize,
  all: i32,
  blocks: i32,
  offsets: usize,
  order: usize,
  rows: i32,
  derivatives: usize,
  gathered: usize,
  histogram: usize,
): void {
  const end = order + ((<usize>rows) << 2);
  for (let at = order, to = gathered; at < end; at += 4, to += 16) {
    v128.store(to, v128.load(derivatives + ((<usize>load<u32>(at)) << 4)));
  }
  const pairs = order + ((<usize>(rows & ~1)) << 2);
  for (let b = 0; b < blocks; b++, codes += (<usize>all) << 2, offsets += 16) {
    const first = histogram + <usize>load<u32>(offsets);
    const second = histogram + <usize>load<u32>(offsets, 4);
    const third = histogram + <usize>load<u32>(offsets, 8);
    const fourth = histogram + <usize>load<u32>(offsets, 12);
    let from = gathered;
    // Two rows at once: the loop costs as much as the sum.
    for (let at = order; at < pairs; at += 8, from += 32) {
      const word = load<u32>(codes + ((<usize>load<u32>(at)) << 2));
      const next = load<u32>(codes + ((<usize>load<u32>(at, 4)) << 2));
      const both = v128.load(from);
      const bothOfNext = v128.load(from, 16);
      add(first + <usize>((word << 4) & 0xff0), both);
      add(first + <usize>((next << 4) & 0xff0), bothOfNext);
      add(second + <usize>((word >> 4) & 0xff0), both);
      add(second + <usize>((next >> 4) & 0xff0), bothOfNext);
      add(third + <usize>((word >> 12) & 0xff0), both);
      add(third + <usize>((next >> 12) & 0xff0), bothOfNext);
      add(fourth + <usize>((word >> 20) & 0xff0), both);
      add(fourth + <usize>((next >> 20) & 0xff0), bothOfNext);
    }
    if (pairs < end) {
      const word = load<u32>(codes + ((<usize>load<u32>(pairs)) << 2));
      const both = v128.load(from);
      add(first + <usize>((word << 4) & 0xff0), both);
      add(second + <usize>((word >> 4) & 0xff0), both);
      add(third + <usize>((word >> 12) & 0xff0), both);
      add(fourth + <usize>((word >> 20) & 0xff0), both);
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
