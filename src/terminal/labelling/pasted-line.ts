/** The first line of a pasted text, without what cannot be seen. */
export function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0].replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '');
}
