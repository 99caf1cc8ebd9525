/** Names of the characters that a C0 control is shown as: U+0000 … U+001F have pictures from U+2400. */
const controlPictures = 0x2400;

/**
 * Text of the data with everything that could hide, reorder or break it made visible: control characters as their
 * pictures (␀ … ␡), other invisible ones (format and direction marks, lone surrogates, line separators) by number.
 */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(controlPictures + code);
    if (code === 0x7f) return '\u2421';
    return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
  });
}

/** At most `max` characters: the beginning and the end, with … in the middle, because paths and mails differ at both. */
export function shortenMiddle(text: string, max: number): string {
  // Only the ends are split into characters: a text may be 10,000 long.
  if (text.length <= max) return text;
  const head = Array.from(text.slice(0, 2 * max));
  if (head.length <= max && text.length <= 2 * max) return text;
  const tail = Array.from(text.slice(-2 * max));
  const kept = max - 1;
  const front = Math.ceil(kept * 0.6);
  return `${head.slice(0, front).join('')}…${tail.slice(tail.length - (kept - front)).join('')}`;
}
