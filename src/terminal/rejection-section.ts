import type { PanelOf } from '../schema/result-document.js';
import { formatCount, formatPercent } from './number-format.js';
import { partName } from './part-name.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

const shown = [
  ['accuracy', 'accuracy'],
  ['recall', 'detection rate'],
  ['falsePositiveRate', 'false positive rate'],
] as const;

/** What is left of each part without the predictions that are rejected, beside the figures of all. */
export function rejectionSection(panels: readonly PanelOf<'rejection'>[], style: Style): string {
  const rows = panels.map(({ part, data }) => [
    partName(part ?? ''),
    formatCount(data.rejected),
    ...shown.map(([name]) => {
      const figure = data.figures.find((candidate) => candidate.name === name);
      return `${formatPercent(figure?.kept ?? null)} ${style.quiet(`(of all ${formatPercent(figure?.all ?? null)})`)}`;
    }),
  ]);
  const heading = `Without the ${formatPercent(panels[0].data.share)} least credible predictions of each part`;
  const head = ['', 'rejected', ...shown.map(([, title]) => `${title} of the kept`)];
  return `${wrapText(heading, style.tableWidth)}\n${formatTable(rows, { head, width: style.tableWidth })}`;
}
