import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { separatingColumns } from '../../../src/ml/statistics/separating-columns.js';

const label = Int8Array.from([0, 1, 0, 1, -1]);

it('finds the columns that tell the labels apart without an error, either way round', () => {
  const X = denseFromRows([
    [1, 0, 5, 2, Number.NaN],
    [3, 0, -4, 2, 1],
    [2, 1, 6, 3, 0],
    [4, 1, -3, 3, Number.NaN],
    [0, 0, 0, 0, 0],
  ]);
  expect(separatingColumns(X, label)).toEqual([
    { column: 0, lower: 0, between: [2, 3] },
    { column: 2, lower: 1, between: [-3, 5] },
    { column: 4, lower: 0, between: [0, 1] },
  ]);
});

it('finds nothing where a label has no row or no value', () => {
  const X = denseFromRows([[Number.NaN], [1], [Number.NaN], [2], [3]]);
  expect(separatingColumns(X, label)).toEqual([]);
  expect(separatingColumns(denseFromRows([[1], [2]]), Int8Array.from([1, 1]))).toEqual([]);
});

it('agrees with the definition, dense and sparse', () => {
  const cell = fc.integer({ min: -2, max: 2 });
  const rows = fc.array(fc.tuple(fc.array(cell, { minLength: 3, maxLength: 3 }), fc.constantFrom(0, 1, -1)), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(rows, (drawn) => {
      const X = denseFromRows(drawn.map(([cells]) => cells));
      const sides = Int8Array.from(drawn, ([, side]) => side);
      const expected = [0, 1, 2].flatMap((j) => {
        const of = (side: number) => drawn.filter(([, s]) => s === side).map(([cells]) => cells[j]);
        const [benign, malicious] = [of(0), of(1)];
        if (benign.length === 0 || malicious.length === 0) return [];
        if (Math.max(...benign) < Math.min(...malicious)) return [{ column: j, lower: 0 }];
        return Math.max(...malicious) < Math.min(...benign) ? [{ column: j, lower: 1 }] : [];
      });
      for (const matrix of [X, toSparse(X)]) {
        expect(separatingColumns(matrix, sides).map(({ column, lower }) => ({ column, lower }))).toEqual(expected);
      }
    }),
  );
});
