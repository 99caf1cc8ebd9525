import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unseenFamilies } from '../../../src/ml/active-learning/unseen-families.js';
import { randomStream } from '../../../src/ml/random/stream.js';

const counts = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 });

function estimated(of: readonly number[]): NonNullable<ReturnType<typeof unseenFamilies>> {
  const found = unseenFamilies(of);
  if (!found) throw new Error('there were answers');
  return found;
}

describe('unseenFamilies', () => {
  it('has nothing to say without answers', () => {
    expect(unseenFamilies([])).toBeNull();
  });

  it("is Turing's estimate and Chao's, worked out by hand", () => {
    // 10 families: 4 met once, 2 twice, 4 three times: n = 20.
    const { answers, met, once, twice, unseenShare, families } = estimated([1, 1, 1, 1, 2, 2, 3, 3, 3, 3]);
    expect([answers, met, once, twice]).toEqual([20, 10, 4, 2]);
    expect(unseenShare.value).toBe(0.2);
    // √((.2 · .8 + 4/20) / 20) = .134164
    expect(unseenShare.low).toBe(0);
    expect(unseenShare.high).toBeCloseTo(0.2 + 1.959964 * 0.1341641, 5);
    expect(families.value).toBeCloseTo(10 + (0.95 * 4 * 3) / 6, 12);
    // Variance: 2 · (.95·2²/2 + .95²·2³ + .95²·2⁴/4) = 25.46
    const spread = Math.exp(1.959964 * Math.sqrt(Math.log(1 + 25.46 / 1.9 ** 2)));
    expect(families.low).toBeCloseTo(10 + 1.9 / spread, 5);
    expect(families.high).toBeCloseTo(10 + 1.9 * spread, 4);
  });

  it('never says that nothing is left', () => {
    const { unseenShare, families } = estimated([50, 50]);
    expect(unseenShare).toMatchObject({ value: 0, low: 0 });
    expect(unseenShare.high).toBeCloseTo(1 - 0.05 ** 0.01, 12);
    expect(families).toMatchObject({ value: 2, low: 2 });
    expect(estimated([1]).unseenShare.high).toBe(1);
    expect(estimated([3, 2, 4]).families.high).toBeGreaterThan(3);
  });

  it('keeps to what is possible, in any order of the families', () => {
    fc.assert(
      fc.property(counts, (of) => {
        const found = estimated(of);
        const { unseenShare: share, families, met } = found;
        expect(0 <= share.low && share.low <= share.value && share.value <= share.high && share.high <= 1).toBe(true);
        expect(met <= families.low && families.low <= families.value && families.value <= families.high).toBe(true);
        expect(Number.isFinite(families.high)).toBe(true);
        const turned = estimated(of.toReversed());
        expect(turned.unseenShare).toEqual(found.unseenShare);
        expect(turned.families.value).toBe(families.value);
        expect(turned.families.high).toBeCloseTo(families.high, 9);
      }),
    );
  });

  it('expects less that is new after the same families were met again', () => {
    fc.assert(
      fc.property(counts, (of) => {
        const again = estimated(of.map((count) => count + 2));
        const before = estimated(of);
        expect(again.unseenShare.value).toBe(0);
        expect(again.families.value).toBeLessThanOrEqual(before.families.value);
        expect(again.unseenShare.high).toBeLessThanOrEqual(before.unseenShare.high + 1e-12);
      }),
    );
  });

  it('holds the truth in its interval about as often as it says, for fair samples', () => {
    // 60 families, the k-th of a share proportional to 1 / k; 300 answers.
    const shares = Array.from({ length: 60 }, (_, k) => 1 / (k + 1));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const [rounds, answers] = [400, 300];
    let [shareHeld, familiesHeld] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const stream = randomStream(round, 'unseen families');
      const times = new Uint32Array(60);
      for (let i = 0; i < answers; i++) {
        let at = stream.float() * total;
        let k = 0;
        while (k < 59 && at >= shares[k]) at -= shares[k++];
        times[k]++;
      }
      const unseen = shares.reduce((sum, share, k) => (times[k] === 0 ? sum + share / total : sum), 0);
      const { unseenShare, families } = estimated([...times].filter((count) => count > 0));
      if (unseenShare.low <= unseen && unseen <= unseenShare.high) shareHeld++;
      if (families.low <= 60 && 60 <= families.high) familiesHeld++;
    }
    expect(shareHeld / rounds).toBeGreaterThan(0.9);
    // Chao's figure is a lower bound: the interval falls short of the truth somewhat oftener than it says.
    expect(familiesHeld / rounds).toBeGreaterThan(0.85);
  });
});
