import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featureSummary, summaryEdges } from '../../../src/ml/explanation/feature-summary.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';

const all = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, i) => i);
const edgesOf = (values: readonly number[]): number[] => [...summaryEdges(Float64Array.from(values).sort())];

describe('summary of a feature', () => {
  const X = denseFromRows([
    [7, 0],
    [7, 1],
    [7, 4],
    [7, 10],
    [7, Number.NaN],
    [7, 0],
  ]);

  it('has the figures of each group', () => {
    const { edges, groups } = featureSummary(X, 1, [
      Uint32Array.of(0, 1, 2, 3, 4),
      Uint32Array.of(5),
      new Uint32Array(0),
    ]);
    expect(groups[0]).toMatchObject({ instances: 5, missing: 1, zeros: 1, minimum: 0, maximum: 10, mean: 3.75 });
    expect(groups[0].standardDeviation).toBeCloseTo(Math.sqrt(60.75 / 3), 12);
    // numpy.percentile([0, 1, 4, 10], [1, 5, 25, 50, 75, 95, 99])
    [0.03, 0.15, 0.75, 2.5, 5.5, 9.1, 9.82].forEach((value, k) => {
      expect(groups[0].percentiles[k]).toBeCloseTo(value, 12);
    });
    expect([...edges]).toEqual(Array.from({ length: 12 }, (_, i) => i - 0.5));
    expect([...groups[0].counts]).toEqual([1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
    expect(groups[1].standardDeviation).toBeNaN();
    expect(groups[2]).toMatchObject({ instances: 0, missing: 0, minimum: Number.NaN, mean: Number.NaN });
    expect(groups[2].percentiles.every(Number.isNaN)).toBe(true);
  });

  it('is the same of sparse rows', () => {
    const dense = denseFromRows([
      [0, 2.5, 0],
      [1, 0, 0],
      [0, -1, 3],
      [0, 0, 0],
    ]);
    for (let j = 0; j < 3; j++) {
      expect(featureSummary(toSparse(dense), j, [all(4)])).toEqual(featureSummary(dense, j, [all(4)]));
    }
  });

  it('counts every value in one bin of at most 40, ascending, whatever the values', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -50, max: 50 }),
      fc.constantFrom(0, -0, 5e-324, 1e-323, 1e308, -1e308, 2 ** 53, 2 ** 53 - 1, 0.1, 0.1 + 2 ** -56),
    );
    const lists = fc.oneof(
      fc.array(value, { minLength: 1, maxLength: 200 }),
      fc.array(fc.integer({ min: -(2 ** 40), max: 2 ** 40 }), { minLength: 1 }),
      fc.array(fc.double({ min: 0, max: 1e-320, noNaN: true }), { minLength: 1 }),
    );
    fc.assert(
      fc.property(lists, (values) => {
        const { edges, groups } = featureSummary(denseFromRows(values.map((v) => [v])), 0, [all(values.length)]);
        expect(edges.length).toBeLessThanOrEqual(41);
        expect(edges.length).toBeGreaterThanOrEqual(2);
        for (let k = 1; k < edges.length; k++) expect(edges[k]).toBeGreaterThan(edges[k - 1]);
        expect(groups[0].counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
      }),
    );
  });
});

describe('edges', () => {
  it('give whole numbers bins of their own', () => {
    expect(edgesOf([0, 1, 1, 0])).toEqual([-0.5, 0.5, 1.5]);
    expect(edgesOf([3])).toEqual([2.5, 3.5]);
    const wide = edgesOf(Array.from({ length: 1000 }, (_, i) => i));
    expect(wide[1] - wide[0]).toBe(25);
    expect(wide.every((edge) => edge % 1 !== 0)).toBe(true);
  });

  it('leave a heavy tail to the outer bins', () => {
    const heavy = edgesOf([...Array.from({ length: 1000 }, (_, i) => i / 100), 1e9]);
    expect(heavy[heavy.length - 1]).toBe(1e9);
    expect(heavy[heavy.length - 2]).toBeLessThan(11);
    expect(heavy.length).toBe(41);
    const even = edgesOf(Array.from({ length: 1000 }, (_, i) => i / 100));
    expect(even[1]).toBeCloseTo(9.99 / 40, 12);
  });

  it('are 0 and 1 without a value', () => {
    expect(edgesOf([])).toEqual([0, 1]);
  });
});
