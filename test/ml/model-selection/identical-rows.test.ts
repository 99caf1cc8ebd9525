import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseFromRows, type FeatureMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { firstIdentical, repeatedRows } from '../../../src/ml/model-selection/identical-rows.js';

/** By comparing every row with every row before it. */
function byComparison(rows: readonly (readonly number[])[]): number[] {
  const key = (row: readonly number[]): string => row.map((value) => String(value + 0)).join();
  return rows.map((row) => rows.findIndex((other) => key(other) === key(row)));
}

describe('firstIdentical', () => {
  const cell = fc.constantFrom(0, -0, 1, 2, 0.5, 1e300);

  it('finds the first row with the same cells, dense and sparse', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 40 }), (rows) => {
        const X: FeatureMatrix = denseFromRows(rows);
        const expected = byComparison(rows);
        expect([...firstIdentical(X)]).toEqual(expected);
        expect([...firstIdentical(toSparse(X))]).toEqual(expected);
      }),
    );
  });

  it('takes missing cells for equal, and cells in other columns for different', () => {
    const X = denseFromRows([
      [1, Number.NaN],
      [1, Number.NaN],
      [Number.NaN, 1],
      [0, 1],
      [1, 0],
    ]);
    expect([...firstIdentical(X)]).toEqual([0, 0, 2, 3, 4]);
  });

  it('counts what stands on both sides', () => {
    const identical = Uint32Array.from([0, 0, 2, 3, 2, 5]);
    expect(repeatedRows(identical, Uint32Array.from([1, 3, 5]), Uint32Array.from([0, 2, 4]))).toBe(1);
    expect(repeatedRows(identical, Uint32Array.from([2]), Uint32Array.from([4, 0]))).toBe(1);
    expect(repeatedRows(identical, Uint32Array.from([0, 2]), Uint32Array.from([3, 5]))).toBe(0);
  });
});
