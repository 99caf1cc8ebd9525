/** Cuts a text into terms: stems of words, and one placeholder each for addresses, links, amounts and numbers. */
import { stemmer } from 'stemmer';
import { eng } from 'stopword';

const SHORTEST_WORD = 2;
const LONGEST_WORD = 25;
const STOP_WORDS = new Set(eng);

/** What stands for what: in this order, each pattern is taken out of what the ones before it left. */
const PLACEHOLDERS = [
  { term: '_url_', meaning: 'links and web addresses', pattern: /\b(?:https?|ftp):\/\/[^\s<>"']+|\bwww\.[^\s<>"']+/g },
  { term: '_email_', meaning: 'mail addresses', pattern: /(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g },
  { term: '_money_', meaning: 'amounts of money', pattern: /(?:us)?[$£€]\s?\d[\d.,]*/g },
];
const NUMBER = { term: '_number_', meaning: 'numbers written in digits' };

/** @type {Map<string, string>} */
export const PLACEHOLDER_MEANINGS = new Map([...PLACEHOLDERS, NUMBER].map(({ term, meaning }) => [term, meaning]));

const APOSTROPHE = /(?<=\p{L})['’`](?=\p{L})/gu;
const INVISIBLE = /[\u00ad\u200b-\u200d\ufeff]/g;
const WORD = /_(?:url|email|money)_|[\p{L}\p{M}\p{N}]+/gu;
const ONLY_DIGITS = /^\p{N}+$/u;
const ENGLISH = /^[a-z]+$/;

/** @type {Map<string, string>} */
const stems = new Map();

/** @param {string} word */
function stemOf(word) {
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = ENGLISH.test(word) ? stemmer(word) : word;
    stems.set(word, stem);
  }
  return stem;
}

/**
 * The terms of a text in their order, each with the word as it was written (in lower case).
 * @param {string} text
 * @returns {Generator<{ term: string, word: string }>}
 */
export function* termsOf(text) {
  let plain = text.normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
  for (const { term, pattern } of PLACEHOLDERS) plain = plain.replace(pattern, ` ${term} `);
  plain = plain.replace(APOSTROPHE, '');
  for (const [word] of plain.matchAll(WORD)) {
    if (PLACEHOLDER_MEANINGS.has(word)) yield { term: word, word };
    else if (ONLY_DIGITS.test(word)) yield { term: NUMBER.term, word };
    else if (word.length >= SHORTEST_WORD && word.length <= LONGEST_WORD && !STOP_WORDS.has(word)) {
      yield { term: stemOf(word), word };
    }
  }
}
