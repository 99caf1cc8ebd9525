/** Counts terms and chooses the columns of a dataset from them, never looking at a label. */
import { PLACEHOLDER_MEANINGS, termsOf } from './tokens.mjs';

/** @typedef {Map<string, number>} TermCounts how often each term occurs in one text */
/** @typedef {{ term: string, texts: number, description: string }} Column */

/** @param {string} a @param {string} b */
const byCodeUnit = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Counts the terms of texts, one text after the other. */
export class TermCounter {
  /** @type {TermCounts[]} one per text, in the order they were added */
  counts = [];
  /** @type {Map<string, { texts: number, words: Map<string, number> }>} */
  #terms = new Map();

  /** @param {string} text */
  add(text) {
    /** @type {TermCounts} */
    const counts = new Map();
    for (const { term, word } of termsOf(text)) {
      let known = this.#terms.get(term);
      if (!known) this.#terms.set(term, (known = { texts: 0, words: new Map() }));
      known.words.set(word, (known.words.get(word) ?? 0) + 1);
      const count = counts.get(term) ?? 0;
      if (count === 0) known.texts += 1;
      counts.set(term, count + 1);
    }
    this.counts.push(counts);
  }

  /**
   * The terms that occur in the most texts (ties: in alphabetical order), sorted by name.
   * @param {{ columns: number, minTexts: number }} options
   * @returns {Column[]}
   */
  choose({ columns, minTexts }) {
    return [...this.#terms]
      .filter(([, { texts }]) => texts >= minTexts)
      .sort(([a, x], [b, y]) => y.texts - x.texts || byCodeUnit(a, b))
      .slice(0, columns)
      .sort(([a], [b]) => byCodeUnit(a, b))
      .map(([term, { texts, words }]) => ({ term, texts, description: describe(term, texts, words) }));
  }
}

/**
 * @param {string} term
 * @param {number} texts
 * @param {Map<string, number>} words
 */
function describe(term, texts, words) {
  const meaning = PLACEHOLDER_MEANINGS.get(term);
  const [mostOften] = [...words].sort(([a, x], [b, y]) => y - x || byCodeUnit(a, b));
  return `${meaning ?? `most often seen as: ${mostOften[0]}`}; in ${texts} mails`;
}
