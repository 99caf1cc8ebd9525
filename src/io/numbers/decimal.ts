/**
 * Largest |exponent| for which the double-double arithmetic below neither overflows nor loses bits to subnormals,
 * with coefficients up to 10^27.
 */
const widestExponent = 270;
const splitter = 134217729;
/** Twice the proven bound on the relative error of the product (2^-102), with room for the rounding of the test. */
const uncertainty = 2 ** -98;

/** For 10^e: the nearest double, its upper and lower half (Veltkamp), and what the double leaves over. */
const wordsPerPower = 4;
const powers = new Float64Array((2 * widestExponent + 1) * wordsPerPower);

/** 10^0 … 10^22, each exactly a double. */
export const exactPowers = Float64Array.from({ length: 23 }, (_, e) => Number(`1e${e}`));

/**
 * The double nearest to ±(first·10^secondDigits + second)·10^exponent, ties to even: exactly what `Number()` makes of
 * the same digits. `first` and `second` are whole numbers below 10^9. NaN where this arithmetic cannot decide
 * (about one random number in 2^44, and every tie): then the text must go through `Number()`.
 *
 * Up to 2^53 by a power of ten up to 10^22 both factors are exact and one operation rounds once (Clinger 1990). Beyond,
 * the product of coefficient and power is computed as an unevaluated sum of two doubles (Dekker 1971), with a relative
 * error below 2^-102, and accepted when both ends of that interval round to the same double.
 */
export function decimalToDouble(first: number, second: number, secondDigits: number, exponent: number): number {
  const shifted = first * exactPowers[secondDigits];
  // Exact: `shifted` has at most 51 significant bits, and it is 0 or larger than `second`.
  const high = shifted + second;
  const low = second - (high - shifted);
  // One rounded addition: nothing more to decide.
  if (exponent === 0) return high;
  if (low === 0 && high <= 9007199254740992) {
    if (exponent < 0 && exponent >= -22) return high / exactPowers[-exponent];
    if (exponent > 0 && exponent <= 22) return high * exactPowers[exponent];
  }
  return high === 0 ? 0 : scaled(high, low, exponent);
}

/** (high + low)·10^exponent rounded once, or NaN where undecided; high > 0, |low| <= ulp(high) / 2. */
export function scaled(high: number, low: number, exponent: number): number {
  if (exponent < -widestExponent || exponent > widestExponent) return Number.NaN;
  const at = (exponent + widestExponent) * wordsPerPower;
  if (powers[at] === 0) fillPower(exponent, at);
  const power = powers[at];
  const powerUpper = powers[at + 1];
  const powerLower = powers[at + 2];
  const product = high * power;
  const spread = splitter * high;
  const upper = spread - (spread - high);
  const lower = high - upper;
  const lost = upper * powerUpper - product + upper * powerLower + lower * powerUpper + lower * powerLower;
  const rest = lost + (high * powers[at + 3] + low * power);
  const margin = product * uncertainty;
  const value = product + (rest - margin);
  return value === product + (rest + margin) ? value : Number.NaN;
}

/** Computes 10^exponent as a sum of two doubles, in whole numbers, when it is first needed. */
function fillPower(exponent: number, at: number): void {
  const power = Number(`1e${exponent}`);
  const upper = splitter * power - (splitter * power - power);
  powers[at] = power;
  powers[at + 1] = upper;
  powers[at + 2] = power - upper;
  powers[at + 3] = remainderOfPower(power, exponent);
}

/** 10^exponent - power, as a double. */
function remainderOfPower(power: number, exponent: number): number {
  const [mantissa, binaryExponent] = wholeMantissa(power);
  // 10^exponent - mantissa·2^binaryExponent as a fraction of whole numbers.
  let numerator = 1n;
  let denominator = 1n;
  let double = mantissa;
  if (exponent >= 0) numerator = 10n ** BigInt(exponent);
  else denominator = 10n ** BigInt(-exponent);
  if (binaryExponent >= 0) double <<= BigInt(binaryExponent);
  else {
    numerator <<= BigInt(-binaryExponent);
    double *= denominator;
    denominator <<= BigInt(-binaryExponent);
  }
  if (binaryExponent >= 0) double *= denominator;
  const difference = numerator - double;
  if (difference === 0n) return 0;
  // 80 bits of quotient are more than a double needs; the scale keeps the conversion inside its range.
  const size = (n: bigint): number => (n < 0n ? -n : n).toString(2).length;
  const shift = 80 - (size(difference) - size(denominator));
  const quotient =
    shift >= 0 ? (difference << BigInt(shift)) / denominator : difference / (denominator << BigInt(-shift));
  const half = Math.trunc(shift / 2);
  return Number(quotient) / 2 ** half / 2 ** (shift - half);
}

/** Whole mantissa and binary exponent of a positive normal double. */
function wholeMantissa(value: number): [mantissa: bigint, exponent: number] {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  return [(word & ((1n << 52n) - 1n)) | (1n << 52n), Number(word >> 52n) - 1075];
}
