import { printable } from '../errors.js';
import type { PanelData } from '../schema/panels/registry.js';
import { formatCount, formatPercent } from './number-format.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

/** How many families a terminal shows; the document has them all. */
const shownFamilies = 15;

/** Families as a model finds them that was trained without them, the worst found first. */
export function leftOutSection({ recall, rows }: PanelData<'left-out-families'>, style: Style): string {
  const hasKnown = rows.some(({ known }) => known.value !== null);
  const worst = [...rows].sort((a, b) => (a.recall.value ?? 1) - (b.recall.value ?? 1) || b.instances - a.instances);
  const shown = worst
    .slice(0, shownFamilies)
    .map((row) => [
      printable(row.family, 40),
      formatCount(row.instances),
      `${formatPercent(row.recall.value)} ${style.quiet(`[${formatPercent(row.recall.low)}, ${formatPercent(row.recall.high)}]`)}`,
      ...(hasKnown ? [formatPercent(row.known.value)] : []),
    ]);
  const more = rows.length - shown.length;
  const heading = `Malicious families left out of the training, the worst found first${more > 0 ? ` (${more} more in the result)` : ''}`;
  const together = `All together: ${formatPercent(recall.value)} detected [${formatPercent(recall.low)}, ${formatPercent(recall.high)}]`;
  const head = ['', 'instances', 'detected without it', ...(hasKnown ? ['detected when known'] : [])];
  return [
    wrapText(heading, style.tableWidth),
    formatTable(shown, { head, width: style.tableWidth }),
    wrapText(`  ${style.quiet(together)}`, style.tableWidth, '  '),
  ].join('\n');
}
