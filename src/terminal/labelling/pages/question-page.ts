import { lineOf } from '../lines.js';
import type { Screen } from '../screen.js';
import { askedAgain, currentQuery, detailsOf, labelNow } from '../seat.js';
import { featureTable, noTable } from './feature-table.js';
import { footLines, type KeyHint, quickPickLines } from './foot-lines.js';
import { headLines } from './head-lines.js';
import { linesList, type Page, type PageList } from './page.js';
import { identLines, questionLines } from './question-lines.js';

const keys: readonly KeyHint[] = [
  ['m', 'malicious'],
  ['b', 'benign'],
  ['f', 'family'],
  ['h', 'help'],
  ['u', 'undo'],
  ['s', 'skip'],
  ['?', 'unsure'],
  ['d', 'details'],
  ['q', 'quit'],
  ['p/n', 'previous, next'],
  ['N', 'next iteration'],
];

/** One question. */
export function questionPage(screen: Screen): Page {
  const { rows } = screen.size;
  const roomy = rows >= 20;
  const enter = enterDoes(screen.seat);
  const hints: readonly KeyHint[] = [...(enter === null ? [] : [['Enter', enter] as const]), ...keys];
  const { head, list } = featureList(screen);
  return {
    top: [
      ...headLines(screen),
      ...identLines(screen, rows >= 40 ? 4 : roomy ? 2 : 1),
      ...questionLines(screen, rows >= 40 ? 4 : rows >= 30 ? 2 : 0),
      ...(roomy ? [lineOf('')] : []),
      head,
    ],
    list,
    bottom: [
      ...(roomy ? [lineOf('')] : []),
      ...quickPickLines(screen, roomy ? 2 : 1),
      ...footLines(screen, hints, roomy ? 2 : 1),
    ],
  };
}

/** What Enter does now; null for nothing. */
function enterDoes(seat: Screen['seat']): string | null {
  const query = currentQuery(seat);
  if (!query) return null;
  if (askedAgain(seat)?.why === 'overtaken') return 'keep yours';
  if (query.state === 'answered' && labelNow(seat, query.n)) return 'go on';
  return query.suggestion?.confidence === 'high' ? 'accept' : null;
}

/** The features of the current query, the most unusual first. */
function featureList({ seat, size, unicode }: Screen): { head: Page['top'][number]; list: PageList } {
  const { current } = seat;
  const details = detailsOf(seat, current);
  if (!details) {
    const failed = current === null ? undefined : seat.details.get(current);
    const table = noTable(typeof failed === 'string' ? `features cannot be shown: ${failed}` : 'features…');
    return { head: table.head, list: linesList([]) };
  }
  const { features } = details;
  const table = featureTable(features, familyCompared(seat), size.columns, unicode);
  return { head: table.head, list: { length: features.length, line: (k) => table.row(features[k]) } };
}

/** The family that features are compared with: the suggested one, or the one that was given. */
export function familyCompared(seat: Screen['seat']): string | null {
  const query = currentQuery(seat);
  return query ? (query.suggestion?.family ?? labelNow(seat, query.n)?.family ?? null) : null;
}
