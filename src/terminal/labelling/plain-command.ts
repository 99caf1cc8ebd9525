import { printable } from '../../errors.js';
import type { LabelWord } from '../../schema/vocabulary.js';
import { familyChoices, longestFamily } from './family-matches.js';
import type { Intent, Seat } from './seat.js';

/** What a line of the line mode means. */
export type PlainCommand =
  | { readonly does: 'intend'; readonly intent: Intent }
  | { readonly does: 'show'; readonly what: 'question' | 'help' | 'families' | 'alike' | 'original' }
  | { readonly does: 'show-features'; readonly search: string }
  | { readonly does: 'next-iteration' }
  | { readonly does: 'quit' }
  | { readonly does: 'say'; readonly text: string };

/** Words that may be written out. */
const words: Readonly<Record<string, string>> = {
  malicious: 'm',
  benign: 'b',
  family: 'f',
  undo: 'u',
  skip: 's',
  unsure: '?',
  next: 'n',
  previous: 'p',
  back: 'p',
  open: 'o',
  details: 'd',
  features: 'd',
  alike: 'D',
  original: 'i',
  iteration: 'N',
  families: 'l',
  again: 'r',
  help: 'h',
  quit: 'q',
};

/** A line read by what its first word, or letter, says. */
export function plainCommand(line: string, seat: Seat, at: number): PlainCommand {
  const typed = line.trim();
  const blank = typed.search(/\s/);
  const first = blank < 0 ? typed : typed.slice(0, blank);
  const rest = blank < 0 ? '' : typed.slice(blank).trim();
  const lower = first.toLowerCase();
  const command = Object.hasOwn(words, lower) ? words[lower] : 'MBFUSPIHQLOR'.includes(first) ? lower : first;
  if (command === '') return { does: 'intend', intent: { do: 'accept', at } };
  if (/^[1-9]$/.test(command) && rest === '') return quickPick(Number(command), seat, at);
  if (command === 'm' || command === 'b') return labelled(command === 'm' ? 'malicious' : 'benign', rest, at);
  if (command === 'f') return named(rest, seat, at);
  if (command === 'd') return { does: 'show-features', search: rest };
  if (rest !== '') return { does: 'say', text: `"${printable(typed, 60)}" is no answer: h lists the answers` };
  switch (command) {
    case 'u':
      return { does: 'intend', intent: { do: 'undo' } };
    case 's':
      return { does: 'intend', intent: { do: 'pass', how: 'skipped' } };
    case '?':
      return { does: 'intend', intent: { do: 'pass', how: 'unsure' } };
    case 'n':
      return { does: 'intend', intent: { do: 'step', by: 1, at } };
    case 'p':
      return { does: 'intend', intent: { do: 'step', by: -1, at } };
    case 'o':
      return { does: 'intend', intent: { do: 'next-open', at } };
    case 'D':
      return { does: 'show', what: 'alike' };
    case 'i':
      return { does: 'show', what: 'original' };
    case 'l':
      return { does: 'show', what: 'families' };
    case 'r':
      return { does: 'show', what: 'question' };
    case 'h':
      return { does: 'show', what: 'help' };
    case 'N':
      return { does: 'next-iteration' };
    case 'q':
      return { does: 'quit' };
    default:
      return { does: 'say', text: `"${printable(typed, 60)}" is no answer: h lists the answers` };
  }
}

function quickPick(digit: number, seat: Seat, at: number): PlainCommand {
  const family = seat.quickPicks[digit - 1];
  if (!family) return { does: 'say', text: `no family has the number ${digit} yet` };
  return { does: 'intend', intent: { do: 'give', given: { label: family.label, family: family.family }, at } };
}

function labelled(label: LabelWord, name: string, at: number): PlainCommand {
  const family = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').trim();
  if (Array.from(family).length > longestFamily) {
    return { does: 'say', text: `a family has at most ${longestFamily} characters` };
  }
  return { does: 'intend', intent: { do: 'give', given: { label, family: family === '' ? null : family }, at } };
}

/** A family that is there, by its name: which of several, and whether a new one is meant, is asked for. */
function named(name: string, seat: Seat, at: number): PlainCommand {
  if (name === '') return { does: 'say', text: 'write the family after f; m NAME or b NAME makes a new one' };
  const exact = seat.families.filter(({ family }) => family === name);
  if (exact.length === 1) return labelled(exact[0].label, name, at);
  const shown = printable(name, 60);
  if (exact.length > 1) return { does: 'say', text: `"${shown}" is under both labels: write m ${shown} or b ${shown}` };
  const near = familyChoices(name, seat.families, null).filter(({ instances }) => instances !== null);
  if (near.length === 1) return labelled(near[0].label, near[0].family, at);
  const some = near.slice(0, 5).map(({ family, label }) => `${printable(family, 60)} (${label})`);
  const known = some.length === 0 ? '' : `; there are ${some.join(', ')}`;
  return { does: 'say', text: `no family is called "${shown}"${known}; m ${shown} or b ${shown} makes it` };
}
