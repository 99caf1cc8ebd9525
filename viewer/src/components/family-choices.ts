import type { LabelWord } from '../../../src/schema/vocabulary.js';
import { matchStrength } from '../text/fuzzy-match.js';

/** A family that somebody has used already. */
export interface KnownFamily {
  readonly family: string;
  /** Absent where the page is not about labels. */
  readonly label?: LabelWord;
  readonly instances: number;
}

/** What a picker offers: a family there is, or what was typed as a new one. */
export type FamilyChoice = KnownFamily | { readonly isNew: true; readonly family: string };

/** Choices on show: more than anybody reads, and few enough to be drawn at every key. */
const mostShown = 50;

/**
 * The families that what was typed could mean, the best first, among equals the largest; last what was typed itself,
 * unless there is a family of exactly this name. Nothing typed: the largest ones.
 */
export function familyChoices(typed: string, known: readonly KnownFamily[]): FamilyChoice[] {
  const name = typed.trim();
  const found = known.flatMap((family) => {
    const strength = name === '' ? 0 : matchStrength(name, family.family);
    return strength === null ? [] : [{ family, strength }];
  });
  found.sort(
    (a, b) =>
      b.strength - a.strength ||
      b.family.instances - a.family.instances ||
      (a.family.family < b.family.family ? -1 : 1),
  );
  const choices: FamilyChoice[] = found.slice(0, mostShown).map(({ family }) => family);
  if (name !== '' && !isKnown(name, known)) choices.push({ isNew: true, family: name });
  return choices;
}

/** Is there a family of exactly this name? */
export const isKnown = (name: string, known: readonly KnownFamily[]): boolean =>
  known.some(({ family }) => family === name);
