import { stripVTControlCharacters } from 'node:util';

/** Characters that take two columns of a terminal: CJK, full-width forms, emoji. */
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}]|[\u{20000}-\u{3fffd}]/gu;

/** Columns that a text takes on a terminal, escape sequences and combining marks apart. */
export function textWidth(text: string): number {
  const plain = stripVTControlCharacters(text).replace(/\p{Mn}/gu, '');
  return Array.from(plain).length + (plain.match(wide)?.length ?? 0);
}

/**
 * A text in lines of at most `width` columns, broken at blanks; a longer word has a line of its own. Every line but the
 * first begins with `indent`, which counts.
 */
export function wrapText(text: string, width: number, indent = ''): string {
  let filled = 0;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const columns = textWidth(word);
    const last = lines.length - 1;
    // Blanks that would begin a line are dropped, but for those that the text begins with.
    const leading = last === 0 && lines[0].trim() === '';
    if (last >= 0 && (filled + 1 + columns <= width || leading)) {
      lines[last] += ` ${word}`;
      filled += 1 + columns;
    } else if (word !== '' || last < 0) {
      lines.push(word);
      filled = columns + (last >= 0 ? indent.length : 0);
    }
  }
  return lines.map((line, k) => (k < lines.length - 1 ? line.trimEnd() : line)).join(`\n${indent}`);
}
