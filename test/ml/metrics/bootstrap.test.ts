import { describe, expect, it } from 'vitest';
import { bootstrapIntervals, type CurveStatistic } from '../../../src/ml/metrics/bootstrap.js';
import { binaryIndicators } from '../../../src/ml/metrics/confusion.js';
import { averagePrecision } from '../../../src/ml/metrics/precision-recall.js';
import { recallAtFpr, rocAuc } from '../../../src/ml/metrics/roc.js';
import { countsAbove, scoreCurve } from '../../../src/ml/metrics/score-curve.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { type ScoredRows, scoredRows, syntheticRows } from './scored-rows.js';

const statistics: CurveStatistic[] = [
  averagePrecision,
  (curve) => binaryIndicators(countsAbove(curve, 0.5)).f1,
  (curve) => recallAtFpr(curve, 0.01),
  rocAuc,
];

/** Rows drawn one by one, a curve from each replicate. */
function rowByRow(rows: ScoredRows, replicates: number): [low: number, high: number][] {
  const stream = randomStream(5, 'row by row');
  const byClass = [0, 1].map((of) => [...rows.values.keys()].filter((i) => rows.positive[i] === of));
  const drawn = statistics.map(() => new Float64Array(replicates));
  for (let r = 0; r < replicates; r++) {
    const picked = byClass.flatMap((members) => members.map(() => members[stream.below(members.length)]));
    const curve = scoreCurve(
      Float64Array.from(picked, (i) => rows.values[i]),
      Uint8Array.from(picked, (i) => rows.positive[i]),
    );
    statistics.forEach((statistic, s) => {
      drawn[s][r] = statistic(curve) ?? Number.NaN;
    });
  }
  return drawn.map((values) => {
    values.sort();
    return [values[Math.round(0.025 * replicates)], values[Math.round(0.975 * replicates)]];
  });
}

describe('bootstrapIntervals', () => {
  it.each([
    ['300 rows, each its own segment', 300, 9, 2000],
    ['ties', 400, 1, 2000],
    ['12,000 rows on joined segments', 12_000, 9, 250],
  ])('agree with drawing the rows one by one: %s', (_, n, decimals, replicates) => {
    const rows = syntheticRows(n, decimals);
    const ours = bootstrapIntervals(scoreCurve(rows.values, rows.positive), statistics, {
      seed: 1,
      replicates: Math.max(1000, replicates),
      thresholds: [0.5],
    });
    rowByRow(rows, replicates).forEach(([low, high], s) => {
      // The quantiles of so few replicates are themselves uncertain by about a tenth of the width.
      const tolerance = 0.2 * (high - low);
      expect(Math.abs((ours[s].low ?? -1) - low)).toBeLessThan(tolerance);
      expect(Math.abs((ours[s].high ?? -1) - high)).toBeLessThan(tolerance);
    });
  });

  it('gives the same bytes for the same seed, and others for another', () => {
    const rows = syntheticRows(200, 5);
    const curve = scoreCurve(rows.values, rows.positive);
    const draw = (seed: number, index = 0) => bootstrapIntervals(curve, statistics, { seed, index, replicates: 200 });
    expect(draw(3)).toEqual(draw(3));
    expect(draw(4)).not.toEqual(draw(3));
    expect(draw(3, 1)).not.toEqual(draw(3));
  });

  it('has the figure of the curve itself, and no interval where every replicate says the same', () => {
    const rows = scoredRows([
      [0.9, 1],
      [0.8, 1],
      [0.2, 0],
      [0.1, 0],
    ]);
    const curve = scoreCurve(rows.values, rows.positive);
    expect(bootstrapIntervals(curve, [averagePrecision], { seed: 0 })).toEqual([{ value: 1, low: null, high: null }]);
  });

  it('is undefined without rows and without positive rows', () => {
    const nothing = { value: null, low: null, high: null };
    const empty = scoreCurve(new Float64Array(0), new Uint8Array(0));
    expect(bootstrapIntervals(empty, [averagePrecision], { seed: 0 })).toEqual([nothing]);
    const benign = scoreCurve(Float64Array.of(1, 2), Uint8Array.of(0, 0));
    expect(bootstrapIntervals(benign, [averagePrecision, rocAuc], { seed: 0 })).toEqual([nothing, nothing]);
  });

  it('stops when cancelled', () => {
    const rows = syntheticRows(200, 5);
    const curve = scoreCurve(rows.values, rows.positive);
    expect(() => bootstrapIntervals(curve, statistics, { seed: 1, signal: { cancelled: true } })).toThrow(
      'interrupted',
    );
  });
});
