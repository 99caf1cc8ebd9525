import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binaryIndicators } from '../../../src/ml/metrics/confusion.js';
import { wilson as wilsonOfDocument } from '../../../src/ml/metrics/intervals.js';
import { scoreCurve } from '../../../src/ml/metrics/score-curve.js';
import { sliderPositions, thresholdTable } from '../../../src/ml/metrics/threshold-table.js';
import { thresholdForAlertBudget } from '../../../src/ml/metrics/thresholds.js';
import { nearestIndex } from '../../../viewer/src/components/nearest-index.js';
import { outlookAt } from '../../../viewer/src/classification/figures/base-rate.js';
import { figuresOverFolds } from '../../../viewer/src/classification/figures/cross-validation.js';
import { decisionFigures } from '../../../viewer/src/classification/figures/decision-figures.js';
import { wilson } from '../../../viewer/src/classification/figures/intervals.js';
import {
  alertsOf,
  type Counts,
  countsAt,
  decisionPosition,
  positionForBudget,
  presetsOf,
  type ThresholdTable,
} from '../../../viewer/src/classification/figures/threshold-table.js';

/** The table of random rows with ties, as an experiment writes it. */
function tableOf(rows: readonly (readonly [value: number, malicious: boolean])[], preset = 0.5): ThresholdTable {
  const curve = scoreCurve(
    Float64Array.from(rows, ([value]) => value),
    Uint8Array.from(rows, ([, malicious]) => Number(malicious)),
  );
  const table = thresholdTable(curve, sliderPositions(curve, 'probability', [preset]));
  return {
    scale: 'probability',
    thresholds: [...table.thresholds],
    truePositives: [...table.truePositives],
    falsePositives: [...table.falsePositives],
    falseNegatives: [...table.falseNegatives],
    trueNegatives: [...table.trueNegatives],
    presets: [{ name: 'decision', title: 'as decided', threshold: preset }],
  };
}

const someRows = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 30 }).map((k) => k / 30),
    fc.boolean(),
  ),
  { minLength: 1, maxLength: 60 },
);

const someCounts: fc.Arbitrary<Counts> = fc.record({
  truePositives: fc.nat(1000),
  falsePositives: fc.nat(1000),
  falseNegatives: fc.nat(1000),
  trueNegatives: fc.nat(1000),
  unlabeledAlerts: fc.constant(0),
});

describe('figures of a threshold', () => {
  it('are those of the document, interval included', () => {
    fc.assert(
      fc.property(someCounts, (counts) => {
        const expected = binaryIndicators(counts);
        for (const { id, value, low, high, of } of decisionFigures(counts)) {
          expect(value).toBe(expected[id]);
          if (of) expect({ value, low, high }).toEqual(wilsonOfDocument(of.part, of.whole));
        }
      }),
    );
  });

  it('tell nothing of nothing', () => {
    const none = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0, unlabeledAlerts: 7 };
    for (const figure of decisionFigures(none)) expect(figure).toMatchObject({ value: null, low: null, high: null });
    expect(alertsOf(none)).toBe(7);
    expect(wilson(0, 0).value).toBeNull();
  });

  it('at another base rate follow Bayes', () => {
    const counts = {
      truePositives: 80,
      falsePositives: 10,
      falseNegatives: 20,
      trueNegatives: 990,
      unlabeledAlerts: 0,
    };
    const { here, precision, precisionAtWorst } = outlookAt(counts, 0.001);
    expect(here).toBeCloseTo(100 / 1100, 12);
    expect(precision).toBeCloseTo((0.8 * 0.001) / (0.8 * 0.001 + 0.01 * 0.999), 12);
    expect(precisionAtWorst).toBeLessThan(precision ?? 0);
    expect(outlookAt(counts, 100 / 1100).precision).toBeCloseTo(80 / 90, 12);
  });
});

describe('positions of the threshold', () => {
  it('nearest to a typed one, the lower one of equals', () => {
    const thresholds = [0, 0.25, 0.5, 1];
    expect([-1, 0, 0.12, 0.13, 0.375, 0.74, 0.76, 7].map((t) => nearestIndex(thresholds, t))).toEqual([
      0, 0, 0, 1, 1, 2, 3, 3,
    ]);
    expect(nearestIndex([], 0.5)).toBe(0);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { minLength: 1 }), fc.integer(), (values, t) => {
        const sorted = values.sort((a, b) => a - b);
        const distance = Math.abs(sorted[nearestIndex(sorted, t)] - t);
        expect(distance).toBe(Math.min(...sorted.map((value) => Math.abs(value - t))));
      }),
    );
  });

  it('of an alert budget: the lowest that keeps to it, as the exact threshold up to a step of the table', () => {
    fc.assert(
      fc.property(someRows, fc.nat(70), (rows, budget) => {
        const table = tableOf(rows);
        const position = positionForBudget(table, budget);
        if (position === null) throw new Error('the highest threshold raises no alert');
        expect(alertsOf(countsAt(table, position))).toBeLessThanOrEqual(budget);
        if (position > 0) expect(alertsOf(countsAt(table, position - 1))).toBeGreaterThan(budget);
        const curve = scoreCurve(
          Float64Array.from(rows, ([value]) => value),
          Uint8Array.from(rows, ([, malicious]) => Number(malicious)),
        );
        const exact = thresholdForAlertBudget(curve, budget) ?? 0;
        expect(alertsOf(countsAt(table, position))).toBe(rows.filter(([value]) => value > exact).length);
      }),
    );
  });

  it('of the presets are their very thresholds', () => {
    const table = tableOf(
      [
        [0.2, false],
        [0.7, true],
      ],
      0.123456789,
    );
    expect(table.thresholds[decisionPosition(table)]).toBe(0.123456789);
    expect(presetsOf(table)).toMatchObject([{ name: 'decision', position: decisionPosition(table) }]);
  });
});

describe('folds', () => {
  const folds = [
    tableOf(
      [
        [0.1, false],
        [0.9, true],
        [0.4, true],
      ],
      0.31,
    ),
    tableOf(
      [
        [0.2, false],
        [0.8, false],
        [0.6, true],
      ],
      0.77,
    ),
  ];

  it('have a mean and a deviation of every figure', () => {
    const recall = figuresOverFolds(folds, 0.5).find(({ id }) => id === 'recall');
    expect(recall).toEqual({ id: 'recall', mean: 0.75, std: Math.sqrt(0.125), folds: 2 });
  });

  it('say over how many folds: one without malicious instances has neither detection rate nor F1', () => {
    const benign = tableOf([
      [0.9, false],
      [0.2, false],
    ]);
    const figures = figuresOverFolds([...folds, benign], 0.5);
    const of = (wanted: string) => figures.find(({ id }) => id === wanted)?.folds;
    expect([of('recall'), of('f1'), of('falsePositiveRate')]).toEqual([2, 2, 3]);
  });
});
