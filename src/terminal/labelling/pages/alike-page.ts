import { counted } from '../../../errors.js';
import { cutMiddle } from '../cells.js';
import { dataText } from '../data-text.js';
import { type Line, lineOf, span } from '../lines.js';
import type { Screen } from '../screen.js';
import { currentQuery, detailsOf } from '../seat.js';
import { footLines, quickPickLines } from './foot-lines.js';
import { headLines } from './head-lines.js';
import { linesList, type Page } from './page.js';
import { identLines, questionLines } from './question-lines.js';

/** The near-duplicates of the instance, shown before one answer settles them all. */
export function alikePage(screen: Screen): Page {
  const { seat, size, unicode } = screen;
  const details = detailsOf(seat, seat.current);
  const all = currentQuery(seat)?.duplicates ?? 0;
  const shown = details?.duplicates ?? [];
  const rest = all - shown.length;
  const lines = shown.map(
    ({ ident, instanceId }): Line => [
      span(cutMiddle(dataText(ident, unicode, 500), Math.max(10, size.columns - 30))),
      span(`   id ${cutMiddle(dataText(instanceId, unicode, 200), 22)}`, 'quiet'),
    ],
  );
  return {
    top: [...headLines(screen), ...identLines(screen, 1), ...questionLines(screen, 0), lineOf('')],
    list: linesList(details && rest > 0 ? [...lines, lineOf(`and ${counted(rest, 'other')}`, 'quiet')] : lines),
    bottom: [
      ...quickPickLines(screen, 1),
      ...footLines(screen, [
        ['m', 'malicious'],
        ['b', 'benign'],
        ['f', 'family'],
        ['Enter', 'accept'],
        ['Esc', 'settle only this one'],
      ]),
    ],
  };
}
