// Keys of a row: its code less the lowest in the upper bits, its place in the lower.
export const placeBits: i32 = 15;
export const placeMask: i32 = 32767;

/** More rows cannot be sorted. */
export const mostSortedRows: i32 = 32768;

/** So few rows are not worth a distribution into buckets. */
const insertionRows: i32 = 12;

/**
 * Sorts the codes of `count` rows into `keys`; they lie in lowest … lowest + range - 1. About O(count): the keys go into
 * about as many buckets as there are rows, so that few are out of order afterwards.
 */
export function sortCodes(codes: usize, lowest: i32, range: i32, count: i32, keys: usize, buckets: usize): void {
  if (count <= insertionRows) {
    for (let i = 0; i < count; i++)
      store<i32>(keys + ((<usize>i) << 2), ((codeAt(codes, i) - lowest) << placeBits) | i);
  } else {
    const shift = max(0, 32 - clz(range - 1) - (31 - clz(count)));
    const last = ((range - 1) >>> shift) + 1;
    memory.fill(buckets, 0, (<usize>(last + 1)) << 2);
    for (let i = 0; i < count; i++) {
      const at = buckets + ((<usize>(((codeAt(codes, i) - lowest) >>> shift) + 1)) << 2);
      store<i32>(at, load<i32>(at) + 1);
    }
    let sum = 0;
    for (let b = 1; b < last; b++) {
      const at = buckets + ((<usize>b) << 2);
      sum += load<i32>(at);
      store<i32>(at, sum);
    }
    for (let i = 0; i < count; i++) {
      const code = codeAt(codes, i) - lowest;
      const at = buckets + ((<usize>(code >>> shift)) << 2);
      const to = load<i32>(at);
      store<i32>(at, to + 1);
      store<i32>(keys + ((<usize>to) << 2), (code << placeBits) | i);
    }
  }
  for (let i = 1; i < count; i++) {
    const key = load<i32>(keys + ((<usize>i) << 2));
    let at = keys + ((<usize>i) << 2);
    while (at > keys && load<i32>(at - 4) > key) {
      store<i32>(at, load<i32>(at - 4));
      at -= 4;
    }
    store<i32>(at, key);
  }
}

export function codeAt(codes: usize, i: i32): i32 {
  return <i32>load<u16>(codes + ((<usize>i) << 1));
}
