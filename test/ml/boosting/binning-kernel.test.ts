import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { codesInBlocks, mostSorted, sortNumbers } from '../../../src/ml/boosting/binning-kernel.js';
import { codeOf, findBins } from '../../../src/ml/boosting/feature-bins.js';
import { denseMatrix } from '../../../src/ml/matrix/feature-matrix.js';
import { randomStream } from '../../../src/ml/random/stream.js';

const extremes = [0, 5e-324, -5e-324, 1e308, -1e308, 1, -1, 2 ** 53, -(2 ** 53)];

test('numbers are sorted as the engine sorts them, many and few, of any size and sign', () => {
  const stream = randomStream(2, 'sorting');
  for (const length of [0, 1, 5, 2047, 2048, 5000, mostSorted]) {
    const values = Float64Array.from({ length }, (_, i) =>
      i % 50 === 0 ? extremes[stream.below(extremes.length)] : (stream.float() - 0.5) * 10 ** (stream.below(40) - 20),
    );
    const expected = values.slice().sort();
    sortNumbers(values);
    expect(values).toEqual(expected);
  }
  const alike = new Float64Array(3000).fill(-7.5);
  sortNumbers(alike);
  expect(alike.every((value) => value === -7.5)).toBe(true);
});

test('the code of each cell is the number of cuts below it, wherever its block puts it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 12 }),
      fc.boolean(),
      (columns, rows, values, missing) => {
        const cells = Float64Array.from({ length: rows * columns }, (_, at) =>
          missing && at % 7 === 3 ? Number.NaN : values[(at * 5) % values.length],
        );
        const { cuts } = findBins(denseMatrix(rows, columns, cells), 255, 0);
        const codes = codesInBlocks(cells, rows, columns, cuts);
        expect(codes.length).toBe(4 * rows * Math.ceil(columns / 4));
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j < 4 * Math.ceil(columns / 4); j++) {
            const value = cells[i * columns + j];
            const code = j >= columns ? 0 : Number.isNaN(value) ? cuts[j].length + 1 : codeOf(cuts[j], value);
            expect(codes[4 * ((j >> 2) * rows + i) + (j & 3)]).toBe(code);
          }
        }
      },
    ),
  );
});

test('254 cuts have 255 codes, over several tiles of rows', () => {
  const cuts = Float64Array.from({ length: 254 }, (_, k) => k + 0.5);
  const rows = 10_000;
  const values = Float64Array.from({ length: rows }, (_, i) => (i % 17 === 0 ? Number.NaN : (i % 300) - 20));
  const codes = codesInBlocks(values, rows, 1, [cuts]);
  const expected = Array.from(values, (value) => (Number.isNaN(value) ? 255 : Math.min(254, Math.max(0, value))));
  expect(Array.from({ length: rows }, (_, i) => codes[4 * i])).toEqual(expected);
});
