import type { QueryFeature } from '../../../labelling/labelling-session.js';
import { counted, grouped } from '../../../errors.js';
import { cutEnd } from '../cells.js';
import { dataText } from '../data-text.js';
import { type Line, lineOf, span } from '../lines.js';
import type { FeatureOrder, Pane, Screen } from '../screen.js';
import { detailsOf } from '../seat.js';
import { featureTable } from './feature-table.js';
import { footLines, type KeyHint } from './foot-lines.js';
import { headLines } from './head-lines.js';
import { linesList, type Page } from './page.js';
import { identLines } from './question-lines.js';
import { familyCompared } from './question-page.js';

type DetailsPane = Extract<Pane, { pane: 'details' }>;

const orderWords: Readonly<Record<FeatureOrder, string>> = {
  unusual: 'the most unusual first',
  name: 'by name',
  value: 'the largest value first',
};

/** Every feature of the instance: scrolled, searched, in another order. */
export function detailsPage(screen: Screen, pane: DetailsPane): Page {
  const { seat, size, unicode } = screen;
  const details = detailsOf(seat, seat.current);
  const keys: readonly KeyHint[] = pane.typing
    ? [
        ['Enter', 'keep the search'],
        ['Esc', 'all features'],
      ]
    : [
        ['/', 'search'],
        ['o', 'other order'],
        ['Space', 'page down'],
        ['m b f 1-9', 'answer'],
        ['Esc', 'back'],
      ];
  const top = [...headLines(screen), ...identLines(screen, 1)];
  const bottom = footLines(screen, keys);
  if (!details) return { top: [...top, lineOf('features…', 'quiet')], list: linesList([]), bottom };
  const features = selected(details.features, pane);
  const table = featureTable(details.features, familyCompared(seat), size.columns, unicode);
  const missing = details.featureCount - details.features.length;
  const count = `${grouped(features.length)} of ${counted(details.featureCount, 'feature')}`;
  const rest = missing > 0 ? `, the ${grouped(details.features.length)} most unusual ones can be seen` : '';
  const search: Line =
    pane.typing || pane.search !== ''
      ? [
          span('search '),
          span(cutEnd(dataText(pane.search, unicode, 100), 40) + (pane.typing ? '_' : ''), 'title'),
          span('   '),
        ]
      : [];
  const about: Line = [...search, span(`${count}${rest}, ${orderWords[pane.order]}`, 'quiet')];
  return {
    top: [...top, about, table.head],
    list: { length: features.length, line: (k) => table.row(features[k]) },
    bottom,
  };
}

/** The last selection: it is asked for several times while a screen is drawn. */
let last: {
  features: readonly QueryFeature[];
  search: string;
  order: FeatureOrder;
  found: readonly QueryFeature[];
} | null = null;

/** The features whose name or description holds what is searched for, in the order of the pane. */
function selected(features: readonly QueryFeature[], { search, order }: DetailsPane): readonly QueryFeature[] {
  if (last?.features === features && last.search === search && last.order === order) return last.found;
  const wanted = search.trim().toLowerCase();
  const found = features.filter(
    ({ name, description }) =>
      wanted === '' || name.toLowerCase().includes(wanted) || description?.toLowerCase().includes(wanted),
  );
  if (order === 'name') found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (order === 'value') found.sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity) || 0);
  last = { features, search, order, found };
  return found;
}
