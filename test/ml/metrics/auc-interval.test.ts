import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delongAuc } from '../../../src/ml/metrics/auc-interval.js';
import { rocAuc } from '../../../src/ml/metrics/roc.js';
import { scoreCurve } from '../../../src/ml/metrics/score-curve.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { arbitraryTwoClasses, type ScoredRows, scoredRows } from './scored-rows.js';

/** DeLong et al. (1988), equations 4 to 6, pair by pair. */
function variancePairByPair({ values, positive }: ScoredRows): number | null {
  const above = values.filter((_, i) => positive[i] === 1);
  const below = values.filter((_, i) => positive[i] === 0);
  const psi = (x: number, y: number): number => (x > y ? 1 : x === y ? 0.5 : 0);
  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, v) => sum + v, 0) / numbers.length;
  const v10 = [...above].map((x) => mean([...below].map((y) => psi(x, y))));
  const v01 = [...below].map((y) => mean([...above].map((x) => psi(x, y))));
  const spread = (numbers: readonly number[]): number =>
    numbers.reduce((sum, v) => sum + (v - mean(numbers)) ** 2, 0) / (numbers.length - 1) / numbers.length;
  return above.length < 2 || below.length < 2 ? null : spread(v10) + spread(v01);
}

describe('delongAuc', () => {
  it('has the variance of the pairs, and bounds around the area within [0, 1]', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, (rows) => {
        const curve = scoreCurve(rows.values, rows.positive);
        const { value, low, high, variance } = delongAuc(curve);
        const expected = variancePairByPair(rows);
        if (expected === null) expect(variance).toBeNull();
        else expect(variance).toBeCloseTo(expected, 12);
        expect(value).toBe(rocAuc(curve));
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value ?? -1);
        expect(high).toBeGreaterThanOrEqual(value ?? 2);
        expect(high).toBeLessThanOrEqual(1);
        // No finite number of rows makes certain.
        expect((high ?? 0) - (low ?? 0)).toBeGreaterThan(0);
      }),
    );
  });

  it('mirrors when the values are turned round', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, (rows) => {
        const { low, high } = delongAuc(scoreCurve(rows.values, rows.positive));
        const turned = delongAuc(
          scoreCurve(
            rows.values.map((v) => -v),
            rows.positive,
          ),
        );
        expect(turned.low).toBeCloseTo(1 - (high ?? 0), 10);
        expect(turned.high).toBeCloseTo(1 - (low ?? 0), 10);
      }),
    );
  });

  it('covers the true area of two normal distributions as often as it says', () => {
    // Area .9213 = Φ(2 / √2): skewed, where an interval on the plain scale covers too rarely.
    const truth = 0.9213503964748575;
    const runs = 1500;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const stream = randomStream(11, 'coverage of DeLong intervals', run);
      const rows = scoredRows(
        Array.from({ length: 90 }, (_, i) => [stream.normal() + (i < 30 ? 2 : 0), i < 30] as const),
      );
      const { low, high } = delongAuc(scoreCurve(rows.values, rows.positive));
      if ((low ?? 1) <= truth && truth <= (high ?? 0)) covered++;
    }
    // 0.95 ± four standard errors of 0.0056, and a little for 30 positive rows.
    expect(covered / runs).toBeGreaterThan(0.925);
    expect(covered / runs).toBeLessThan(0.975);
  });

  it('says how little a perfect separation of few rows proves', () => {
    const perfect = (m: number): number => {
      const rows = scoredRows(Array.from({ length: 2 * m }, (_, i) => [i < m ? 1 : 0, i < m] as const));
      const { value, low, high } = delongAuc(scoreCurve(rows.values, rows.positive));
      expect([value, high]).toEqual([1, 1]);
      return low ?? 1;
    };
    expect(perfect(5)).toBeLessThan(0.75);
    expect(perfect(50)).toBeGreaterThan(0.93);
    expect(perfect(50)).toBeLessThan(0.99);
    expect(perfect(5000)).toBeLessThan(1);
  });

  it('is null where a class is empty', () => {
    const rows = scoredRows([[1, 1]]);
    expect(delongAuc(scoreCurve(rows.values, rows.positive))).toEqual({
      value: null,
      low: null,
      high: null,
      variance: null,
    });
  });
});
