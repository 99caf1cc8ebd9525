/** A value as every database takes it. */
export type Cell = string | number | null;

/** A number for a `double` column: NaN and infinity are NULL, and -0, which SQLite does not keep, is 0. */
export function doubleCell(value: number): number | null {
  return Number.isFinite(value) ? value + 0 : null;
}

/** Text without U+0000, at which SQLite would cut it: U+2400 (the sign for it) stands instead. */
export function textCell(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\u2400') : text;
}

const longestIdent = 4096;

/** An ident, which may be of any length: the database keeps its first 4,096 characters, the files keep all. */
export function identCell(ident: string): string {
  if (ident.length <= longestIdent) return textCell(ident);
  return textCell(
    `${Array.from(ident.slice(0, longestIdent + 1))
      .slice(0, -1)
      .join('')}…`,
  );
}
