import { describe, expect, it } from 'vitest';
import type { NearestInstances } from '../../../src/schema/api/instance.js';
import { turningWords } from '../../../viewer/src/instance/taking-over.js';

const feature = { index: 0, name: 'x', own: 1, theirs: 2 };

function neighbour(
  turning: number | null,
  valueAfter: number | null = 0.3,
): NearestInstances['groups'][0]['nearest'][0] {
  return {
    instanceId: 'a',
    ident: 'A',
    label: 'benign',
    family: null,
    alike: 1,
    distance: 1,
    differing: 1,
    differences: [{ ...feature, difference: 1, valueAfter }],
    turning: turning === null ? null : { count: turning, value: 0.3, changes: [feature] },
  };
}

describe('what turns a verdict, in words', () => {
  it('names the other verdict and how many values it takes', () => {
    expect(turningWords(neighbour(1), { asked: 'malicious', value: 0.9, threshold: 0.5 })).toBe(
      'The model would call it benign with one value of this neighbour in place of its own',
    );
    expect(turningWords(neighbour(3), { asked: 'malicious', value: 0.5, threshold: 0.5 })).toContain(
      'call it malicious with 3 values',
    );
    expect(turningWords(neighbour(null), { asked: 'malicious', value: 0.9, threshold: 0.5 })).toContain(
      'still calls it malicious',
    );
  });

  it('names no other class of a multiclass model', () => {
    const answer = { asked: 'lead' as const, value: 0.4, threshold: 0 };
    expect(turningWords(neighbour(2), answer)).toContain('would call it something else with 2 values');
    expect(turningWords(neighbour(null), answer)).toContain('still calls it the same');
  });

  it('is nothing where no model was asked, or nothing differs', () => {
    expect(turningWords(neighbour(null), { asked: null, value: null, threshold: null })).toBeNull();
    expect(turningWords(neighbour(null, null), { asked: 'malicious', value: 0.9, threshold: 0.5 })).toBeNull();
    expect(
      turningWords(
        { ...neighbour(null), differing: 0, differences: [] },
        { asked: 'malicious', value: 0.9, threshold: 0.5 },
      ),
    ).toBeNull();
  });
});
