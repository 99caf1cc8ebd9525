/**
 * Code points that take two columns: East Asian wide and full-width forms, and what is drawn as an emoji by default
 * (Unicode's EastAsianWidth W and F), as pairs of first and last.
 */
// biome-ignore format: a table
const wide = [
  0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3, 0x25fd, 0x25fe,
  0x2614, 0x2615, 0x2630, 0x2637, 0x2648, 0x2653, 0x267f, 0x267f, 0x268a, 0x268f, 0x2693, 0x2693, 0x26a1, 0x26a1,
  0x26aa, 0x26ab, 0x26bd, 0x26be, 0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea, 0x26f2, 0x26f3,
  0x26f5, 0x26f5, 0x26fa, 0x26fa, 0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b, 0x2728, 0x2728, 0x274c, 0x274c,
  0x274e, 0x274e, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797, 0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c,
  0x2b50, 0x2b50, 0x2b55, 0x2b55, 0x2e80, 0x303e, 0x3041, 0xa4cf, 0xa960, 0xa97c, 0xac00, 0xd7a3, 0xf900, 0xfaff,
  0xfe10, 0xfe19, 0xfe30, 0xfe6f, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18dff, 0x1aff0, 0x1b2ff, 0x1d300, 0x1d376,
  0x1f004, 0x1f004, 0x1f0cf, 0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f1e6, 0x1f202, 0x1f210, 0x1f265,
  0x1f300, 0x1faff, 0x20000, 0x3fffd,
];

const mark = /[\p{Mn}\p{Me}\u1160-\u11ff]/u;

/** Columns of a terminal that a code point takes: 0, 1 or 2. Control characters are not to come here. */
export function cellsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (mark.test(character)) return 0;
  let low = 0;
  let high = wide.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (wide[2 * middle + 1] < code) low = middle + 1;
    else high = middle;
  }
  return 2 * low < wide.length && wide[2 * low] <= code ? 2 : 1;
}

/** Columns of a terminal that a text takes, without escape sequences in it. */
export function textCells(text: string): number {
  let cells = 0;
  for (const character of text) cells += cellsOf(character);
  return cells;
}

/** The longest beginning of a text that takes at most `width` columns. */
export function beginning(text: string, width: number): string {
  let cells = 0;
  let end = 0;
  for (const character of text) {
    cells += cellsOf(character);
    if (cells > width) return text.slice(0, end);
    end += character.length;
  }
  return text;
}

/** A text of at most `width` columns: a longer one loses its end. */
export function cutEnd(text: string, width: number): string {
  if (textCells(text) <= width) return text;
  return width < 1 ? '' : `${beginning(text, width - 1)}…`;
}

/** A text of at most `width` columns: a longer one loses its middle, because names of files differ at their ends. */
export function cutMiddle(text: string, width: number): string {
  if (textCells(text) <= width) return text;
  if (width < 3) return cutEnd(text, width);
  const tail = Math.floor((width - 1) / 2);
  const backwards = Array.from(text).toReversed();
  let cells = 0;
  let count = 0;
  while (count < backwards.length && cells + cellsOf(backwards[count]) <= tail) cells += cellsOf(backwards[count++]);
  // A mark without the character it belongs to would join the ellipsis.
  while (count > 0 && cellsOf(backwards[count - 1]) === 0) count--;
  return `${beginning(text, width - 1 - tail)}…${backwards.slice(0, count).toReversed().join('')}`;
}

/** A text cut or filled with blanks to exactly `width` columns. */
export function column(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const cut = cutEnd(text, width);
  const blanks = ' '.repeat(Math.max(0, width - textCells(cut)));
  return align === 'left' ? cut + blanks : blanks + cut;
}

/** A text in lines of at most `width` columns (at least 2), broken at blanks, or inside a word that is longer. */
export function wrapCells(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    if (line !== '' && textCells(line) + 1 + textCells(rest) <= width) {
      line += ` ${rest}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (textCells(rest) > width) {
      const head = beginning(rest, Math.max(2, width));
      lines.push(head);
      rest = rest.slice(head.length);
    }
    line = rest;
  }
  return line !== '' || lines.length === 0 ? [...lines, line] : lines;
}
