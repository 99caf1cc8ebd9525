import { describe, expect, it } from 'vitest';
import { familyChoices, matchWorth } from '../../../src/terminal/labelling/family-matches.js';
import { assignQuickPicks } from '../../../src/terminal/labelling/quick-picks.js';
import type { KnownFamily } from '../../../src/terminal/labelling/seat.js';

const malicious = (family: string, instances = 1): KnownFamily => ({ family, label: 'malicious', instances });
const benign = (family: string, instances = 1): KnownFamily => ({ family, label: 'benign', instances });

describe('familyChoices', () => {
  const families = [malicious('neptune', 9), benign('normal', 5), malicious('back-orifice', 2), malicious('nmap', 1)];
  const told = (typed: string): string[] =>
    familyChoices(typed, families, null).map((choice) =>
      [choice.family, choice.label[0], ...(choice.instances === null ? ['new'] : [])].join(' '),
    );

  it('puts the best match first and offers new names under both labels', () => {
    expect(told('n')).toEqual(['neptune m', 'normal b', 'nmap m', 'n m new', 'n b new']);
    expect(told('or')).toEqual(['back-orifice m', 'normal b', 'or m new', 'or b new']);
    expect(told('nm')).toEqual(['nmap m', 'normal b', 'nm m new', 'nm b new']);
    expect(told('NORMAL')[0]).toBe('normal b');
  });

  it('does not make a family that is there', () => {
    expect(told('nmap')).toEqual(['nmap m', 'nmap b new']);
  });

  it('lists all for nothing, the likely one first', () => {
    const likely = { label: 'malicious', family: 'nmap' } as const;
    expect(familyChoices(' ', families, likely).map(({ family }) => family)).toEqual([
      'nmap',
      'neptune',
      'normal',
      'back-orifice',
    ]);
    expect(familyChoices('zzz', families, { label: 'benign', family: null })[0].label).toBe('benign');
  });

  it('refuses a name that is too long', () => {
    expect(familyChoices('x'.repeat(191), families, null)).toEqual([]);
    expect(familyChoices('x'.repeat(190), families, null)).toHaveLength(2);
  });

  it('ranks matches', () => {
    const worths = ['smurf', 'SMURF', 'smurfette', 'the smurf', 'xsmurf', 's-m-u-r-f', 'other'].map((name) =>
      matchWorth('smurf', name),
    );
    expect(worths).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });
});

describe('assignQuickPicks', () => {
  const keys = (picks: readonly (KnownFamily | null)[]): string => picks.map((pick) => pick?.family ?? '-').join('');

  it('keeps keys while sizes change, and renews them between iterations', () => {
    const first = [...'abcdefghij'].map((name, k) => malicious(name, 20 - k));
    const picks = assignQuickPicks([], first, true);
    expect(keys(picks)).toBe('abcdefghi');
    const grown = [malicious('j', 99), ...first.slice(0, 9)];
    expect(keys(assignQuickPicks(picks, grown, false))).toBe('abcdefghi');
    expect(keys(assignQuickPicks(picks, grown, true))).toBe('abcdefghj');
  });

  it('frees the key of a family that is gone', () => {
    const picks = assignQuickPicks([], [malicious('a'), malicious('b'), benign('a')], true);
    expect(keys(picks)).toBe('aba------');
    expect(keys(assignQuickPicks(picks, [malicious('b'), benign('a'), benign('c')], false))).toBe('cba------');
  });
});
