/** How well a text answers what was typed: larger is better. */
export type MatchStrength = number;

/**
 * Whether `typed` names `text`, letter case aside, and how well: the whole of it (4), its beginning (3), the beginning
 * of a word in it (2), a part of it (1), or its letters in order with others between them (below 1, the more the closer
 * they stand). Words typed with spaces between them are looked for one by one, and the weakest counts. Null: it does
 * not. O(length of both).
 */
export function matchStrength(typed: string, text: string): MatchStrength | null {
  const plain = text.toLowerCase();
  const wanted = typed.trim().toLowerCase();
  if (wanted === plain.trim()) return 4;
  let weakest = 3;
  for (const word of wanted.split(/\s+/)) {
    const strength = strengthOfWord(word, plain);
    if (strength === null) return null;
    weakest = Math.min(weakest, strength);
  }
  return weakest;
}

function strengthOfWord(word: string, text: string): MatchStrength | null {
  if (text.startsWith(word)) return 3;
  let found = text.indexOf(word);
  if (found < 0) return lettersInOrder(word, text);
  for (; found >= 0; found = text.indexOf(word, found + 1)) {
    if (!/[\p{L}\p{N}]/u.test(text[found - 1])) return 2;
  }
  return 1;
}

/** The share of the letters looked for in the stretch of text that holds them all, from the first that fits. */
function lettersInOrder(word: string, text: string): MatchStrength | null {
  let first = -1;
  let at = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return null;
    if (first < 0) first = at;
  }
  return word.length / (at - first + 2);
}
