import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestCounts, valueGrid } from '../../../src/ml/explanation/value-grid.js';

const cells = fc.array(fc.oneof(fc.constantFrom(0, 0, 0, -0, Number.NaN), fc.integer({ min: -50, max: 50 })), {
  maxLength: 120,
});

describe('the grid of a feature', () => {
  it('has every value where there are few, without missing ones', () => {
    expect([...valueGrid(Float64Array.of(3, 0, 1, -0, Number.NaN, 3), 5)]).toEqual([0, 1, 3]);
    expect(valueGrid(Float64Array.of(Number.NaN), 5).length).toBe(0);
  });

  it('is of quantiles where there are many', () => {
    const column = Float64Array.from({ length: 1000 }, (_, i) => i);
    expect([...valueGrid(column, 5)]).toEqual([99, 299, 499, 699, 899]);
  });

  it('is filled by distinct values where most cells are alike', () => {
    const column = Float64Array.from({ length: 1000 }, (_, i) => (i < 990 ? 0 : i - 989));
    const grid = [...valueGrid(column, 5)];
    expect(grid).toEqual([0, 2, 4, 7, 9]);
  });

  it('is ascending, of values that occur, as many as there are or as are wanted', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 12 }), (column, most) => {
        const present = new Set(column.filter((x) => !Number.isNaN(x)).map((x) => x + 0));
        const grid = [...valueGrid(Float64Array.from(column), most)];
        expect(grid.length).toBe(Math.min(most, present.size));
        expect(grid.every((x, k) => present.has(x) && (k === 0 || x > grid[k - 1]))).toBe(true);
      }),
    );
  });
});

describe('the counts of a grid', () => {
  it('put each cell to the value nearest to it', () => {
    fc.assert(
      fc.property(cells, fc.uniqueArray(fc.integer({ min: -60, max: 60 }), { minLength: 1 }), (column, values) => {
        const grid = Float64Array.from(values).sort();
        const expected = new Uint32Array(grid.length);
        for (const x of column) {
          if (Number.isNaN(x)) continue;
          const distances = [...grid].map((value) => Math.abs(value - x));
          expected[distances.indexOf(Math.min(...distances))]++;
        }
        expect(nearestCounts(Float64Array.from(column), grid)).toEqual(expected);
      }),
    );
    expect([...nearestCounts(Float64Array.of(1), new Float64Array(0))]).toEqual([]);
  });
});
