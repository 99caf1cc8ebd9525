import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ndcg, ranks } from '../../../src/ml/metrics/ranking.js';
import { scoreCurve } from '../../../src/ml/metrics/score-curve.js';
import { scoredRows } from './scored-rows.js';

describe('ranks', () => {
  it('are those of a stable descending sort', () => {
    const value = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1, -1), fc.integer({ min: -2, max: 2 }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 80 }), (values) => {
        const order = [...values.keys()].sort((a, b) =>
          values[a] === values[b] ? a - b : values[a] < values[b] ? 1 : -1,
        );
        const expected = new Array<number>(values.length);
        order.forEach((row, place) => {
          expected[row] = place + 1;
        });
        expect([...ranks(Float64Array.from(values))]).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('refuse NaN', () => {
    expect(() => ranks(Float64Array.of(1, Number.NaN))).toThrow(RangeError);
  });

  it('descend over 100,000 values, negative ones too', () => {
    const values = new Float64Array(100_000);
    for (let i = 0, state = 3; i < values.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      values[i] = (state - 2147483648) / 1e7;
    }
    const byRank = new Float64Array(values.length);
    ranks(values).forEach((rank, i) => {
      byRank[rank - 1] = values[i];
    });
    expect(byRank).toEqual(values.slice().sort().toReversed());
  });
});

describe('ndcg', () => {
  const of = (rows: [number, number][]): number | null => {
    const { values, positive } = scoredRows(rows);
    return ndcg(scoreCurve(values, positive));
  };

  it('weighs rank r, from 0, by 2^-r', () => {
    expect(
      of([
        [4, 1],
        [3, 0],
        [2, 1],
        [1, 0],
      ]),
    ).toBeCloseTo((1 + 1 / 4) / (1 + 1 / 2 + 1 / 4 + 1 / 8), 15);
    expect(
      of([
        [1, 1],
        [2, 1],
      ]),
    ).toBe(1);
  });

  it('takes the mean over the orders of tied rows', () => {
    // Orders of the two tied rows: malicious first 1/2, second 1/4.
    expect(
      of([
        [3, 0],
        [1, 1],
        [1, 0],
      ]),
    ).toBeCloseTo((1 / 2 + 1 / 4) / 2 / (1 + 1 / 2 + 1 / 4), 15);
  });

  it('stays finite for 100,000 rows, and is null without malicious ones', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => [-i, i % 2] as [number, number]);
    expect(of(rows)).toBeCloseTo(1 / 3, 12);
    expect(of([[1, 0]])).toBeNull();
    expect(of([])).toBeNull();
  });
});
