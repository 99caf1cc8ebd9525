import { printable } from '../../errors.js';

/** More marks than these on one character are shown as their numbers: they would cover the lines above and below. */
const mostMarks = 2;

/**
 * Text of a dataset made safe for the screen: `printable`, heaps of combining marks opened, and where the terminal is
 * not known to draw more than ASCII everything else as its number. At most `limit` characters (code points).
 */
export function dataText(text: string, unicode: boolean, limit = 300): string {
  const safe = printable(text, limit).replace(/[\p{Mn}\p{Me}]+/gu, (marks) =>
    Array.from(marks)
      .map((mark, k) => (k < mostMarks ? mark : numbered(mark)))
      .join(''),
  );
  return unicode ? safe : safe.replace(/…$/u, '~').replace(/[^ -~]/gu, numbered);
}

function numbered(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

/** Whether the locale of an environment encodes text as UTF-8. */
export function isUtf8(environment: NodeJS.ProcessEnv): boolean {
  const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
  return /utf-?8/i.test(locale);
}
