import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsAbove, countsAfter, scoreCurve, thresholdAfter } from '../../../src/ml/metrics/score-curve.js';
import { arbitraryRows, type ScoredRows, scoredRows, syntheticRows } from './scored-rows.js';

function bruteForce({ values, positive }: ScoredRows, threshold: number) {
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  values.forEach((value, i) => {
    if (value > threshold) counts[positive[i] ? 'truePositives' : 'falsePositives']++;
    else counts[positive[i] ? 'falseNegatives' : 'trueNegatives']++;
  });
  return counts;
}

describe('scoreCurve', () => {
  it('has one step for each distinct value', () => {
    const { values, positive } = scoredRows([
      [0.2, 0],
      [0.9, 1],
      [0.5, 1],
      [0.5, 0],
      [0.9, 1],
    ]);
    expect(scoreCurve(values, positive)).toEqual({
      thresholds: Float64Array.of(0.9, 0.5, 0.2),
      truePositives: Float64Array.of(2, 3, 3),
      falsePositives: Float64Array.of(0, 1, 2),
      positives: 3,
      negatives: 2,
    });
  });

  it('takes 0 and -0 for one value', () => {
    const { values, positive } = scoredRows([
      [0, 1],
      [-0, 0],
      [0, 0],
      [-0, 1],
    ]);
    const curve = scoreCurve(values, positive);
    expect(curve.thresholds).toEqual(Float64Array.of(0));
    expect([curve.truePositives[0], curve.falsePositives[0]]).toEqual([2, 2]);
  });

  it('leaves its input as it was, and takes no rows at all', () => {
    const rows = syntheticRows(50, 1);
    const before = rows.values.slice();
    scoreCurve(rows.values, rows.positive);
    expect(rows.values).toEqual(before);
    expect(scoreCurve(new Float64Array(0), new Uint8Array(0)).thresholds).toHaveLength(0);
  });

  it('refuses NaN and labels of another length', () => {
    expect(() => scoreCurve(Float64Array.of(1, Number.NaN), Uint8Array.of(1, 0))).toThrow(/value 1 is NaN/);
    expect(() => scoreCurve(Float64Array.of(1), Uint8Array.of(1, 0))).toThrow(RangeError);
  });
});

describe('countsAbove', () => {
  it('equals brute force at every value, next to it and beyond both ends', () => {
    fc.assert(
      fc.property(arbitraryRows, fc.double({ noNaN: true }), (rows, anywhere) => {
        const curve = scoreCurve(rows.values, rows.positive);
        const near = [...rows.values].flatMap((v) => [v, v + 1e-9, v - 1e-9]);
        for (const threshold of [...near, anywhere, 0.5, Infinity, -Infinity]) {
          expect(countsAbove(curve, threshold)).toEqual(bruteForce(rows, threshold));
        }
      }),
    );
  });
});

describe('thresholdAfter', () => {
  it('realises every number of steps, all of them included', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        const curve = scoreCurve(rows.values, rows.positive);
        for (let steps = 0; steps <= curve.thresholds.length; steps++) {
          const threshold = thresholdAfter(curve, steps);
          if (curve.thresholds.length === 0) expect(threshold).toBeNull();
          else expect(bruteForce(rows, threshold ?? Number.NaN)).toEqual(countsAfter(curve, steps));
        }
      }),
    );
  });
});
