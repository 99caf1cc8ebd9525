import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recallAtFpr, rocAuc, rocPoints } from '../../../src/ml/metrics/roc.js';
import { countsAbove, scoreCurve } from '../../../src/ml/metrics/score-curve.js';
import { arbitraryTwoClasses, scoredRows, syntheticRows } from './scored-rows.js';

const curveOf = (rows: { values: Float64Array; positive: Uint8Array }) => scoreCurve(rows.values, rows.positive);

describe('rocAuc', () => {
  it('is the share of pairs in the right order, ties by half', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, (rows) => {
        let pairs = 0;
        let right = 0;
        rows.values.forEach((high, i) => {
          rows.values.forEach((low, j) => {
            if (!rows.positive[i] || rows.positive[j]) return;
            pairs++;
            right += high > low ? 1 : high === low ? 0.5 : 0;
          });
        });
        expect(rocAuc(curveOf(rows))).toBe(right / pairs);
      }),
    );
  });

  it('does not change under a rising map, and turns round under a falling one', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, (rows) => {
        const order = [...new Set([...rows.values].map((v) => v + 0))].sort((a, b) => a - b);
        const risen = rows.values.map((v) => order.indexOf(v + 0) ** 3 - 7);
        const auc = rocAuc(curveOf(rows)) ?? Number.NaN;
        expect(rocAuc(curveOf({ ...rows, values: risen }))).toBe(auc);
        expect(rocAuc(curveOf({ ...rows, values: rows.values.map((v) => -v) }))).toBeCloseTo(1 - auc, 14);
      }),
    );
  });

  it('is null where a class is empty, and one half where all values are equal', () => {
    expect(rocAuc(curveOf(scoredRows([])))).toBeNull();
    expect(rocAuc(curveOf(scoredRows([[1, 1]])))).toBeNull();
    expect(rocAuc(curveOf(scoredRows([[1, 0]])))).toBeNull();
    expect(
      rocAuc(
        curveOf(
          scoredRows([
            [3, 1],
            [3, 0],
            [3, 0],
          ]),
        ),
      ),
    ).toBe(0.5);
  });
});

describe('rocPoints', () => {
  it('has points that their thresholds realise, from (0, 0) to (1, 1), and the area of the whole', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, (rows) => {
        const curve = curveOf(rows);
        const { falsePositiveRate, truePositiveRate, threshold } = rocPoints(curve);
        expect([falsePositiveRate[0], truePositiveRate[0]]).toEqual([0, 0]);
        expect([falsePositiveRate.at(-1), truePositiveRate.at(-1)]).toEqual([1, 1]);
        expect(threshold.at(-1)).toBeNull();
        let area = 0;
        threshold.forEach((t, i) => {
          const counts = countsAbove(curve, t ?? -Infinity);
          expect(counts.falsePositives / curve.negatives).toBe(falsePositiveRate[i]);
          expect(counts.truePositives / curve.positives).toBe(truePositiveRate[i]);
          if (i === 0) return;
          const width = falsePositiveRate[i] - falsePositiveRate[i - 1];
          area += (width * (truePositiveRate[i] + truePositiveRate[i - 1])) / 2;
        });
        expect(area).toBeCloseTo(rocAuc(curve) ?? Number.NaN, 12);
      }),
    );
  });

  it('keeps the shape of 100,000 rows in 2,000 points, the smallest rates too', () => {
    const curve = curveOf(syntheticRows(100_000, 9));
    const { falsePositiveRate, truePositiveRate, threshold } = rocPoints(curve);
    expect(falsePositiveRate.length).toBeLessThanOrEqual(2000);
    expect(falsePositiveRate.length).toBeGreaterThan(1000);
    const all = rocPoints(curve, Number.POSITIVE_INFINITY);
    expect(all.falsePositiveRate.length).toBeGreaterThan(10_000);
    // Every point is near the last one kept before it: within one piece of a path of length 2.
    let farthest = 0;
    for (let i = 0, k = 0; i < all.threshold.length; i++) {
      while (k + 1 < threshold.length && (threshold[k + 1] ?? -1) >= (all.threshold[i] ?? -1)) k++;
      const width = all.falsePositiveRate[i] - falsePositiveRate[k];
      farthest = Math.max(farthest, width + all.truePositiveRate[i] - truePositiveRate[k]);
    }
    expect(farthest).toBeLessThan((1.01 * 2) / 999);
    // Every decade of the rate that has many points keeps many.
    for (const decade of [1e-4, 1e-3, 1e-2]) {
      expect(falsePositiveRate.filter((x) => x >= decade && x < 10 * decade).length).toBeGreaterThan(20);
    }
  });

  it.each([2, 3, 10, 100])('has at most %i points where that is the limit', (limit) => {
    const { falsePositiveRate } = rocPoints(curveOf(syntheticRows(3000, 6)), limit);
    expect(falsePositiveRate.length).toBeLessThanOrEqual(limit);
    expect([falsePositiveRate[0], falsePositiveRate.at(-1)]).toEqual([0, 1]);
  });

  it('has none where a class is empty', () => {
    expect(rocPoints(curveOf(scoredRows([[1, 1]]))).threshold).toEqual([]);
  });
});

describe('recallAtFpr', () => {
  it('is the best of all thresholds that keep to the rate', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, fc.constantFrom(0, 0.001, 0.1, 1 / 3, 0.5, 1), (rows, rate) => {
        const curve = curveOf(rows);
        const recalls = [Infinity, -Infinity, ...rows.values]
          .map((t) => countsAbove(curve, t))
          .filter((counts) => counts.falsePositives / curve.negatives <= rate)
          .map((counts) => counts.truePositives / curve.positives);
        expect(recallAtFpr(curve, rate)).toBe(Math.max(...recalls));
      }),
    );
  });

  it('counts 29 of 100 as a rate of 0.29', () => {
    const benign = Array.from({ length: 100 }, (_, i) => [i < 29 ? 2 : 0, 0] as const);
    expect(recallAtFpr(curveOf(scoredRows([...benign, [1, 1]])), 0.29)).toBe(1);
    expect(recallAtFpr(curveOf(scoredRows([...benign, [1, 1]])), 0.28)).toBe(0);
  });

  it('is null where a class is empty', () => {
    expect(recallAtFpr(curveOf(scoredRows([[1, 1]])), 0.5)).toBeNull();
    expect(recallAtFpr(curveOf(scoredRows([[1, 0]])), 0.5)).toBeNull();
  });
});
