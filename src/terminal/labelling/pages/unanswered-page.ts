import { counted } from '../../../errors.js';
import { column, cutMiddle } from '../cells.js';
import { dataText } from '../data-text.js';
import { lineOf, span } from '../lines.js';
import type { Screen } from '../screen.js';
import { openQueries, placeOf } from '../seat.js';
import { footLines } from './foot-lines.js';
import { headLines } from './head-lines.js';
import type { Page } from './page.js';

/** The queries without an answer, named before the next iteration is begun without them. */
export function unansweredPage(screen: Screen): Page {
  const { seat, size, unicode } = screen;
  const open = openQueries(seat);
  const which = `${counted(open.length, 'query', 'queries')} of this iteration ${open.length === 1 ? 'has' : 'have'} no answer:`;
  return {
    top: [...headLines(screen), lineOf(which, 'uncertain')],
    list: {
      length: open.length,
      line: (k) => {
        const { n, kind, ident } = open[k];
        return [
          span(`${String(placeOf(seat, n)).padStart(6)}  `, 'quiet'),
          span(`${column(dataText(kind, unicode, 30), 12)}  `),
          span(cutMiddle(dataText(ident, unicode, 500), Math.max(10, size.columns - 24))),
        ];
      },
    },
    bottom: footLines(screen, [
      ['y', 'go on without them'],
      ['Esc', 'back to the questions'],
    ]),
  };
}
