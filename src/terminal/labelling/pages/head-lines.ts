import { counted } from '../../../errors.js';
import { formatCount } from '../../number-format.js';
import { dataText } from '../data-text.js';
import { fillLines, fitLine, type Line, lineOf, type Span, span, spread } from '../lines.js';
import type { Screen } from '../screen.js';
import { currentQuery, placeOf } from '../seat.js';

const wideScreen = 100;

/** The first lines of every page: which loop, which query, how far one is, and what has been found. */
export function headLines(screen: Screen): Line[] {
  const { seat, size, unicode } = screen;
  const { view } = seat;
  const left = `${dataText(view.project, unicode, 40)}/${dataText(view.dataset, unicode, 40)}`;
  const more = ` · ${dataText(view.strategy, unicode, 30)} · labels ${dataText(view.labelSet, unicode, 30)}`;
  const first = spread([span(left, 'title'), span(more, 'quiet')], lineOf(placeWords(screen), 'title'), size.columns);
  const { budget, counts } = view;
  const { malicious, benign } = counts.families;
  const items =
    size.columns < wideScreen
      ? [
          `budget left ${formatCount(budget.left)}`,
          counted(malicious + benign, 'family', 'families'),
          counted(counts.labels, 'label'),
        ]
      : [
          `budget left ${formatCount(budget.left)} of ${formatCount(budget.total)}`,
          `families ${formatCount(malicious)} malicious, ${formatCount(benign)} benign`,
          `labels ${formatCount(counts.malicious)} malicious, ${formatCount(counts.benign)} benign`,
          `${formatCount(counts.unlabeled)} without`,
        ];
  const [second] = fillLines([progress(screen), ...items.map((text) => lineOf(text))], size.columns, 1, 3);
  return [first, second, lineOf('─'.repeat(size.columns), 'quiet')].map((line) => fitLine(line, size.columns));
}

/** `query 12 of 50 · iteration 3` */
export function placeWords({ seat }: Pick<Screen, 'seat'>): string {
  const query = currentQuery(seat);
  const { view } = seat;
  if (!query) return `iteration ${view.iteration}`;
  const place = placeOf(seat, query.n);
  if (query.iteration !== view.iteration) return `query ${place} · iteration ${query.iteration}`;
  // While the iteration is computed, more queries come.
  const total = `${view.queries.length}${view.phase === 'asking' || view.phase === 'finished' ? '' : '+'}`;
  return `query ${place} of ${total} · iteration ${query.iteration}`;
}

/** How many queries of this iteration are done. */
function progress({ seat }: Screen): Line {
  const all = seat.view.queries.length;
  const done = seat.view.queries.filter(({ n, state }) => state !== 'open' || seat.writing.has(n)).length;
  return [...bar(all === 0 ? 0 : done / all, 12), span(` ${done} of ${all} done`)];
}

/** A bar of `width` columns, filled by `share` (0 … 1). */
export function bar(share: number, width: number): Span[] {
  // Something begun is not nothing, and all but something is not all.
  const filled = Math.round(share * width);
  const full = share > 0 && share < 1 ? Math.min(width - 1, Math.max(1, filled)) : filled;
  return [span('█'.repeat(full), 'all'), span('░'.repeat(width - full), 'quiet')];
}
