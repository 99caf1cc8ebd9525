import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featureStandings } from '../../../src/ml/explanation/surprise.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';

const rowsOf = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, i) => i);

/** Standings of a single feature. */
function standing(value: number, group: readonly number[]) {
  const X = denseFromRows(group.length > 0 ? group.map((cell) => [cell]) : [[0]]);
  const { count, mean, standardDeviation, zScore, percentile, unusualness } = featureStandings(
    X,
    Float64Array.of(value),
    rowsOf(group.length),
  );
  return {
    count: count[0],
    mean: mean[0],
    standardDeviation: standardDeviation[0],
    zScore: zScore[0],
    percentile: percentile[0],
    unusualness: unusualness[0],
  };
}

describe('standings of features', () => {
  it('are those of the textbook', () => {
    const found = standing(4, [1, 2, 4, 4, 9, Number.NaN]);
    expect(found.count).toBe(5);
    expect(found.mean).toBe(4);
    expect(found.standardDeviation).toBeCloseTo(Math.sqrt(38 / 4), 12);
    expect(found.zScore).toBe(0);
    expect(found.percentile).toBe(60);
    expect(standing(9, [1, 2, 4, 4, 9]).unusualness).toBeCloseTo(-Math.log10((2 * 1.5) / 6), 8);
    expect(standing(10, [1, 2, 4, 4, 9]).unusualness).toBeCloseTo(-Math.log10(1 / 6), 8);
    expect(standing(0, [1, 2, 4, 4, 9]).percentile).toBe(0);
  });

  const cell = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 0, 0, 1, 2, -1, 0.5) },
    { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }) },
  );
  const columns = 4;
  const row = fc.array(cell, { minLength: columns, maxLength: columns });

  it('are the same by definition, dense and sparse', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), row, fc.array(fc.nat()), (cells, instance, drawn) => {
        const X = denseFromRows(cells);
        const rows = Uint32Array.from(new Set(drawn.map((i) => i % cells.length)));
        const x = Float64Array.from(instance);
        const dense = featureStandings(X, x, rows);
        const sparse = featureStandings(toSparse(X), x, rows);
        for (let j = 0; j < columns; j++) {
          const values = Array.from(rows, (i) => cells[i][j]);
          const n = values.length;
          for (const { count, mean, standardDeviation, percentile } of [dense, sparse]) {
            const expected = values.reduce((total, v) => total + v, 0) / n;
            const squares = values.reduce((total, v) => total + (v - expected) ** 2, 0);
            const scale = Math.max(1, ...values.map(Math.abs));
            expect(count[j]).toBe(n);
            if (n === 0) expect(mean[j]).toBeNaN();
            else expect(Math.abs(mean[j] - expected) / scale).toBeLessThan(1e-12);
            if (n < 2) expect(standardDeviation[j]).toBeNaN();
            else expect(Math.abs(standardDeviation[j] - Math.sqrt(squares / (n - 1))) / scale).toBeLessThan(1e-7);
            const below = values.filter((v) => v < x[j]).length;
            const equal = values.filter((v) => v === x[j]).length;
            if (n > 0) expect(percentile[j]).toBeCloseTo((100 * (below + equal / 2)) / n, 10);
          }
          expect(Math.abs(dense.unusualness[j] - sparse.unusualness[j])).toBeLessThan(1e-8);
        }
      }),
    );
  });

  it('keep small spreads far from 0', () => {
    const found = standing(1e12 + 3, [1e12, 1e12 + 1, 1e12 + 2]);
    expect(found.standardDeviation).toBe(1);
    expect(found.zScore).toBe(2);
    expect(standing(5, [1e9, 5, 5, 5]).zScore).toBeCloseTo(-0.5, 6);
  });

  it('give no z-score where the group does not vary, but for its own value', () => {
    expect(standing(3, [3, 3, 3]).zScore).toBe(0);
    expect(standing(4, [3, 3, 3]).zScore).toBeNaN();
    expect(standing(3, [3]).zScore).toBeNaN();
    expect(standing(1e300, [-1e300, 1e300, 0]).zScore).toBeNaN();
  });

  it('leave empty groups and missing cells undefined, not unusual', () => {
    expect(standing(3, [])).toEqual({
      count: 0,
      mean: Number.NaN,
      standardDeviation: Number.NaN,
      zScore: Number.NaN,
      percentile: Number.NaN,
      unusualness: 0,
    });
    expect(() => featureStandings(denseFromRows([[1, 2]]), Float64Array.of(1), rowsOf(1))).toThrow(RangeError);
  });
});

describe('unusualness', () => {
  const many = (n: number, of: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => of(i));

  it('puts first what is rare, whatever the scale of the feature', () => {
    const rareWord = standing(
      1,
      many(1000, (i) => (i < 3 ? 1 : 0)),
    ).unusualness;
    const commonWord = standing(
      1,
      many(1000, (i) => (i < 600 ? 1 : 0)),
    ).unusualness;
    const absentWord = standing(
      0,
      many(1000, (i) => (i < 3 ? 1 : 0)),
    ).unusualness;
    const outlier = standing(
      1e9,
      many(1000, (i) => 1 / (1 + i)),
    ).unusualness;
    const middle = standing(
      500,
      many(1000, (i) => i),
    ).unusualness;
    expect(outlier).toBeGreaterThan(rareWord);
    expect(rareWord).toBeGreaterThan(2);
    expect([commonWord, absentWord, middle].every((one) => one < 1e-3)).toBe(true);
  });

  it('breaks ties by the distance in standard deviations', () => {
    const near = standing(
      11,
      many(100, (i) => i % 10),
    );
    const far = standing(
      1000,
      many(100, (i) => i % 10),
    );
    const constant = standing(
      1,
      many(100, () => 0),
    );
    expect(far.unusualness).toBeGreaterThan(near.unusualness);
    expect(constant.unusualness).toBeGreaterThan(far.unusualness);
    expect(constant.unusualness - near.unusualness).toBeLessThan(1e-9);
  });

  it('grows as a value moves out, and as the group grows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 2, maxLength: 50 }), (group) => {
        // From the middle on, and from the mean on, which the tie-break looks at.
        const mean = group.reduce((sum, value) => sum + value, 0) / group.length;
        const upper = Math.max(Math.ceil(mean), [...group].sort((a, b) => a - b)[group.length >>> 1]);
        const figures = [0, 1, 3, 7, 50].map((step) => standing(upper + step, group).unusualness);
        for (let k = 1; k < figures.length; k++) expect(figures[k]).toBeGreaterThanOrEqual(figures[k - 1]);
        expect(standing(99, [...group, ...group]).unusualness).toBeGreaterThan(standing(99, group).unusualness);
      }),
    );
  });

  it('finds a missing value unusual where all others have one, and the other way round', () => {
    const group = many(100, (i) => i);
    const missing = many(100, () => Number.NaN);
    expect(standing(Number.NaN, group).unusualness).toBeCloseTo(-Math.log10(0.5 / 101), 12);
    expect(standing(7, missing).unusualness).toBeCloseTo(-Math.log10(0.5 / 101), 12);
    expect(standing(Number.NaN, missing).unusualness).toBeLessThan(0.01);
    expect(standing(Number.NaN, group).zScore).toBeNaN();
  });
});
