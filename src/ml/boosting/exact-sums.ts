/** Bits of a double's significand. */
const significand = 53;

/**
 * Rounds values, in place, to multiples of a power of two so large that sums of any of them are exact, hence the same in
 * any order. With n values up to m in size the unit is at most n·m·2⁻⁵¹. Not for NaN and infinity.
 */
export function makeSumsExact(values: Float64Array): void {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  if (largest === 0) return;
  const exponent = Math.floor(Math.log2(largest)) + 1 + Math.ceil(Math.log2(values.length + 1)) - (significand - 1);
  // Adding and taking away a number of 2^52 units leaves whole units.
  const rounder = 1.5 * 2 ** (exponent + significand - 1);
  for (let i = 0; i < values.length; i++) values[i] = values[i] + rounder - rounder;
}
