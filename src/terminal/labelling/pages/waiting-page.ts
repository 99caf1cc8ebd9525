import type { LoopView } from '../../../schema/labelling.js';
import { formatCount, formatPercent, formatShare } from '../../number-format.js';
import { wrapCells } from '../cells.js';
import { dataText } from '../data-text.js';
import { type Line, lineOf, span } from '../lines.js';
import type { Screen } from '../screen.js';
import type { Seat } from '../seat.js';
import { footLines, type KeyHint } from './foot-lines.js';
import { bar, headLines } from './head-lines.js';
import { linesList, type Page } from './page.js';

/** No question is open: what is being computed, how the loop went so far, and whether going on pays. */
export function waitingPage(screen: Screen): Page {
  const { seat, size, unicode } = screen;
  const keys: readonly KeyHint[] = [
    ['p', 'look back'],
    ['u', 'undo'],
    ['h', 'help'],
    ['q', 'quit'],
  ];
  const sentences = [...seat.view.warnings, ...seat.view.advice].flatMap((text) =>
    wrapCells(dataText(text, unicode, 600), size.columns),
  );
  return {
    top: [...headLines(screen), lineOf(''), ...stateLines(seat, size.columns, unicode), lineOf('')],
    list: linesList([
      ...sentences.map((line) => lineOf(line)),
      ...(sentences.length > 0 ? [lineOf('')] : []),
      ...history(seat),
    ]),
    bottom: footLines(screen, keys),
  };
}

/** What the loop is doing. */
function stateLines(seat: Seat, width: number, unicode: boolean): Line[] {
  const { view } = seat;
  if (view.phase === 'finished') {
    return wrapCells(dataText(endWords(view), unicode, 600), width).map((line) => lineOf(line, 'title'));
  }
  if (view.phase === 'asking') return [lineOf(doneWords(seat), 'title')];
  const where = view.phase === 'elsewhere' ? 'another process computes it' : 'computing';
  const head = lineOf(`Iteration ${view.iteration}: ${where}; the next questions come by themselves`, 'title');
  if (!view.computing) return [head];
  const { stage, done, total } = view.computing;
  const words = dataText(stage, unicode, 60);
  if (total <= 1) return [head, lineOf(`${words}…`)];
  const share = Math.max(0, Math.min(1, done / total));
  return [head, [...bar(share, 20), span(` ${words} ${formatCount(done)} of ${formatCount(total)}`)]];
}

/** Why a loop does not go on. A failure is among its warnings. */
export function endWords({ finished }: LoopView): string {
  return finished === null ? 'The loop cannot go on now; every answer is kept.' : `Finished: ${finished}`;
}

function doneWords({ view, writing }: Seat): string {
  if (writing.size > 0) return 'Writing the last answers…';
  const count = (state: string): number => view.queries.filter((query) => query.state === state).length;
  return `On to the next iteration: ${count('answered')} answered, ${count('skipped')} skipped, ${count('unsure')} unsure.`;
}

const shownIterations = 12;

/** The last iterations: labels, families, and how good the model was, how often suggestions were right. */
function history({ view }: Seat): Line[] {
  if (view.history.length === 0) return [];
  const head = ['iteration', 'labels', 'malicious', 'benign', 'families', 'ROC AUC (cv)', 'suggestions right'];
  const rows = view.history
    .slice(-shownIterations)
    .map(({ iteration, labels, malicious, benign, families, figures }) => [
      String(iteration),
      formatCount(labels),
      formatCount(malicious),
      formatCount(benign),
      formatCount(families.all),
      formatShare(figures['cv.rocAuc'] ?? null),
      formatPercent(figures['suggestions.labelAccuracy'] ?? null),
    ]);
  const cells = head.map((text, k) => Math.max(text.length, ...rows.map((row) => row[k].length)));
  const line = (row: readonly string[]): string => row.map((cell, k) => cell.padStart(cells[k])).join('  ');
  return [lineOf(line(head), 'quiet'), ...rows.map((row) => lineOf(line(row)))];
}
