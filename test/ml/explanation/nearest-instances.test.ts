import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featureDifferences, nearestRows, unitsOf } from '../../../src/ml/explanation/nearest-instances.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';

const everyRow = (rows: number): Uint32Array => Uint32Array.from({ length: rows }, (_, i) => i);

/** Rows of few values, so that equal rows and equal distances occur. */
const table = fc.record({ d: fc.integer({ min: 1, max: 5 }), n: fc.integer({ min: 1, max: 20 }) }).chain(({ d, n }) =>
  fc.array(fc.array(fc.constantFrom(0, 0, 1, 2.5, -3), { minLength: d, maxLength: d }), {
    minLength: n + 1,
    maxLength: n + 1,
  }),
);

/** The definition: every distance, one row for those that are equal. */
function plainNearest(rows: number[][], instance: number[], units: Float64Array, count: number) {
  const squared = rows.map((row) => row.reduce((sum, x, j) => sum + ((x - instance[j]) * units[j]) ** 2, 0));
  const first = rows.map((row) => rows.findIndex((other) => other.every((x, j) => x === row[j])));
  return [...rows.keys()]
    .filter((i) => first[i] === i)
    .sort((a, b) => squared[a] - squared[b] || a - b)
    .slice(0, count)
    .map((row) => ({ row, alike: first.filter((i) => i === row).length, distance: Math.sqrt(squared[row]) }));
}

describe('the unit of a feature', () => {
  it('is a population standard deviation over the rows asked for, whatever the offset', () => {
    const X = denseFromRows([
      [1e9 + 1, 7, 0],
      [1e9 + 2, 7, Number.NaN],
      [1e9 + 3, 7, 4],
      [99, 99, 99],
    ]);
    const units = unitsOf(X, Uint32Array.of(0, 1, 2));
    expect(units[0]).toBeCloseTo(Math.sqrt(1.5), 9);
    expect(units[1]).toBe(0);
    expect(units[2]).toBe(0.5);
  });

  it('is the same of a sparse matrix, whose empty cells are 0', () => {
    const X = denseFromRows([
      [0, 2],
      [0, 0],
      [3, 0],
      [0, 2],
    ]);
    const [dense, sparse] = [unitsOf(X, everyRow(4)), unitsOf(toSparse(X), everyRow(4))];
    expect(sparse[0]).toBeCloseTo(dense[0], 12);
    expect(sparse[1]).toBeCloseTo(1, 12);
  });
});

describe('the nearest rows', () => {
  it('are those of the definition, dense and sparse alike', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 6 }), ([instance, ...rows], count) => {
        const X = denseFromRows(rows);
        const units = unitsOf(X, everyRow(rows.length));
        const found = nearestRows(X, Float64Array.from(instance), units, everyRow(rows.length), count);
        const expected = plainNearest(rows, instance, units, count);
        expect(found.map(({ row, alike }) => [row, alike])).toEqual(expected.map(({ row, alike }) => [row, alike]));
        found.forEach(({ distance }, k) => expect(distance).toBeCloseTo(expected[k].distance, 9));
        expect(nearestRows(toSparse(X), Float64Array.from(instance), units, everyRow(rows.length), count)).toEqual(
          found,
        );
      }),
    );
  });

  it('count a value missing on one side as one standard deviation, on both as none', () => {
    const X = denseFromRows([
      [Number.NaN, 0],
      [5, Number.NaN],
      [5, 1],
    ]);
    const found = nearestRows(X, Float64Array.of(5, Number.NaN), Float64Array.of(10, 1), everyRow(3), 3);
    expect(found.map(({ row, distance }) => [row, distance])).toEqual([
      [1, 0],
      [2, 1],
      [0, Math.SQRT2],
    ]);
    const differences = featureDifferences(X, 0, Float64Array.of(5, Number.NaN), Float64Array.of(10, 1));
    expect(differences).toEqual([
      { feature: 0, difference: Number.NaN },
      { feature: 1, difference: Number.NaN },
    ]);
  });

  it('are none of nothing, and those searched only', () => {
    const X = denseFromRows([[0], [1], [2]]);
    const units = Float64Array.of(1);
    expect(nearestRows(X, Float64Array.of(0), units, new Uint32Array(0), 3)).toEqual([]);
    expect(nearestRows(X, Float64Array.of(0), units, Uint32Array.of(2, 1), 1)).toEqual([
      { row: 1, alike: 1, distance: 1 },
    ]);
  });
});

describe('what differs', () => {
  it('comes by its share of the distance, in standard deviations with their sign', () => {
    const X = denseFromRows([[3, 5, 1, 8]]);
    const instance = Float64Array.of(1, 5, 4, 0);
    // The last feature does not vary where units were taken: nothing learns from it.
    const units = Float64Array.of(1, 1, 2, 0);
    for (const matrix of [X, toSparse(X)]) {
      expect(featureDifferences(matrix, 0, instance, units)).toEqual([
        { feature: 2, difference: -6 },
        { feature: 0, difference: 2 },
      ]);
    }
  });
});
