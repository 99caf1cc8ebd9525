import { cutEnd } from '../cells.js';
import { dataText } from '../data-text.js';
import { fillLines, type Line, lineOf, span } from '../lines.js';
import type { Screen } from '../screen.js';
import type { KnownFamily } from '../seat.js';

/** A key and what it does. */
export type KeyHint = readonly [key: string, does: string];

/** The last lines of every page: what the person is told, and the keys, as many as `rows` lines can take. */
export function footLines({ seat, size, unicode }: Screen, keys: readonly KeyHint[], rows = 1): Line[] {
  const { message } = seat;
  const told = message ? dataText(message.text, unicode, 400) : '';
  const alert = message?.tone === 'alert';
  const line = lineOf(cutEnd(alert ? `! ${told}` : told, size.columns), alert ? 'uncertain' : 'plain');
  const hints = keys.map(([key, does]): Line => [span(key, 'title'), span(` ${does}`, 'quiet')]);
  return [line, ...fillLines(hints, size.columns, rows)];
}

const widestFamily = 22;

/** The keys 1 … 9 with their families, by label, on at most `rows` lines. */
export function quickPickLines({ seat, size, unicode }: Screen, rows: number): Line[] {
  const picks = seat.quickPicks.flatMap((family, k) => (family ? [{ family, key: String(k + 1) }] : []));
  if (picks.length === 0) return [lineOf('families: f names the first one', 'quiet')];
  const item = ({ family, key }: { family: KnownFamily; key: string }): Line => [
    span(key, 'title'),
    span(` ${cutEnd(dataText(family.family, unicode, 60), widestFamily)}`, family.label),
  ];
  const groups = (['malicious', 'benign'] as const)
    .map((label) => ({ label, items: picks.filter(({ family }) => family.label === label).map(item) }))
    .filter(({ items }) => items.length > 0);
  const lines = groups.flatMap(({ label, items }) =>
    fillLines([[span(`${label}:`, 'quiet')], ...items], size.columns, rows + 1),
  );
  if (lines.length <= rows) return lines;
  // Too many for their lines: one run of all of them, malicious first, each with its label's initial.
  const all = groups.flatMap(({ label, items }) =>
    items.map((line): Line => [...line, span(` (${label[0]})`, 'quiet')]),
  );
  return fillLines(all, size.columns, rows);
}
