import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binaryIndicators } from '../../../src/ml/metrics/confusion.js';
import { recallAtFdr } from '../../../src/ml/metrics/precision-recall.js';
import { recallAtFpr } from '../../../src/ml/metrics/roc.js';
import { countsAbove, scoreCurve } from '../../../src/ml/metrics/score-curve.js';
import {
  bestF1Threshold,
  thresholdAtFdr,
  thresholdAtFpr,
  thresholdForAlertBudget,
} from '../../../src/ml/metrics/thresholds.js';
import { arbitraryTwoClasses, type ScoredRows, scoredRows } from './scored-rows.js';

const rate = fc.constantFrom(0, 0.01, 0.1, 0.25, 0.5, 0.9, 1);

/** Counts of `value > threshold` on the rows themselves, after a way through JSON. */
function indicatorsAt(rows: ScoredRows, threshold: number | null) {
  const stored = JSON.parse(JSON.stringify(threshold)) as number;
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  rows.values.forEach((value, i) => {
    if (value > stored) counts[rows.positive[i] ? 'truePositives' : 'falsePositives']++;
    else counts[rows.positive[i] ? 'falseNegatives' : 'trueNegatives']++;
  });
  return { ...counts, ...binaryIndicators(counts), alerts: counts.truePositives + counts.falsePositives };
}

describe('presets keep their promise on the rows themselves', () => {
  it('best F1', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, (rows) => {
        const curve = scoreCurve(rows.values, rows.positive);
        const all = [-Infinity, ...rows.values].map((t) => binaryIndicators(countsAbove(curve, t)).f1 ?? 0);
        expect(indicatorsAt(rows, bestF1Threshold(curve)).f1).toBe(Math.max(...all));
      }),
    );
  });

  it('false-positive rate', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, rate, (rows, fpr) => {
        const curve = scoreCurve(rows.values, rows.positive);
        const { falsePositiveRate, recall } = indicatorsAt(rows, thresholdAtFpr(curve, fpr));
        expect(falsePositiveRate).toBeLessThanOrEqual(fpr);
        expect(recall).toBe(recallAtFpr(curve, fpr));
      }),
    );
  });

  it('false-discovery rate', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, rate, (rows, fdr) => {
        const curve = scoreCurve(rows.values, rows.positive);
        const threshold = thresholdAtFdr(curve, fdr);
        if (threshold === null) {
          expect(recallAtFdr(curve, fdr)).toBe(0);
          return;
        }
        const { falseDiscoveryRate, recall } = indicatorsAt(rows, threshold);
        expect(falseDiscoveryRate).toBeLessThanOrEqual(fdr);
        expect(recall).toBe(recallAtFdr(curve, fdr));
      }),
    );
  });

  it('alert budget: at most as many, and the next lower value would be too many', () => {
    fc.assert(
      fc.property(arbitraryTwoClasses, fc.integer({ min: 0, max: 70 }), (rows, budget) => {
        const curve = scoreCurve(rows.values, rows.positive);
        const threshold = thresholdForAlertBudget(curve, budget);
        const { alerts } = indicatorsAt(rows, threshold);
        expect(alerts).toBeLessThanOrEqual(budget);
        const lower = [...rows.values].filter((value) => value <= (threshold ?? 0));
        if (lower.length === 0) expect(alerts).toBe(rows.values.length);
        else expect(rows.values.filter((value) => value >= Math.max(...lower)).length).toBeGreaterThan(budget);
      }),
    );
  });
});

describe('presets that cannot be', () => {
  it('are null', () => {
    const curve = (rows: [number, number][]) =>
      scoreCurve(...(Object.values(scoredRows(rows)) as [Float64Array, Uint8Array]));
    expect(bestF1Threshold(curve([[1, 0]]))).toBeNull();
    expect(thresholdAtFpr(curve([[1, 1]]), 0.5)).toBeNull();
    expect(thresholdAtFpr(curve([[1, 0]]), 0.5)).toBeNull();
    expect(thresholdAtFdr(curve([[1, 0]]), 0.5)).toBeNull();
    expect(
      thresholdAtFdr(
        curve([
          [1, 0],
          [0, 1],
        ]),
        0.1,
      ),
    ).toBeNull();
    expect(thresholdForAlertBudget(curve([]), 3)).toBeNull();
    expect(
      thresholdForAlertBudget(
        curve([
          [1, 0],
          [1, 1],
        ]),
        1,
      ),
    ).toBe(1);
  });
});
