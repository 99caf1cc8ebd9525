import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { upperBoundOfNone, wilson } from '../../../src/ml/metrics/intervals.js';

describe('wilson', () => {
  it('has the bounds of the literature', () => {
    // Newcombe (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const cases = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ];
    for (const [successes, trials, low, high] of cases) {
      const interval = wilson(successes, trials);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    }
  });

  it('lies in [0, 1], holds the share, mirrors, and solves its equation', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, part) => {
        const successes = Math.round(part * trials);
        const { value, low, high } = wilson(successes, trials) as { value: number; low: number; high: number };
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        expect(high).toBeLessThanOrEqual(1);
        expect(wilson(trials - successes, trials).low).toBeCloseTo(1 - high, 12);
        for (const bound of [low, high]) {
          if (bound === 0 || bound === 1) continue;
          const z = Math.abs(value - bound) / Math.sqrt((bound * (1 - bound)) / trials);
          expect(z).toBeCloseTo(1.959963984540054, 6);
        }
      }),
    );
  });

  it('is undefined without trials', () => {
    expect(wilson(0, 0)).toEqual({ value: null, low: null, high: null });
  });
});

describe('upperBoundOfNone', () => {
  it('proves no more than a rate of 0.3 % by 1,000 benign rows without a false alarm', () => {
    expect(upperBoundOfNone(1000)).toBeLessThan(0.003);
    expect(upperBoundOfNone(1000)).toBeGreaterThan(0.00298);
    expect((1 - (upperBoundOfNone(50) ?? 0)) ** 50).toBeCloseTo(0.05, 12);
    expect(upperBoundOfNone(0)).toBeNull();
  });
});
