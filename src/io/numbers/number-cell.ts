import { decimalToDouble, exactPowers } from './decimal.js';
import { skipExponent, typedExponent } from './exponent.js';
import { readLongNumber } from './long-number.js';

const zero = 48;
const nine = 57;
const point = 46;
const minus = 45;
const plus = 43;

/**
 * Reads the decimal number that begins at `start`, writes its double (bit-identical to `Number()`) to `out[at]` and
 * returns the position after its last character. Returns -1 and writes nothing where no number begins (a blank, a
 * quote, a word) and where only `Number()` can tell its double; `readOddCell` is for those.
 *
 * The grammar is `[+-]digits[.digits][e[+-]digits]`, with a digit on at least one side of the point. At or after every
 * number `bytes` must hold a byte that is no part of one, such as a line feed.
 */
export function readNumber(bytes: Uint8Array, start: number, out: Float64Array, at: number): number {
  let p = start;
  let byte = bytes[p];
  const negative = byte === minus;
  if (negative || byte === plus) byte = bytes[++p];
  let digitsFrom = p;
  while (byte === zero) byte = bytes[++p];
  // Significant digits go to two whole numbers of up to nine digits: 32-bit arithmetic, exact. Whether the point comes
  // before, inside or after them only shifts the end of the window and the exponent.
  let first = 0;
  let windowEnd = p + 9;
  let fractionFrom = -1;
  while (byte >= zero && byte <= nine && p < windowEnd) {
    first = (Math.imul(first, 10) + (byte - zero)) | 0;
    byte = bytes[++p];
  }
  if (byte === point) {
    byte = bytes[++p];
    fractionFrom = p;
    digitsFrom++;
    if (first === 0) {
      while (byte === zero) byte = bytes[++p];
      windowEnd = p + 9;
    } else windowEnd++;
    while (byte >= zero && byte <= nine && p < windowEnd) {
      first = (Math.imul(first, 10) + (byte - zero)) | 0;
      byte = bytes[++p];
    }
  }
  let second = 0;
  let secondDigits = 0;
  if (p === windowEnd) {
    let secondFrom = p;
    windowEnd = p + 9;
    while (byte >= zero && byte <= nine && p < windowEnd) {
      second = (Math.imul(second, 10) + (byte - zero)) | 0;
      byte = bytes[++p];
    }
    if (byte === point && fractionFrom < 0) {
      byte = bytes[++p];
      fractionFrom = p;
      digitsFrom++;
      secondFrom++;
      windowEnd++;
      while (byte >= zero && byte <= nine && p < windowEnd) {
        second = (Math.imul(second, 10) + (byte - zero)) | 0;
        byte = bytes[++p];
      }
    }
    secondDigits = p - secondFrom;
    if ((byte >= zero && byte <= nine) || byte === point) return readLongNumber(bytes, start, out, at);
  }
  if (p === digitsFrom) return -1;
  const exponent = fractionFrom < 0 ? 0 : fractionFrom - p;
  let value: number;
  if (byte === 101 || byte === 69) {
    const end = skipExponent(bytes, p);
    if (end < 0) return -1;
    value = decimalToDouble(first, second, secondDigits, exponent + typedExponent(bytes, p));
    p = end;
  } else if (secondDigits === 0 && exponent >= -22) value = first / exactPowers[-exponent];
  else value = decimalToDouble(first, second, secondDigits, exponent);
  if (Number.isNaN(value)) return -1;
  out[at] = negative ? -value : value;
  return p;
}
