import { counted, printable } from '../errors.js';
import type { PanelData } from '../schema/panels/registry.js';
import { formatCount, formatFigure } from './number-format.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

const levels = '▁▂▃▄▅▆▇█';
/** Features that a terminal shows; the document has them all. */
const shownFeatures = 15;

/** How the model's value moves with each feature that was varied, from its smallest value to its largest. */
export function dependenceSection(
  { features, rows, rowsInAll, scale }: PanelData<'partial-dependence'>,
  style: Style,
): string {
  const averages = features.flatMap(({ average }) => average);
  const [low, high] = [Math.min(...averages), Math.max(...averages)];
  const shown = features
    .slice(0, shownFeatures)
    .map(({ name, grid, average }) => [
      printable(name, 60),
      average.map((value) => levelOf(value, low, high)).join(''),
      place(grid, average, Math.min(...average)),
      place(grid, average, Math.max(...average)),
    ]);
  const more = features.length - shown.length;
  const heading = `Partial dependence${more > 0 ? ` (${counted(more, 'more feature')} in the result)` : ''}`;
  const note = `mean ${scale} over ${formatCount(rows)} of ${formatCount(rowsInAll)} training rows, from the smallest value to the largest`;
  const table = formatTable(shown, {
    head: ['', 'mean', 'lowest', 'highest'],
    align: ['left', 'left', 'left', 'left'],
    width: style.tableWidth,
  });
  return [heading, table, wrapText(`  ${style.quiet(note)}`, style.tableWidth, '  ')].join('\n');
}

function levelOf(value: number, low: number, high: number): string {
  const share = high === low ? 0.5 : (value - low) / (high - low);
  return levels[Math.min(levels.length - 1, Math.floor(share * levels.length))];
}

function place(grid: readonly number[], average: readonly number[], value: number): string {
  return `${formatFigure(value)} at ${formatFigure(grid[average.indexOf(value)])}`;
}
