import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNumber } from '../../../src/io/numbers/number-cell.js';

/** Reads `text` followed by a comma; undefined where the fast way leaves the cell to the slow one. */
function read(text: string): number | undefined {
  const bytes = new TextEncoder().encode(`${text},\n`);
  const out = new Float64Array([Number.NaN]);
  const end = readNumber(bytes, 0, out, 0);
  if (end < 0) return undefined;
  expect(end).toBe(text.length);
  return out[0];
}

/** Bit-identical to Number(), or left to the slow way. */
function expectExact(text: string): number | undefined {
  const value = read(text);
  if (value !== undefined) expect(Object.is(value, Number(text)), `${text}: ${value}`).toBe(true);
  return value;
}

const digit = fc.constantFrom(...'0123456789');
const digits = (min: number, max: number) => fc.string({ unit: digit, minLength: min, maxLength: max });
const sign = fc.constantFrom('', '-', '+');
const exponent = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom('e', 'E'), sign, fc.integer({ min: 0, max: 340 })).map((parts) => parts.join('')),
);

describe('readNumber', () => {
  it('equals Number() on every shape of digits', () => {
    const decimal = fc.tuple(
      sign,
      digits(1, 22),
      fc.oneof(
        fc.constant(''),
        digits(0, 22).map((d) => `.${d}`),
      ),
      exponent,
    );
    fc.assert(
      fc.property(decimal, (parts) => {
        expectExact(parts.join(''));
      }),
      { numRuns: 20_000 },
    );
  });

  it('equals Number() on the shortest text of random doubles, and decides nearly all', () => {
    let decided = 0;
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e250, max: 1e250 }), (value) => {
        const text = String(value);
        if (expectExact(text) !== undefined || Math.abs(value) < 1e-240) decided++;
      }),
      { numRuns: 20_000 },
    );
    expect(decided).toBeGreaterThan(19_900);
  });

  it('equals Number() on 17, 18, 19 and more digits of random doubles', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: 1e-30, max: 1e30 }),
        fc.integer({ min: 15, max: 27 }),
        (value, precision) => {
          expectExact(value.toPrecision(precision));
          expectExact(value.toExponential(precision - 1));
        },
      ),
      { numRuns: 20_000 },
    );
  });

  it('never decides wrongly halfway between two doubles, or next to it', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }),
        fc.integer({ min: -60, max: 60 }),
        (mantissa, shift) => {
          // (2·mantissa + 1)·2^(shift - 1) lies exactly between two doubles.
          const tie = exactDecimal(2n * mantissa + 1n, shift - 1);
          for (const text of [tie, `${tie}1`, nudgedDown(tie), tie.slice(0, 18), tie.slice(0, 19), tie.slice(0, 27)]) {
            expectExact(text);
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it.each([
    '0',
    '-0',
    '+0',
    '00',
    '007',
    '0.0',
    '-0.0',
    '.5',
    '5.',
    '-.5',
    '+5',
    '1e5',
    '1E+05',
    '1e-5',
    '0e999',
    '0.000e-999',
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '9007199254740995',
    '900719925474099267',
    '9007199254740993.0',
    '9007199254740993.0000000000001',
    '0.1',
    '0.3',
    '123456789',
    '1234567890',
    '123456789.5',
    '12345678.95',
    '123456789.123456789',
    '123456789012345678',
    '123456789012345678.',
    '0.000000000000000000000001',
    '1.7976931348623157e308',
    '4.9e-324',
    '2.2250738585072011e-308',
    '2.2250738585072012e-308',
    '5e-324',
    '1e22',
    '1e23',
    '8.5e22',
    '3.0e-23',
    '0.123456789012345678901234567',
    '100000000000000000000000000',
    '99999999999999999999.9',
    '1448997445238699',
    '6929495644600919.5',
    '3.518437208883201171875e13',
    '1e-270',
    '1e-271',
    '1e243',
    '9.5e-23',
  ])('%s', (text) => {
    expectExact(text);
  });

  it.each(['', '.', '-', '+', '-.', 'e5', '.e5', '1e', '1e+', '"1"', ' 1', 'abc', 'NaN', 'inf', '?', '--1', '+-1'])(
    'begins no number: %j',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it.each([
    ['0x10', 1],
    ['1_000', 1],
    ['1.2.3', 3],
    ['5 ', 1],
    ['1e5x', 3],
    ['12-3', 2],
    ['0b1', 1],
    ['1e5.5', 3],
  ])('stops before what belongs to no number: %s', (text, stop) => {
    const out = new Float64Array(1);
    expect(readNumber(new TextEncoder().encode(`${text},`), 0, out, 0)).toBe(stop);
  });

  it('leaves infinite numbers to the slow way', () => {
    expect(read('1e309')).toBeUndefined();
    expect(read('1e999999999999999999')).toBeUndefined();
  });
});

/** `coefficient`·2^power in decimal digits, exactly. */
function exactDecimal(coefficient: bigint, power: number): string {
  if (power >= 0) return String(coefficient << BigInt(power));
  // coefficient / 2^k = coefficient·5^k / 10^k.
  const places = -power;
  const text = String(coefficient * 5n ** BigInt(places)).padStart(places + 1, '0');
  return `${text.slice(0, -places)}.${text.slice(-places)}`;
}

/** A number a little below the one that `text` says. */
function nudgedDown(text: string): string {
  const last = Number(text.at(-1));
  return last === 0 ? text : `${text.slice(0, -1)}${last - 1}9`;
}
