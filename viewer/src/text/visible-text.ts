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

/** What is cut as a whole: a character, or the number that stands for one. */
const unit = /‹U\+[0-9A-F]{4,6}›|./gsu;

/**
 * Visible text of at most `max` UTF-16 units: the beginning and the end, with … in the middle, because paths and mails
 * differ at both. Neither a character nor the number of one is cut in two.
 */
export function shortenMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const front = Math.ceil((max - 1) * 0.6);
  const back = max - 1 - front;
  // Only the ends are taken apart: a text may be 10,000 long. A unit has at most 10.
  const head = fill(text.slice(0, front + 10).match(unit) ?? [], front);
  const tail = fill((text.slice(-back - 10).match(unit) ?? []).toReversed(), back);
  return `${head.join('')}…${tail.toReversed().join('')}`;
}

/** As many units as fit into `room`. */
function fill(units: readonly string[], room: number): string[] {
  let used = 0;
  const end = units.findIndex((one) => {
    used += one.length;
    return used > room;
  });
  return units.slice(0, end < 0 ? units.length : end);
}
