const digitBits = 11;
const digits = 3;

/**
 * Sorts 32-bit keys ascending and `order` along with them, stably, both in place (Knuth, vol. 3, 5.2.5: least
 * significant digit first). O(n); a digit that all keys share costs nothing.
 */
export function radixSort(keys: Uint32Array, order: Uint32Array): void {
  const n = keys.length;
  if (n < 2) return;
  const bits = n < 4096 ? 8 : digitBits;
  const passes = n < 4096 ? 4 : digits;
  const size = 1 << bits;
  const counts = new Uint32Array(passes << bits);
  countDigits(keys, bits, passes, counts);
  let [fromKeys, fromOrder]: Uint32Array[] = [keys, order];
  let [toKeys, toOrder]: Uint32Array[] = [new Uint32Array(n), new Uint32Array(n)];
  for (let pass = 0; pass < passes; pass++) {
    const shift = pass * bits;
    const starts = counts.subarray(pass << bits, (pass + 1) << bits);
    if (starts[(fromKeys[0] >>> shift) & (size - 1)] === n) continue;
    for (let digit = 0, sum = 0; digit < size; digit++) {
      const count = starts[digit];
      starts[digit] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i++) {
      const key = fromKeys[i];
      const to = starts[(key >>> shift) & (size - 1)]++;
      toKeys[to] = key;
      toOrder[to] = fromOrder[i];
    }
    [fromKeys, toKeys] = [toKeys, fromKeys];
    [fromOrder, toOrder] = [toOrder, fromOrder];
  }
  if (fromKeys !== keys) {
    keys.set(fromKeys);
    order.set(fromOrder);
  }
}

/** How often each value of each digit occurs, digit by digit. */
function countDigits(keys: Uint32Array, bits: number, passes: number, counts: Uint32Array): void {
  const mask = (1 << bits) - 1;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    for (let pass = 0; pass < passes; pass++) counts[(pass << bits) + ((key >>> (pass * bits)) & mask)]++;
  }
}

/** The numbers 0 … n - 1. */
export function rowNumbers(n: number): Uint32Array {
  const rows = new Uint32Array(n);
  for (let i = 0; i < n; i++) rows[i] = i;
  return rows;
}
