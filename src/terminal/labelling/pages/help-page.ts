import { wrapCells } from '../cells.js';
import { type Line, lineOf, span } from '../lines.js';
import type { Screen } from '../screen.js';
import { footLines } from './foot-lines.js';
import { headLines } from './head-lines.js';
import { linesList, type Page } from './page.js';

const keys: readonly (readonly [key: string, does: string])[] = [
  ['Enter, Space', 'accept the suggestion, where it is sure; leave an answered query as it is'],
  ['m  b', 'malicious, benign: without a family'],
  ['1 … 9', 'the family beside the number, with its label'],
  ['f', 'a family by its name: type some letters, or a new name; the arrows choose, Enter answers'],
  ['?  s', 'unsure; skip: the query stays without a label'],
  ['u', 'take back the last answer, and the one before, and so on'],
  ['D', 'show the instances that are alike: the next answer settles them all'],
  ['p  n', 'previous and next query (also left and right), those of earlier iterations too'],
  ['Tab', 'to the next question without an answer'],
  ['up  down', 'scroll the features (also Page Up, Page Down, Home, End)'],
  ['d', 'all features: / searches, o changes the order'],
  ['i', 'the original text, where the project has it'],
  ['N', 'next iteration, after naming the queries without an answer'],
  ['q', 'quit: every answer is kept already'],
  ['Ctrl-L', 'draw the screen again'],
];

const about = [
  'Features: the value, and where it stands among the benign, the malicious and the suggested family: standard deviations ' +
    'from the mean (the bar: one column each, to the left below, to the right above; » beyond 4), and p, the percentile: ' +
    'at p97, 97 % of the group have less (those with the same value count half). "all 0": everything in the group has ' +
    'that value. The most unusual ones come first.',
  'Only a sure suggestion is taken by Enter. A guess is shown, and yours to give.',
];

/** The keys, and what the table of features means. */
export function helpPage(screen: Screen): Page {
  const { size, seat } = screen;
  const width = Math.min(size.columns, 110);
  const nameCells = 14;
  const lines: Line[] = keys.flatMap(([key, does]) =>
    wrapCells(does, width - nameCells).map(
      (line, k): Line => [span((k === 0 ? key : '').padEnd(nameCells), 'title'), span(line)],
    ),
  );
  const advice =
    seat.view.advice.length + seat.view.warnings.length > 0 ? ['', ...seat.view.warnings, ...seat.view.advice] : [];
  for (const text of ['', ...about, ...advice])
    lines.push(...wrapCells(text, width).map((line) => lineOf(line, 'quiet')));
  return {
    top: headLines(screen),
    list: linesList(lines),
    bottom: footLines(screen, [
      ['up/down', 'scroll'],
      ['any other key', 'back'],
    ]),
  };
}
