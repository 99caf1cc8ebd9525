import type { GivenLabel } from '../../schema/labelling.js';
import { type LabelWord, labelWords } from '../../schema/vocabulary.js';
import type { KnownFamily } from './seat.js';

/** One line of the family picker: a family that is there, or one that would be new. */
export interface FamilyChoice {
  readonly label: LabelWord;
  readonly family: string;
  /** Instances it has; null for a new one. */
  readonly instances: number | null;
}

/** Characters (code points) that a family's name may have. */
export const longestFamily = 190;

/**
 * What the person may mean by `typed`: the families it matches, the best first (those of equal worth in the order of
 * `families`), then the new families it would make, under the likelier label first. Nothing typed: every family, that
 * of `likely` first.
 */
export function familyChoices(
  typed: string,
  families: readonly KnownFamily[],
  likely: GivenLabel | null,
): readonly FamilyChoice[] {
  const name = typed.trim();
  const isLikely = (family: KnownFamily): boolean => family.family === likely?.family && family.label === likely.label;
  const found = families
    .map((family, place) => ({ family, place, worth: matchWorth(name, family.family) + (isLikely(family) ? 0.5 : 0) }))
    .filter(({ worth }) => worth >= 1)
    .sort((a, b) => b.worth - a.worth || a.place - b.place)
    .map(({ family }) => family);
  if (name === '' || Array.from(name).length > longestFamily) return found;
  const labels = likely?.label === 'benign' ? [...labelWords].toReversed() : labelWords;
  const unknown = labels.filter((label) => !families.some((one) => one.family === name && one.label === label));
  return [...found, ...unknown.map((label) => ({ label, family: name, instances: null }))];
}

/**
 * How well a name answers what was typed: 0 not at all, 1 its letters in this order, 2 inside, 3 at the beginning of a
 * word, 4 at the beginning, 5 the same but for its case, 6 the same. Nothing typed answers every name alike.
 */
export function matchWorth(typed: string, name: string): number {
  if (typed === '') return 1;
  if (name === typed) return 6;
  const [wanted, candidate] = [typed.toLowerCase(), name.toLowerCase()];
  if (candidate === wanted) return 5;
  const at = candidate.indexOf(wanted);
  if (at === 0) return 4;
  if (at > 0) return /[\p{L}\p{N}]/u.test(candidate[at - 1]) ? 2 : 3;
  let place = 0;
  for (const letter of wanted) {
    place = candidate.indexOf(letter, place) + letter.length;
    if (place < letter.length) return 0;
  }
  return 1;
}
