import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stratifiedFolds } from '../../../src/ml/model-selection/stratified-folds.js';
import { arbitraryStrata, countsBy, numberedIds } from './instance-ids.js';

const foldCount = fc.integer({ min: 2, max: 9 });

describe('stratifiedFolds', () => {
  it('balances the folds within 1, in every stratum and in all', () => {
    fc.assert(
      fc.property(arbitraryStrata, foldCount, ({ ids, strata, seed }, k) => {
        const folds = [...stratifiedFolds(ids, Int32Array.from(strata), k, seed)];
        const spread = (dealt: readonly number[]): number => {
          const counts = countsBy(dealt);
          const sizes = Array.from({ length: k }, (_, fold) => counts.get(fold) ?? 0);
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(dealt.length);
          return Math.max(...sizes) - Math.min(...sizes);
        };
        expect(spread(folds)).toBeLessThanOrEqual(1);
        for (const stratum of new Set(strata)) {
          expect(spread(folds.filter((_, row) => strata[row] === stratum))).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('puts a row into the same fold wherever it stands', () => {
    fc.assert(
      fc.property(arbitraryStrata, foldCount, ({ ids, strata, order, seed }, k) => {
        const folds = stratifiedFolds(ids, Int32Array.from(strata), k, seed);
        const shuffled = stratifiedFolds(
          order.map((row) => ids[row]),
          Int32Array.from(order, (row) => strata[row]),
          k,
          seed,
        );
        expect([...shuffled]).toEqual(order.map((row) => folds[row]));
      }),
    );
  });

  it('deals otherwise for another seed', () => {
    const ids = numberedIds(100);
    const deal = (seed: number): string => stratifiedFolds(ids, new Int32Array(100), 4, seed).join();
    expect(new Set([0, 1, 2, 2 ** 33].map(deal)).size).toBe(4);
  });
});
