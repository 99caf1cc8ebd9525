import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupedFolds } from '../../../src/ml/model-selection/grouped-folds.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { arbitraryStrata, numberedIds } from './instance-ids.js';

const equal = (k: number): number[] => new Array<number>(k).fill(1 / k);

describe('groupedFolds', () => {
  it('keeps each group in one fold, wherever its rows stand', () => {
    fc.assert(
      fc.property(arbitraryStrata, fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 12 }), (of, k, g) => {
        const { ids, strata, order, seed } = of;
        const groups = Int32Array.from(ids, (_, row) => ((row * 7) % (g + 1)) - 1);
        const folds = groupedFolds(ids, groups, Int32Array.from(strata), equal(k), seed);
        const foldOf = new Map<number, number>();
        groups.forEach((group, row) => {
          if (group < 0) return;
          expect(folds[row]).toBe(foldOf.get(group) ?? folds[row]);
          foldOf.set(group, folds[row]);
        });
        const shuffled = groupedFolds(
          order.map((row) => ids[row]),
          Int32Array.from(order, (row) => groups[row]),
          Int32Array.from(order, (row) => strata[row]),
          equal(k),
          seed,
        );
        expect([...shuffled]).toEqual(order.map((row) => folds[row]));
      }),
    );
  });

  it('fills every fold where there are groups enough', () => {
    fc.assert(
      fc.property(arbitraryStrata, fc.integer({ min: 2, max: 6 }), ({ ids, strata, seed }, k) => {
        // Rows without a group are groups of their own.
        const folds = groupedFolds(ids, new Int32Array(ids.length).fill(-1), Int32Array.from(strata), equal(k), seed);
        expect(new Set(folds).size).toBe(Math.min(k, ids.length));
      }),
    );
  });

  it('shares out each class as the weights say, as nearly as groups of a few rows allow', () => {
    const ids = numberedIds(4000);
    const stream = randomStream(3, 'grouped');
    const groups = Int32Array.from(ids, () => stream.below(400));
    // Half of the groups are mostly malicious, as campaigns are.
    const strata = Int32Array.from(groups, (group) => Number(stream.float() < (group % 2 === 0 ? 0.9 : 0.02)));
    const share = (folds: Int32Array, fold: number, stratum: number): number => {
      const of = [...strata.keys()].filter((row) => strata[row] === stratum);
      return of.filter((row) => folds[row] === fold).length / of.length;
    };
    const four = groupedFolds(ids, groups, strata, equal(4), 1);
    const test = groupedFolds(ids, groups, strata, [0.9, 0.1], 1);
    for (const stratum of [0, 1]) {
      for (let fold = 0; fold < 4; fold++) expect(Math.abs(share(four, fold, stratum) - 0.25)).toBeLessThan(0.01);
      expect(Math.abs(share(test, 1, stratum) - 0.1)).toBeLessThan(0.01);
    }
    expect(groupedFolds(ids, groups, strata, equal(4), 2).join()).not.toBe(four.join());
  });
});
