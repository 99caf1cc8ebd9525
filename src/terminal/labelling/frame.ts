import { wrapCells } from './cells.js';
import { fitLine, type Line, lineOf } from './lines.js';
import { alikePage } from './pages/alike-page.js';
import { detailsPage } from './pages/details-page.js';
import { familyPage } from './pages/family-page.js';
import { helpPage } from './pages/help-page.js';
import { originalPage } from './pages/original-page.js';
import type { Page } from './pages/page.js';
import { questionPage } from './pages/question-page.js';
import { unansweredPage } from './pages/unanswered-page.js';
import { waitingPage } from './pages/waiting-page.js';
import { isTooSmall, type Screen, smallestSize } from './screen.js';
import { grouped } from '../../errors.js';

/** The page that a screen shows. */
function pageFor(screen: Screen): Page {
  const { pane } = screen;
  switch (pane.pane) {
    case 'none':
      return screen.seat.current === null ? waitingPage(screen) : questionPage(screen);
    case 'alike':
      return alikePage(screen);
    case 'family':
      return familyPage(screen, pane);
    case 'details':
      return detailsPage(screen, pane);
    case 'original':
      return originalPage(screen, pane);
    case 'unanswered':
      return unansweredPage(screen);
    case 'help':
      return helpPage(screen);
  }
}

/** Rows of the list on the screen. */
export function pageOf(screen: Screen): number {
  return isTooSmall(screen.size) ? 0 : listRows(screen, pageFor(screen));
}

/** How far the list on the screen can be scrolled. */
export function scrollRange(screen: Screen): number {
  if (isTooSmall(screen.size)) return 0;
  const page = pageFor(screen);
  return Math.max(0, page.list.length - listRows(screen, page));
}

function listRows({ size }: Screen, { top, bottom }: Page): number {
  return Math.max(0, size.rows - top.length - bottom.length);
}

/** The screen as lines: exactly as many as it has rows, none wider than its columns. */
export function frame(screen: Screen): readonly Line[] {
  const { size } = screen;
  if (isTooSmall(size)) return tooSmall(screen);
  const page = pageFor(screen);
  const rows = listRows(screen, page);
  const { list } = page;
  const range = Math.max(0, list.length - rows);
  const marked = list.mark === undefined ? screen.scroll : list.mark - Math.floor(rows / 2);
  const from = Math.max(0, Math.min(marked, range));
  const shown = Array.from({ length: rows }, (_, k) => (from + k < list.length ? list.line(from + k) : []));
  const below = list.length - from - rows;
  // The last line of a list that goes on says so.
  if (rows > 1 && below > 0) shown[rows - 1] = lineOf(`↓ ${grouped(below + 1)} more`, 'quiet');
  const lines = [...page.top, ...shown, ...page.bottom].slice(0, size.rows);
  return lines.map((line) => fitLine(line, size.columns));
}

function tooSmall({ size }: Screen): readonly Line[] {
  const text =
    `This terminal has ${size.columns} x ${size.rows} characters; a question needs ${smallestSize.columns} x ` +
    `${smallestSize.rows}. Make it larger, or use --plain. Every answer is kept. q quits.`;
  if (size.columns < 2 || size.rows < 1) return [];
  return wrapCells(text, size.columns)
    .slice(0, size.rows)
    .map((line) => lineOf(line));
}
