import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsAbove, scoreCurve } from '../../../src/ml/metrics/score-curve.js';
import { sliderPositions, thresholdTable } from '../../../src/ml/metrics/threshold-table.js';
import { arbitraryRows, scoredRows, syntheticRows } from './scored-rows.js';

const curveOf = (rows: { values: Float64Array; positive: Uint8Array }) => scoreCurve(rows.values, rows.positive);

describe('sliderPositions', () => {
  it('are the thousandths of a probability and the presets between them', () => {
    const positions = sliderPositions(curveOf(syntheticRows(100, 4)), 'probability', [0.5, null, 0.50049]);
    expect(positions).toHaveLength(1002);
    expect([positions[0], positions[29], positions[500], positions[501], positions[502]]).toEqual([
      0, 0.029, 0.5, 0.50049, 0.501,
    ]);
    expect(positions.at(-1)).toBe(1);
  });

  it('are quantiles of scores, each a value that occurs', () => {
    const rows = syntheticRows(5000, 9);
    const sorted = [...rows.values].sort((a, b) => a - b);
    const positions = sliderPositions(curveOf(rows), 'score', [-7]);
    expect(positions[0]).toBe(-7);
    expect([...positions.subarray(1)]).toEqual(
      Array.from({ length: 1001 }, (_, i) => sorted[Math.floor((i / 1000) * 4999)]),
    );
  });

  it('are ascending and distinct, ties or not', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        const positions = sliderPositions(curveOf(rows), 'score', [0.5, 0.5]);
        const sorted = [...rows.values].map((v) => v + 0).sort((a, b) => a - b);
        const expected = new Set(
          Array.from({ length: 1001 }, (_, i) => sorted[Math.floor((i / 1000) * (sorted.length - 1))]),
        );
        if (sorted.length === 0) expected.clear();
        expect([...positions]).toEqual([...expected.add(0.5)].sort((a, b) => a - b));
      }),
    );
  });
});

describe('thresholdTable', () => {
  it('has the counts of every position, of 1,001 of them too', () => {
    const rows = syntheticRows(20_000, 3);
    const curve = curveOf(rows);
    const positions = sliderPositions(curve, 'probability', []);
    const table = thresholdTable(curve, positions);
    positions.forEach((threshold, i) => {
      expect({
        truePositives: table.truePositives[i],
        falsePositives: table.falsePositives[i],
        falseNegatives: table.falseNegatives[i],
        trueNegatives: table.trueNegatives[i],
      }).toEqual(countsAbove(curve, threshold));
    });
    const above = rows.values.filter((value, i) => value > 0.5 && rows.positive[i]).length;
    expect(table.truePositives[500]).toBe(above);
  });

  it('is all zero without rows', () => {
    const table = thresholdTable(curveOf(scoredRows([])), Float64Array.of(0, 0.5));
    expect([...table.truePositives, ...table.trueNegatives]).toEqual([0, 0, 0, 0]);
  });
});
