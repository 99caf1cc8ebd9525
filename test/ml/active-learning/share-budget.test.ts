import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { clusterStrategies, wordsOf } from '../../../src/ml/active-learning/cluster-words.js';
import { shareBudget } from '../../../src/ml/active-learning/share-budget.js';
import { randomStream } from '../../../src/ml/random/stream.js';

it('shares a budget out evenly over groups, none of which gives more than it has', () => {
  const sizes = fc.array(fc.nat(30), { maxLength: 12 });
  fc.assert(
    fc.property(sizes, fc.nat(200), fc.nat(1000), (groups, total, seed) => {
      const shares = shareBudget(groups, total, randomStream(seed, 'shares'));
      const all = groups.reduce((sum, size) => sum + size, 0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(Math.min(total, all));
      shares.forEach((share, k) => expect(share).toBeLessThanOrEqual(groups[k]));
      // Whoever has more to give is asked as much as any other, but for one.
      const most = Math.max(0, ...shares);
      shares.forEach((share, k) => {
        if (share < groups[k]) expect(share).toBeGreaterThanOrEqual(most - 1);
      });
    }),
  );
});

it('knows every sequence of distinct words', () => {
  expect(clusterStrategies).toContain('center_anomalous');
  expect(clusterStrategies).toContain('random');
  expect(clusterStrategies.length).toBe(4 + 12 + 24 + 24);
  expect(wordsOf('center_anomalous')).toEqual(['center', 'anomalous']);
});
