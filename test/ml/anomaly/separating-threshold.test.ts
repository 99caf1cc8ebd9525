import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { separatingThreshold } from '../../../src/ml/anomaly/separating-threshold.js';

const balanced = (scores: readonly number[], malicious: readonly number[], threshold: number): number => {
  const share = (wanted: number): number => {
    const own = scores.filter((_, i) => malicious[i] === wanted);
    return own.filter((score) => Number(score > threshold) === wanted).length / own.length;
  };
  return (share(0) + share(1)) / 2;
};

it('has the best balanced accuracy of all thresholds', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.constantFrom(0, 1)), { minLength: 2, maxLength: 30 }),
      (rows) => {
        const scores = rows.map(([score]) => score);
        const malicious = rows.map(([, mark]) => mark);
        fc.pre(malicious.includes(0) && malicious.includes(1));
        const threshold = separatingThreshold(Float64Array.from(scores), Uint8Array.from(malicious));
        const own = balanced(scores, malicious, threshold);
        for (let other = -5.5; other < 6; other++)
          expect(own).toBeGreaterThanOrEqual(balanced(scores, malicious, other));
      },
    ),
  );
});
