import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseFromRows, toDense, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { columnOf, withCells, withColumn } from '../../../src/ml/matrix/replace-column.js';

const cell: fc.Arbitrary<number> = fc.constantFrom(0, 0, 1, -2);
const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });

describe('a replaced column', () => {
  it('holds the new cells in the chosen rows, dense and sparse alike', () => {
    fc.assert(
      fc.property(table, fc.nat(2), fc.array(fc.tuple(fc.nat(), cell), { maxLength: 10 }), (rows, j, wanted) => {
        const X = denseFromRows(rows);
        const chosen = Uint32Array.from(wanted, ([row]) => row % rows.length);
        const cells = Float64Array.from(wanted, ([, x]) => x);
        const expected = [...chosen].map((row, k) => rows[row].with(j, cells[k])).flat();
        const dense = withColumn(X, chosen, j, cells);
        const sparse = withColumn(toSparse(X), chosen, j, cells);
        expect([...dense.values]).toEqual(expected);
        expect([...toDense(sparse).values]).toEqual(expected);
        expect(sparse.values.every((x) => x !== 0)).toBe(true);
        expect([...columnOf(sparse, j)]).toEqual([...cells]);
        expect([...columnOf(dense, j)]).toEqual([...cells]);
      }),
    );
  });
});

describe('replaced cells', () => {
  it('give a copy of the row for each list, dense and sparse alike', () => {
    const lists = fc.array(fc.array(fc.record({ column: fc.nat(2), value: cell }), { maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(table, fc.nat(), lists, (rows, at, variants) => {
        const row = at % rows.length;
        const expected = variants.flatMap((cells) =>
          cells.reduce<number[]>((copy, { column, value }) => copy.with(column, value), [...rows[row]]),
        );
        const X = denseFromRows(rows);
        expect([...withCells(X, row, variants).values]).toEqual(expected);
        const sparse = withCells(toSparse(X), row, variants);
        expect([...toDense(sparse).values]).toEqual(expected);
        expect(sparse.values.every((x) => x !== 0)).toBe(true);
      }),
    );
  });
});
