import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision, precisionRecallPoints, recallAtFdr } from '../../../src/ml/metrics/precision-recall.js';
import { countsAbove, scoreCurve } from '../../../src/ml/metrics/score-curve.js';
import { arbitraryTwoClasses, scoredRows, syntheticRows } from './scored-rows.js';

const curveOf = (rows: { values: Float64Array; positive: Uint8Array }) => scoreCurve(rows.values, rows.positive);

describe('averagePrecision', () => {
  it('is the base rate where all values are equal, 1 without negative rows, null without positive ones', () => {
    expect(
      averagePrecision(
        curveOf(
          scoredRows([
            [2, 1],
            [2, 0],
            [2, 0],
            [2, 0],
          ]),
        ),
      ),
    ).toBe(0.25);
    expect(
      averagePrecision(
        curveOf(
          scoredRows([
            [2, 1],
            [3, 1],
          ]),
        ),
      ),
    ).toBe(1);
    expect(averagePrecision(curveOf(scoredRows([[2, 0]])))).toBeNull();
    expect(averagePrecision(curveOf(scoredRows([])))).toBeNull();
  });

  it('counts by hand', () => {
    // Malicious at ranks 1 and 4 of 4: (1 + 2/4) / 2.
    expect(
      averagePrecision(
        curveOf(
          scoredRows([
            [4, 1],
            [3, 0],
            [2, 0],
            [1, 1],
          ]),
        ),
      ),
    ).toBe(0.75);
  });
});

describe('precisionRecallPoints', () => {
  it('has points that their thresholds realise, and ends with everything called', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, (rows) => {
        const curve = curveOf(rows);
        const { recall, precision, threshold } = precisionRecallPoints(curve);
        threshold.forEach((t, i) => {
          const { truePositives, falsePositives } = countsAbove(curve, t ?? -Infinity);
          expect(recall[i]).toBe(truePositives / curve.positives);
          expect(precision[i]).toBe(truePositives / (truePositives + falsePositives));
        });
        expect(recall.at(-1)).toBe(1);
        expect(threshold.at(-1)).toBeNull();
      }),
    );
  });

  it('keeps the shape of 100,000 rows in 2,000 points', () => {
    const curve = curveOf(syntheticRows(100_000, 9));
    const kept = precisionRecallPoints(curve);
    expect(kept.recall.length).toBeLessThanOrEqual(2000);
    const all = precisionRecallPoints(curve, Number.POSITIVE_INFINITY);
    expect(all.recall.length).toBeGreaterThan(50_000);
    // Every point is near one that was kept: within one piece of the path.
    let length = 0;
    for (let i = 1; i < all.recall.length; i++) {
      length += Math.abs(all.recall[i] - all.recall[i - 1]) + Math.abs(all.precision[i] - all.precision[i - 1]);
    }
    let farthest = 0;
    for (let i = 0, k = 0; i < all.recall.length; i++) {
      while (k + 1 < kept.recall.length && (kept.threshold[k + 1] ?? -1) >= (all.threshold[i] ?? -1)) k++;
      const gap = Math.abs(all.recall[i] - kept.recall[k]) + Math.abs(all.precision[i] - kept.precision[k]);
      farthest = Math.max(farthest, gap);
    }
    expect(farthest).toBeLessThan((1.01 * length) / 1999);
  });
});

describe('recallAtFdr', () => {
  it('is the best of all thresholds that keep to the rate', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, fc.constantFrom(0, 0.05, 0.5, 2 / 3, 1), (rows, rate) => {
        const curve = curveOf(rows);
        const recalls = [-Infinity, ...rows.values]
          .map((t) => countsAbove(curve, t))
          .filter((counts) => counts.falsePositives / (counts.falsePositives + counts.truePositives) <= rate)
          .map((counts) => counts.truePositives / curve.positives);
        expect(recallAtFdr(curve, rate)).toBe(Math.max(0, ...recalls));
      }),
    );
  });
});
