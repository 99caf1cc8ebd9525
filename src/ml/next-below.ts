/** The largest double less than a finite `value`. */
export function nextBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  const bits = new BigInt64Array(1);
  const double = new Float64Array(bits.buffer);
  double[0] = value;
  bits[0] += value > 0 ? -1n : 1n;
  return double[0];
}
