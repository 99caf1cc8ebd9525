import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  denseFromRows,
  denseMatrix,
  missingPerColumn,
  selectRows,
  toDense,
  toSparse,
} from '../../../src/ml/matrix/feature-matrix.js';
import { selectColumns } from '../../../src/ml/matrix/select-columns.js';

const cell = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.double({ noNaN: true, noDefaultInfinity: true }));
const table = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 6 }))
  .chain(([n, d]) => fc.array(fc.array(cell, { minLength: d, maxLength: d }), { minLength: n, maxLength: n }))
  // A sparse matrix cannot tell -0 from 0.
  .map((rows) => rows.map((row) => row.map((value) => (value === 0 ? 0 : value))));

describe('feature matrices', () => {
  it('survive the way to sparse and back', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const dense = denseFromRows(rows);
        expect(Array.from(toDense(toSparse(dense)).values)).toEqual(Array.from(dense.values));
      }),
    );
  });

  it('select the same rows and columns dense and sparse', () => {
    fc.assert(
      fc.property(table, fc.array(fc.nat(100), { maxLength: 10 }), fc.nat(), (rows, picks, rotate) => {
        const dense = denseFromRows(rows);
        const some = Uint32Array.from(picks, (pick) => pick % rows.length);
        expect(toDense(selectRows(toSparse(dense), some))).toEqual(selectRows(dense, some));
        const d = rows[0].length;
        const columns = Uint32Array.from({ length: d }, (_, j) => (j + rotate) % d).subarray(0, 1 + (rotate % d));
        expect(toDense(selectColumns(toSparse(dense), columns))).toEqual(toDense(selectColumns(dense, columns)));
      }),
    );
  });

  it('select rows in the order asked for, repeats included', () => {
    const X = denseFromRows([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(Array.from(toDense(selectRows(X, Uint32Array.of(2, 0, 2))).values)).toEqual([5, 6, 1, 2, 5, 6]);
    expect(Array.from(toDense(selectRows(toSparse(X), Uint32Array.of(1, 2, 0))).values)).toEqual([3, 4, 5, 6, 1, 2]);
    expect(selectRows(X, Uint32Array.of(0, 1, 2))).toBe(X);
    expect(selectRows(X, Uint32Array.of(0, 1))).not.toBe(X);
    expect(selectRows(X, new Uint32Array(0)).rows).toBe(0);
  });

  it('count missing cells by column', () => {
    const X = denseFromRows([
      [Number.NaN, 1, Number.NaN],
      [0, 1, Number.NaN],
    ]);
    expect(Array.from(missingPerColumn(X))).toEqual([1, 0, 2]);
    expect(() => toSparse(X)).toThrow(/missing/);
  });

  it('refuse shapes that do not fit', () => {
    expect(() => denseFromRows([[1, 2], [3]])).toThrow(/row 1 has 1 cells, expected 2/);
    expect(() => denseMatrix(2, 2, new Float64Array(3))).toThrow(/3 values for 2×2/);
  });

  it('lie on shared buffers, so that threads read them without a copy', () => {
    const X = denseFromRows([
      [0, 1],
      [2, 0],
    ]);
    const sparse = toSparse(X);
    for (const { buffer } of [X.values, sparse.values, sparse.rowStart, sparse.columnIndex]) {
      expect(buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });
});
