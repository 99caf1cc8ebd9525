const zero = 48;
const nine = 57;
const minus = 45;
const plus = 43;

/** The position after the exponent whose `e` is at `start`, or -1 if it has no digit. */
export function skipExponent(bytes: Uint8Array, start: number): number {
  let p = start + 1;
  if (bytes[p] === minus || bytes[p] === plus) p++;
  const digitsFrom = p;
  while (bytes[p] >= zero && bytes[p] <= nine) p++;
  return p === digitsFrom ? -1 : p;
}

/** The value of the exponent whose `e` is at `start`, capped far beyond where every double is 0 or infinite. */
export function typedExponent(bytes: Uint8Array, start: number): number {
  let p = start + 1;
  const negative = bytes[p] === minus;
  if (negative || bytes[p] === plus) p++;
  let exponent = 0;
  for (; bytes[p] >= zero && bytes[p] <= nine; p++)
    if (exponent < 100_000_000) exponent = exponent * 10 + bytes[p] - zero;
  return negative ? -exponent : exponent;
}
