/** Words that stand for a missing value, in lower case; case does not matter. */
const missingWords = new Set(['', 'nan', 'na', 'null', '?']);

/** What a feature cell may hold, for messages. */
export const cellForms = 'a finite decimal number, or a blank where the value is missing';

// No two parts of it can take the same digits: the time is linear in the length, whatever the text.
const decimalNumber = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * The value of a trimmed cell: its nearest double, NaN for a missing one, undefined for anything else (text, an infinite
 * or too large number, hexadecimal, digits grouped by `_` or `,`).
 */
export function parseCell(text: string): number | undefined {
  if (text.length <= 4 && missingWords.has(text.toLowerCase())) return Number.NaN;
  if (!decimalNumber.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}
