import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binaryIndicators } from '../../../src/ml/metrics/confusion.js';
import { mcnemar } from '../../../src/ml/metrics/mcnemar.js';
import { normalTail, twoSidedTail } from '../../../src/ml/metrics/normal-tail.js';
import { pairedAuc } from '../../../src/ml/metrics/paired-auc.js';
import { type PairedStatistic, pairedBootstrap } from '../../../src/ml/metrics/paired-bootstrap.js';
import { averagePrecision } from '../../../src/ml/metrics/precision-recall.js';
import { countsAbove } from '../../../src/ml/metrics/score-curve.js';

interface Golden {
  readonly tails: { z: number; p: number }[];
  readonly mcnemar: { b: number; c: number; exact: number; midP: number; statistic: number; chiSquared: number }[];
  readonly pair: {
    first: number[];
    second: number[];
    positive: number[];
    thresholds: [number, number];
    delong: Record<string, number>;
    figures: number[][];
    bootstrap: { low: number[]; high: number[] };
  };
}

const golden = JSON.parse(readFileSync(join(import.meta.dirname, '../../golden/comparison.json'), 'utf8')) as Golden;
const { pair } = golden;
const first = Float64Array.from(pair.first);
const second = Float64Array.from(pair.second);
const positive = Uint8Array.from(pair.positive);

describe('normalTail', () => {
  it.each(golden.tails)('beyond $z is $p', ({ z, p }) => {
    expect(Math.abs(normalTail(z) / p - 1)).toBeLessThan(1e-12);
    expect(normalTail(-z)).toBeCloseTo(1 - p, 14);
    expect(twoSidedTail(-z)).toBe(Math.min(1, 2 * normalTail(z)));
  });
});

describe('mcnemar', () => {
  it.each(golden.mcnemar)('of $b against $c', ({ b, c, exact, midP, statistic, chiSquared }) => {
    const test = mcnemar(7, b, c, 3);
    expect(test).toMatchObject({ bothRight: 7, onlyFirstRight: b, onlySecondRight: c, bothWrong: 3 });
    if (b + c > 1000) {
      expect(test.method).toBe('chi-squared');
      expect(test.statistic).toBeCloseTo(statistic, 10);
      expect(test.pValue / chiSquared).toBeCloseTo(1, 9);
      expect(test.midPValue).toBeNull();
    } else {
      expect(test.method).toBe('exact-binomial');
      expect(test.pValue / exact).toBeCloseTo(1, 9);
      expect((test.midPValue ?? 0) / midP).toBeCloseTo(1, 9);
    }
  });

  it('is the same whichever classifier comes first, and never above 1', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.nat(3000), (b, c) => {
        const [one, other] = [mcnemar(0, b, c, 0), mcnemar(0, c, b, 0)];
        expect(one.pValue).toBe(other.pValue);
        expect(one.midPValue).toBe(other.midPValue);
        expect(one.pValue).toBeGreaterThanOrEqual(0);
        expect(one.pValue).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('pairedAuc', () => {
  it('is the test of DeLong and others, as by all pairs', () => {
    const found = pairedAuc(first, second, positive);
    for (const [name, value] of Object.entries(pair.delong)) {
      expect(found?.[name as 'low']).toBeCloseTo(value, 12);
    }
  });

  it('knows no difference between scores of the same order, and none at all without a class', () => {
    const twice = first.map((value) => 2 * value + 1);
    expect(pairedAuc(first, twice, positive)).toMatchObject({ difference: 0, low: null, high: null, pValue: 1 });
    expect(pairedAuc(first, second, new Uint8Array(first.length))).toBeNull();
  });
});

const called =
  (name: 'accuracy' | 'f1' | 'precision' | 'recall', threshold: number): PairedStatistic['first'] =>
  (curve) =>
    binaryIndicators(countsAbove(curve, threshold))[name];

const statistics: PairedStatistic[] = [
  { first: averagePrecision, second: averagePrecision },
  ...(['accuracy', 'f1', 'precision', 'recall'] as const).map((name) => ({
    first: called(name, pair.thresholds[0]),
    second: called(name, pair.thresholds[1]),
  })),
];

describe('pairedBootstrap', () => {
  const options = { seed: 0, firstThresholds: [pair.thresholds[0]], secondThresholds: [pair.thresholds[1]] };

  it('finds the intervals that resampling row by row finds', () => {
    const found = pairedBootstrap(first, second, positive, statistics, { ...options, replicates: 4000 });
    found.forEach(({ value, low, high }, k) => {
      expect(value).toBeCloseTo(pair.figures[1][k] - pair.figures[0][k], 12);
      const width = pair.bootstrap.high[k] - pair.bootstrap.low[k];
      // Two runs of 4,000 replicates differ in a 2.5 % quantile by some hundredths of the width.
      expect(Math.abs((low ?? 0) - pair.bootstrap.low[k])).toBeLessThan(0.08 * width);
      expect(Math.abs((high ?? 0) - pair.bootstrap.high[k])).toBeLessThan(0.08 * width);
    });
  });

  it('gives the same bytes for the same seed, and other ones for another', () => {
    const run = (seed: number): unknown => pairedBootstrap(first, second, positive, statistics, { ...options, seed });
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  it('has no interval where all replicates agree', () => {
    const [precision] = pairedBootstrap(first, first, positive, [statistics[0]], options);
    expect(precision).toMatchObject({ value: 0, low: null, high: null });
    expect(
      pairedBootstrap(new Float64Array(), new Float64Array(), new Uint8Array(), statistics, options)[0].value,
    ).toBeNull();
  });

  it('hardly changes when rows are gathered to few cells', () => {
    // Scores of many digits: as many cells as rows, far more than are kept. What is above a threshold stays above it.
    const n = 40_000;
    const at = (values: Float64Array, i: number): number => values[i % values.length] - ((i * 7919) % 10_007) * 1e-7;
    const [a, b] = [first, second].map((values) => Float64Array.from({ length: n }, (_, i) => at(values, i)));
    const labels = Uint8Array.from({ length: n }, (_, i) => positive[i % positive.length]);
    const found = pairedBootstrap(a, b, labels, statistics, { ...options, replicates: 300 });
    const small = pairedBootstrap(first, second, positive, statistics, { ...options, replicates: 300 });
    found.forEach(({ value, low, high }, k) => {
      expect(value).toBeCloseTo(small[k].value ?? Number.NaN, 2);
      // A hundred times the rows: a tenth of the width.
      const ratio = ((high ?? 0) - (low ?? 0)) / ((small[k].high ?? 0) - (small[k].low ?? 0));
      expect(ratio).toBeGreaterThan(0.07);
      expect(ratio).toBeLessThan(0.14);
    });
  });
});
