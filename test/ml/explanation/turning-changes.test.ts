import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { turningChanges } from '../../../src/ml/explanation/turning-changes.js';

/** A model that adds up what each change takes off. */
const adding =
  (start: number, effects: readonly number[]) =>
  (lists: readonly (readonly number[])[]): Float64Array =>
    Float64Array.from(lists, (list) => list.reduce((sum, k) => sum + effects[k], start));

describe('the changes that turn a verdict', () => {
  it('are the most effective ones, and no more than it takes', () => {
    const effects = [-0.1, -0.4, 0.2, -0.3];
    expect(turningChanges(4, 1, 0.5, adding(1, effects))).toEqual({ taken: [1, 3], value: expect.closeTo(0.3, 9) });
    expect(turningChanges(4, 1, 0.25, adding(1, effects))?.taken).toEqual([1, 3, 0]);
    expect(turningChanges(4, 0.4, 0.5, adding(0.4, effects))?.taken).toEqual([2]);
  });

  it('are none where nothing turns it: of no difference, or of too small ones', () => {
    expect(turningChanges(0, 1, 0.5, adding(1, []))).toBeNull();
    expect(turningChanges(2, 1, 0.5, adding(1, [-0.1, -0.2]))).toBeNull();
  });

  it('leave out what the others make needless', () => {
    // Alone the first does most, but with the two others it adds nothing.
    const values = (lists: readonly (readonly number[])[]): Float64Array =>
      Float64Array.from(lists, (list) => {
        const both = list.includes(1) && list.includes(2);
        return both ? 0 : list.includes(0) ? 0.6 : list.length > 0 ? 0.8 : 1;
      });
    expect(turningChanges(3, 1, 0.5, values)).toEqual({ taken: [1, 2], value: 0 });
  });

  it('turn it, and none of them can be left out', () => {
    const effects = fc.array(fc.integer({ min: -8, max: 4 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(effects, (of) => {
        const valuesAfter = adding(10, of);
        const found = turningChanges(of.length, 10, 5, valuesAfter);
        const most = of.filter((effect) => effect < 0).reduce((sum, effect) => sum + effect, 10);
        expect(found !== null).toBe(most <= 5);
        if (found === null) return;
        expect(valuesAfter([found.taken])[0]).toBe(found.value);
        expect(found.value).toBeLessThanOrEqual(5);
        found.taken.forEach((_, k) => expect(valuesAfter([found.taken.toSpliced(k, 1)])[0]).toBeGreaterThan(5));
      }),
    );
  });
});
