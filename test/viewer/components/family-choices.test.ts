import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { familyChoices } from '../../../viewer/src/components/family-choices.js';
import { matchStrength } from '../../../viewer/src/text/fuzzy-match.js';

const known = [
  { family: 'Zeus', label: 'malicious' as const, instances: 3 },
  { family: 'zeus-p2p', label: 'malicious' as const, instances: 40 },
  { family: 'newsletter', label: 'benign' as const, instances: 90 },
  { family: 'bank phishing', label: 'malicious' as const, instances: 7 },
  { family: 'Bazeus', label: 'malicious' as const, instances: 1 },
];
const names = (typed: string): string[] =>
  familyChoices(typed, known).map((choice) => ('isNew' in choice ? `+${choice.family}` : choice.family));

describe('the families that what was typed could mean', () => {
  it('are all of them before anything is typed, the largest first', () => {
    expect(names('')).toEqual(['newsletter', 'zeus-p2p', 'bank phishing', 'Zeus', 'Bazeus']);
  });

  it('come the best first: whole, beginning, part, letters in order; then what was typed as a new one', () => {
    expect(names('zeus')).toEqual(['Zeus', 'zeus-p2p', 'Bazeus', '+zeus']);
    expect(names('zeus p2p')).toEqual(['zeus-p2p', '+zeus p2p']);
    expect(names('phi')).toEqual(['bank phishing', '+phi']);
    expect(names('nwl')).toEqual(['newsletter', '+nwl']);
  });

  it('offer no new family of a name that there is, and none of blanks', () => {
    expect(names(' Zeus ')).toEqual(['Zeus', 'zeus-p2p', 'Bazeus']);
    expect(names('   ')).toHaveLength(5);
  });

  it('offer at most 50 and the new one', () => {
    const many = Array.from({ length: 300 }, (_, i) => ({ family: `family-${i}`, instances: i }));
    expect(familyChoices('family', many)).toHaveLength(51);
  });
});

describe('how well a text answers what was typed', () => {
  it('finds any letters of a text in their order, and a part before scattered letters', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme-ascii' }),
        fc.infiniteStream(fc.boolean()),
        (text, keep) => {
          const some = [...text.toLowerCase()].filter((letter) => letter.trim() !== '' && keep.next().value).join('');
          expect(matchStrength(some, text)).not.toBeNull();
        },
      ),
    );
    expect(matchStrength('eus', 'zeus')).toBe(1);
    expect(matchStrength('p2p', 'zeus-p2p')).toBe(2);
    expect(matchStrength('zs', 'zeus')).toBeLessThan(1);
    expect(matchStrength('sz', 'zeus')).toBeNull();
  });
});
