import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familyCountsAbove, familyGroups, familyRates } from '../../../src/ml/metrics/families.js';
import { wilson } from '../../../src/ml/metrics/intervals.js';

describe('families', () => {
  const label = Int8Array.of(1, 1, 1, 0, 0, -1, 1);
  const family = ['worm', 'worm', 'spy', 'spy', 'mail', '', 'worm'];
  const values = Float64Array.of(0.9, 0.5, 0.7, 0.6, 0.2, 0.99, 0.51);

  it('are counted by label and name, the largest first, unlabelled rows left out', () => {
    const { groups, codes } = familyGroups(label, family);
    expect(groups).toEqual([
      { family: 'worm', malicious: true, instances: 3 },
      { family: 'spy', malicious: true, instances: 1 },
      { family: 'mail', malicious: false, instances: 1 },
      { family: 'spy', malicious: false, instances: 1 },
    ]);
    expect([...codes]).toEqual([0, 0, 1, 3, 2, -1, 0]);
  });

  it('have detection and false-alarm rates with Wilson intervals', () => {
    const rates = familyRates(familyGroups(label, family), values, 0.5);
    expect(rates.map(({ calledMalicious }) => calledMalicious)).toEqual([2, 1, 0, 1]);
    expect(rates[0].rate).toEqual(wilson(2, 3));
    expect(rates[2].rate.low).toBe(0);
  });

  it('are counted at every position as one by one', () => {
    const row = fc.tuple(fc.constantFrom(-1, 0, 1), fc.constantFrom('a', 'b', 'c'), fc.integer({ min: -4, max: 4 }));
    const positions = fc.uniqueArray(fc.integer({ min: -5, max: 5 }), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), positions, (rows, unsorted) => {
        const at = Float64Array.from(unsorted).sort();
        const families = familyGroups(
          Int8Array.from(rows, ([l]) => l),
          rows.map(([, f]) => f),
        );
        const counts = familyCountsAbove(
          families,
          Float64Array.from(rows, ([, , v]) => v),
          at,
        );
        families.groups.forEach(({ family: name, malicious }, g) => {
          at.forEach((threshold, k) => {
            const called = rows.filter(([l, f, v]) => l === Number(malicious) && f === name && v > threshold).length;
            expect(counts[g * at.length + k]).toBe(called);
          });
        });
      }),
    );
  });
});
