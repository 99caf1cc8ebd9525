import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { orderedRows } from '../../../src/ml/neighbours/ordered-rows.js';

const cell = fc.constantFrom(-2, -1, 0, 0, 0, 1, 3);

describe('rows in an order of their own', () => {
  it('are ordered by their cells as numbers, dense or sparse, from whatever order they come', () => {
    const rows = fc.uniqueArray(fc.array(cell, { minLength: 4, maxLength: 4 }), {
      selector: (r) => r.join(),
      minLength: 1,
    });
    fc.assert(
      fc.property(rows, (given) => {
        const X = denseMatrix(given.length, 4, Float64Array.from(given.flat()));
        const all = Uint32Array.from(given.keys());
        const expected = [...given].sort((a, b) => {
          const j = a.findIndex((value, at) => value !== b[at]);
          return j < 0 ? 0 : a[j] - b[j];
        });
        for (const matrix of [X, toSparse(X)]) {
          for (const from of [all, all.toReversed()]) {
            expect(Array.from(orderedRows(matrix, from), (row) => given[row])).toStrictEqual(expected);
          }
        }
      }),
    );
  });
});
