import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { type BinnedColumn, binColumns, groupIntoCells, maxCells } from '../../../src/ml/trees/binning.js';
import { packColumns, unpackColumns } from '../../../src/ml/trees/packed-columns.js';
import { exactWeights } from '../../../src/ml/trees/exact-weights.js';

const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, -0, 1) },
  fc.integer({ min: -5, max: 5 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const table = fc
  .tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 4 }))
  .chain(([n, d]) => fc.array(fc.array(value, { minLength: d, maxLength: d }), { minLength: n, maxLength: n }));

/** The code of each row, from the codes or from the list. */
function codesOf(column: BinnedColumn, n: number): number[] {
  if (column.codes) return Array.from(column.codes);
  const codes = new Array<number>(n).fill(column.list?.commonCode ?? -1);
  column.list?.rows.forEach((row, e) => {
    codes[row] = column.list?.codes[e] ?? -1;
  });
  return codes;
}

describe('binColumns', () => {
  it('names exactly the value of each cell, in the order of the values, dense and sparse alike', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const X = denseFromRows(rows);
        for (const matrix of [X, toSparse(X)]) {
          const columns = binColumns(matrix, 0, X.columns);
          columns.forEach((column, j) => {
            const codes = codesOf(column, rows.length);
            codes.forEach((code, i) => expect(column.low[code] + 0).toBe(rows[i][j] + 0));
            expect(column.high).toBe(column.low);
            for (let c = 1; c < column.low.length; c++) expect(column.low[c]).toBeGreaterThan(column.low[c - 1]);
          });
        }
      }),
    );
  });

  it('keeps in its list exactly the rows outside the commonest cell', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const X = denseFromRows(rows);
        for (const matrix of [X, toSparse(X)]) {
          for (const { codes, list } of binColumns(matrix, 0, X.columns)) {
            if (!codes || !list) continue;
            const others = Array.from(codes.keys()).filter((i) => codes[i] !== list.commonCode);
            const listed = Array.from(list.rows).filter(
              (row, e) => list.codes[e] !== list.commonCode || codes[row] < 0,
            );
            expect(listed).toEqual(others);
            list.rows.forEach((row, e) => expect(list.codes[e]).toBe(codes[row]));
          }
        }
      }),
    );
  });

  it('packs columns for the threads and unpacks the same', () => {
    fc.assert(
      fc.property(table, fc.boolean(), (rows, keepCodes) => {
        const X = denseFromRows(rows);
        for (const matrix of [X, toSparse(X)]) {
          const columns = binColumns(matrix, 0, X.columns, keepCodes);
          const unpacked = unpackColumns(packColumns(columns));
          expect(unpacked).toEqual(columns);
          unpacked.forEach(({ low, high }) => expect(high).toBe(low));
        }
      }),
    );
  });

  it('bins a part of the columns as it bins all', () => {
    const X = denseFromRows([
      [1, 5, 0],
      [2, 5, 0],
      [0, 4, 7],
    ]);
    for (const matrix of [X, toSparse(X)]) {
      expect(binColumns(matrix, 1, 3)).toEqual(binColumns(matrix, 0, 3).slice(1));
    }
  });

  it('shares cells among neighbours where there are more values than codes', () => {
    const n = maxCells + 5000;
    const X = denseFromRows(Array.from({ length: n }, (_, i) => [(i * 7919) % n]));
    const [column] = binColumns(X, 0, 1);
    const codes = codesOf(column, n);
    codes.forEach((code, i) => {
      expect(X.values[i] >= column.low[code] && X.values[i] <= column.high[code]).toBe(true);
    });
    expect(column.low.length).toBeLessThanOrEqual(maxCells);
    expect(column.low.length).toBeGreaterThan(maxCells / 2);
    for (let c = 1; c < column.low.length; c++) expect(column.low[c] > column.high[c - 1]).toBe(true);
    expect(unpackColumns(packColumns([column]))).toEqual([column]);
  });
});

describe('groupIntoCells', () => {
  it('makes at most `limit` consecutive cells, none of which holds much more than its share and one value', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 40 }), (rows, limit) => {
        const total = rows.reduce((sum, count) => sum + count, 0);
        const cells = Uint32Array.from(rows);
        groupIntoCells(cells, total, limit, cells);
        expect(cells[0]).toBe(0);
        for (let r = 1; r < cells.length; r++) expect([0, 1]).toContain(cells[r] - cells[r - 1]);
        expect(cells[cells.length - 1]).toBeLessThan(limit);
        const held = new Map<number, number>();
        rows.forEach((count, r) => held.set(cells[r], (held.get(cells[r]) ?? 0) + count));
        for (const count of held.values()) expect(count).toBeLessThanOrEqual(total / limit + Math.max(...rows));
      }),
    );
  });
});

describe('exactWeights', () => {
  it('makes sums that do not depend on the order, and moves no weight by more than it says', () => {
    const weights = fc.array(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(weights, (listed) => {
        const exact = exactWeights(Float64Array.from(listed));
        const sum = exact.reduce((total, weight) => total + weight, 0);
        expect(exact.toReversed().reduce((total, weight) => total + weight, 0)).toBe(sum);
        expect(exact.toSorted().reduce((total, weight) => total + weight, 0)).toBe(sum);
        const scale = 2 ** Math.floor(Math.log2(Math.max(...listed)));
        exact.forEach((weight, i) => {
          expect(weight).toBeGreaterThan(0);
          expect(Math.abs(weight - listed[i] / scale)).toBeLessThanOrEqual(listed.length * 2 ** -49);
        });
      }),
    );
  });

  it('leaves whole numbers in their proportions', () => {
    expect(Array.from(exactWeights(Float64Array.of(1, 3, 2)))).toEqual([0.5, 1.5, 1]);
  });
});
