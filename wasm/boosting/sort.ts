const digitBits: u64 = 11;
const digits: i32 = 6;
const buckets: i32 = 1 << 11;
const counterBytes: usize = (<usize>buckets) << 2;
const signBit: u64 = 1 << 63;

/**
 * Sorts doubles, in place, by their digits, the lowest first: O(count). None is NaN, and no zero negative. `scratch` has
 * room for them, `counters` 4 bytes for each of 2,048 values of six digits.
 */
export function sortDoubles(values: usize, count: i32, scratch: usize, counters: usize): void {
  memory.fill(counters, 0, counterBytes * digits);
  const end = values + ((<usize>count) << 3);
  // Turned so that whole numbers are in the order of the doubles, and all digits counted at once.
  for (let at = values; at < end; at += 8) {
    const bits = load<u64>(at);
    const turned = bits ^ (<u64>(<i64>bits >> 63) | signBit);
    store<u64>(at, turned);
    let rest = turned;
    for (let d = 0, counter = counters; d < digits; d++, counter += counterBytes, rest >>>= digitBits) {
      const cell = counter + ((<usize>(rest & <u64>(buckets - 1))) << 2);
      store<u32>(cell, load<u32>(cell) + 1);
    }
  }
  let from = values;
  let to = scratch;
  for (let d = 0, counter = counters; d < digits; d++, counter += counterBytes) {
    const shift = digitBits * <u64>d;
    const some = (load<u64>(from) >>> shift) & <u64>(buckets - 1);
    // All have this digit in common.
    if (load<u32>(counter + ((<usize>some) << 2)) == <u32>count) continue;
    let sum: u32 = 0;
    for (let cell = counter; cell < counter + counterBytes; cell += 4) {
      const own = load<u32>(cell);
      store<u32>(cell, sum);
      sum += own;
    }
    const last = from + ((<usize>count) << 3);
    for (let at = from; at < last; at += 8) {
      const key = load<u64>(at);
      const cell = counter + ((<usize>((key >>> shift) & <u64>(buckets - 1))) << 2);
      const place = load<u32>(cell);
      store<u32>(cell, place + 1);
      store<u64>(to + ((<usize>place) << 3), key);
    }
    const was = from;
    from = to;
    to = was;
  }
  for (let k = 0, at = from, out = values; k < count; k++, at += 8, out += 8) {
    const turned = load<u64>(at);
    store<u64>(out, turned ^ (<u64>~(<i64>turned >> 63) | signBit));
  }
}
