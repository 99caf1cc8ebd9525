import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { equalCounts, equalSpans, latestShare, splitByTime } from '../../../src/ml/model-selection/time-window.js';

const times = fc
  .array(fc.option(fc.integer({ min: 0, max: 60 }), { nil: Number.NaN }), { minLength: 1, maxLength: 60 })
  .map((list) => Float64Array.from(list));

describe('splitByTime', () => {
  it('puts each row into one list, and keeps the lag between training and test', () => {
    const lag = fc.record({ gap: fc.integer({ min: 0, max: 9 }), labelDelay: fc.integer({ min: 0, max: 9 }) });
    const window = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60)).map((edges) => {
      const [trainFrom, testFrom, testUntil] = edges.sort((a, b) => a - b);
      return { trainFrom, testFrom, testUntil };
    });
    fc.assert(
      fc.property(times, window, lag, (of, edges, { gap, labelDelay }) => {
        const split = splitByTime(of, edges, { gap, labelDelay });
        const all = Object.values(split).flatMap((rows: Uint32Array) => [...rows]);
        expect(all.sort((a, b) => a - b)).toEqual([...of.keys()]);
        for (const row of split.train) {
          expect(of[row]).toBeGreaterThanOrEqual(edges.trainFrom);
          for (const tested of split.test) expect(of[row] + gap + labelDelay).toBeLessThan(of[tested]);
        }
        for (const row of split.test) {
          expect(of[row]).toBeGreaterThanOrEqual(edges.testFrom);
          expect(of[row]).toBeLessThan(edges.testUntil);
        }
      }),
    );
  });

  it('tells the gap from the label delay', () => {
    const days = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, Number.NaN, 20]);
    const split = splitByTime(days, { trainFrom: 2, testFrom: 8, testUntil: 20 }, { gap: 2, labelDelay: 1 });
    const rows = Object.fromEntries(Object.entries(split).map(([name, list]) => [name, [...(list as Uint32Array)]]));
    // Trained on 2 to 4; 5 was labelled only from 6 on, when the model was trained; 6 and 7 are in the gap.
    expect(rows).toEqual({
      train: [1, 2, 3],
      labelUnknown: [4],
      inGap: [5, 6],
      test: [7],
      outside: [0, 9],
      timeless: [8],
    });
  });
});

describe('latestShare', () => {
  it.each([
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.2, 9],
    [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.2, 9],
    [[1, 2, 3, 4], 0.001, 4],
    [[1, 2, 3, 4], 0.999, 2],
    // Six of seven, or one: one is nearer to two.
    [[1, 5, 5, 5, 5, 5, 6], 0.3, 6],
    // Five of six, or one: five are nearer to four.
    [[1, 5, 5, 5, 5, 6], 0.66, 5],
    [[1, Number.NaN, 2], 0.5, 2],
    [[3, 3, 3], 0.5, null],
    [[Number.NaN], 0.5, null],
    [[4], 0.5, null],
  ])('of %j, %d: from %s on', (list, share, expected) => {
    expect(latestShare(Float64Array.from(list), share)).toBe(expected);
  });

  it('leaves rows on both sides', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (of, share) => {
        const begin = latestShare(of, share);
        const known = of.filter((time) => !Number.isNaN(time));
        if (new Set(known).size < 2) expect(begin).toBeNull();
        else {
          expect(known.some((time) => time < (begin ?? 0))).toBe(true);
          expect(known.some((time) => time >= (begin ?? 0))).toBe(true);
        }
      }),
    );
  });
});

describe('buckets', () => {
  it('are of equal length', () => {
    expect(equalSpans(Float64Array.from([100, 0, Number.NaN, 30]), 4)).toEqual([0, 25, 50, 75]);
    expect(equalSpans(Float64Array.from([7, 7]), 4)).toBeNull();
  });

  it('or hold equally many rows, those of one time together', () => {
    expect(equalCounts(Float64Array.from([5, 4, 3, 2, 1, 0]), 3)).toEqual([0, 2, 4]);
    expect(equalCounts(Float64Array.from([0, 1, 1, 1, 1, 2]), 3)).toEqual([0, 1, 1]);
    expect(equalCounts(Float64Array.from([7, Number.NaN]), 2)).toBeNull();
  });
});
