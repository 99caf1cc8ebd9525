const digitBits = 11;
const buckets = 1 << digitBits;

/**
 * Row numbers by descending value, equal values by ascending row; 0 and -0 are equal. A stable radix sort over the
 * bits of the doubles (six digits of 11 bits): O(n), no comparator.
 * @param values length n; throws RangeError for NaN
 */
export function descendingOrder(values: Float64Array): Uint32Array {
  const n = values.length;
  const [low, high] = descendingKeys(values);
  let order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  let spare = new Uint32Array(n);
  const starts = new Uint32Array(buckets);
  for (let shift = 0; shift < 64; shift += digitBits) {
    starts.fill(0);
    for (let i = 0; i < n; i++) starts[digit(low, high, i, shift)]++;
    // A digit that all rows share orders nothing.
    if (n > 0 && starts[digit(low, high, 0, shift)] === n) continue;
    for (let b = 0, sum = 0; b < buckets; b++) {
      const count = starts[b];
      starts[b] = sum;
      sum += count;
    }
    for (let i = 0; i < n; i++) spare[starts[digit(low, high, order[i], shift)]++] = order[i];
    [order, spare] = [spare, order];
  }
  return order;
}

/** Row numbers by ascending value, equal values by ascending row, likewise. */
export function ascendingOrder(values: Float64Array): Uint32Array {
  return descendingOrder(values.map((value) => -value));
}

/** Low and high words of unsigned 64-bit keys that ascend as the values descend. */
function descendingKeys(values: Float64Array): [Uint32Array, Uint32Array] {
  const n = values.length;
  const low = new Uint32Array(n);
  const high = new Uint32Array(n);
  const double = new Float64Array(1);
  const words = new Uint32Array(double.buffer);
  for (let i = 0; i < n; i++) {
    if (Number.isNaN(values[i])) throw new RangeError(`value ${i} is NaN: it has no place in an order`);
    // Adding 0 makes 0 of -0.
    double[0] = values[i] + 0;
    // Negative doubles descend as their bits ascend; positive ones need theirs turned, below the sign.
    const negative = words[1] >>> 31 === 1;
    low[i] = negative ? words[0] : ~words[0];
    high[i] = negative ? words[1] : words[1] ^ 0x7fffffff;
  }
  return [low, high];
}

function digit(low: Uint32Array, high: Uint32Array, i: number, shift: number): number {
  if (shift >= 32) return (high[i] >>> (shift - 32)) & (buckets - 1);
  if (shift + digitBits <= 32) return (low[i] >>> shift) & (buckets - 1);
  return ((low[i] >>> shift) | (high[i] << (32 - shift))) & (buckets - 1);
}
