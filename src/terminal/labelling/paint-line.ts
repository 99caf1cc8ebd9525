import type { Style } from '../style.js';
import type { Line } from './lines.js';

/** What stands for our own signs where there is only ASCII; each one column wide, as the sign. */
const signs: Readonly<Record<string, string>> = {
  '·': '-',
  '–': '-',
  '…': '~',
  '─': '-',
  '│': '|',
  '█': '#',
  '▐': '#',
  '▌': '#',
  '░': '.',
  '»': '>',
  '«': '<',
  '↑': '^',
  '↓': 'v',
  '“': '"',
  '”': '"',
};

/** A line as it is sent to the terminal: colours by tone, and our own signs in ASCII where there is nothing else. */
export function paintLine(line: Line, style: Style, unicode: boolean): string {
  return line
    .map(({ text, tone }) => {
      const drawn = unicode ? text : text.replace(/[^ -~]/gu, (sign) => signs[sign] ?? '?');
      return tone === 'plain' ? drawn : style[tone](drawn);
    })
    .join('');
}
