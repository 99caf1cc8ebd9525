import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stratifiedSplit } from '../../../src/ml/model-selection/stratified-split.js';
import { arbitraryStrata, countsBy, numberedIds } from './instance-ids.js';

const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });

describe('stratifiedSplit', () => {
  it('shares out every row once, ascending, and every stratum by its quota', () => {
    fc.assert(
      fc.property(arbitraryStrata, share, ({ ids, strata, seed }, testShare) => {
        const { train, test } = stratifiedSplit(ids, Int32Array.from(strata), testShare, seed);
        expect([...train, ...test].sort((a, b) => a - b)).toEqual([...ids.keys()]);
        for (const rows of [train, test]) expect([...rows]).toEqual([...rows].sort((a, b) => a - b));
        const sizes = countsBy(strata);
        const tested = countsBy([...test].map((row) => strata[row]));
        let capped = false;
        for (const [stratum, size] of sizes) {
          const taken = tested.get(stratum) ?? 0;
          const cap = size > 1 ? size - 1 : 1;
          expect(taken).toBeLessThanOrEqual(cap);
          if (size * testShare > cap) capped = true;
          else expect(taken).toBeGreaterThanOrEqual(Math.floor(size * testShare));
        }
        if (capped) return;
        expect(test).toHaveLength(Math.round(testShare * ids.length));
        for (const [stratum, size] of sizes) expect(tested.get(stratum) ?? 0).toBeLessThan(size * testShare + 1);
      }),
    );
  });

  it('puts a row on the same side wherever it stands', () => {
    fc.assert(
      fc.property(arbitraryStrata, share, ({ ids, strata, order, seed }, testShare) => {
        const { test } = stratifiedSplit(ids, Int32Array.from(strata), testShare, seed);
        const shuffledIds = order.map((row) => ids[row]);
        const shuffledStrata = Int32Array.from(order, (row) => strata[row]);
        const shuffled = stratifiedSplit(shuffledIds, shuffledStrata, testShare, seed).test;
        expect(new Set([...shuffled].map((row) => shuffledIds[row]))).toEqual(
          new Set([...test].map((row) => ids[row])),
        );
      }),
    );
  });

  it('does not depend on how the strata are numbered', () => {
    const ids = numberedIds(200);
    const strata = Int32Array.from(ids, (_, i) => (i * i) % 7);
    const renumbered = strata.map((stratum) => (stratum * 3) % 7);
    expect(stratifiedSplit(ids, renumbered, 0.13, 5)).toEqual(stratifiedSplit(ids, strata, 0.13, 5));
  });

  it('keeps a row on its side when rows of other strata come and go, as far as the quotas stay', () => {
    const ids = numberedIds(100);
    const alone = stratifiedSplit(ids, new Int32Array(100), 0.2, 3).test;
    const more = [...ids, ...numberedIds(100).map((id) => `more ${id}`)];
    const strata = Int32Array.from(more, (_, i) => Number(i >= 100));
    expect(stratifiedSplit(more, strata, 0.2, 3).test.filter((row) => row < 100)).toEqual(alone);
  });

  it('draws another test set for another seed, beyond 32 bits too', () => {
    const ids = numberedIds(300);
    const tests = [0, 1, 2 ** 32, 2 ** 32 + 1, 2 ** 40].map((seed) =>
      stratifiedSplit(ids, new Int32Array(300), 0.5, seed).test.join(),
    );
    expect(new Set(tests).size).toBe(tests.length);
  });

  it('takes each row for the test set about as often as any other', () => {
    const ids = numberedIds(40);
    const taken = new Array<number>(40).fill(0);
    const seeds = 400;
    for (let seed = 0; seed < seeds; seed++) {
      for (const row of stratifiedSplit(ids, new Int32Array(40), 0.25, seed).test) taken[row]++;
    }
    // Mean 100, standard deviation √(400 · ¼ · ¾) = 8.7: five of them to each side.
    expect(Math.min(...taken)).toBeGreaterThan(57);
    expect(Math.max(...taken)).toBeLessThan(143);
  });

  it('gives equal remainders by lot: of ten lone rows, not always the same ones are tested', () => {
    const ids = numberedIds(10);
    const strata = Int32Array.from(ids.keys());
    const tested = new Set<number>();
    for (let seed = 0; seed < 60; seed++)
      for (const row of stratifiedSplit(ids, strata, 0.2, seed).test) tested.add(row);
    expect(tested.size).toBe(10);
  });

  it('leaves a class of two a row to learn from', () => {
    const { train, test } = stratifiedSplit(numberedIds(4), Int32Array.of(0, 0, 1, 1), 0.9, 0);
    expect([train.length, test.length]).toEqual([2, 2]);
  });

  it('takes no rows, and one', () => {
    expect(stratifiedSplit([], new Int32Array(0), 0.5, 0)).toEqual({
      train: new Uint32Array(0),
      test: new Uint32Array(0),
    });
    expect(stratifiedSplit(['a'], Int32Array.of(1), 0.1, 0)).toEqual({
      train: Uint32Array.of(0),
      test: new Uint32Array(0),
    });
  });
});
