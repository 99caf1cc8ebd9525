import { wrapCells } from '../cells.js';
import { dataText } from '../data-text.js';
import { type Line, lineOf } from '../lines.js';
import type { OriginalText, Pane, Screen } from '../screen.js';
import { footLines } from './foot-lines.js';
import { headLines } from './head-lines.js';
import { linesList, type Page } from './page.js';
import { identLines } from './question-lines.js';

/** Lines of a text that are shown. */
const mostLines = 20_000;
/** Characters of a line that are shown. */
const longestLine = 20_000;

/** What the instance was made from, as text that is never interpreted. */
export function originalPage(screen: Screen, pane: Extract<Pane, { pane: 'original' }>): Page {
  const { size, unicode } = screen;
  return {
    top: [...headLines(screen), ...identLines(screen, 1), lineOf('')],
    list: linesList(pane.text === null ? [lineOf('reading…', 'quiet')] : wrapped(pane.text, size.columns, unicode)),
    bottom: footLines(screen, [
      ['Space', 'page down'],
      ['m b f 1-9', 'answer'],
      ['Esc', 'back'],
    ]),
  };
}

/** The last text in lines: a long one is not wrapped again for every key. */
let last: { text: OriginalText; width: number; lines: readonly Line[] } | null = null;

function wrapped(text: OriginalText, width: number, unicode: boolean): readonly Line[] {
  if (last?.text === text && last.width === width) return last.lines;
  const problem = text.problem === null ? [] : wrapCells(dataText(text.problem, unicode, 1000), width);
  const body = (text.text ?? '').split(/\r?\n/, mostLines).flatMap((line) => {
    const safe = dataText(line.replaceAll('\t', '    '), unicode, longestLine);
    return wrapCells(safe, width);
  });
  const lines = [...problem.map((line) => lineOf(line, 'uncertain')), ...body.map((line) => lineOf(line))];
  last = { text, width, lines };
  return lines;
}
