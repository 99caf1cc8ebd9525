import type { AxisTable } from '../../schema/axis-table.js';
import { componentColumn } from '../../schema/vocabulary.js';
import { csvNumber, csvText } from './csv-cell.js';

/** The weight of each feature in each component as CSV, one line a feature. */
export function axesCsv({ features, components, axes }: AxisTable): string {
  const columns = Array.from({ length: components }, (_, c) => componentColumn(c));
  const lines = [['feature', ...columns].join(',')];
  features.forEach((feature, j) => {
    const cells = columns.map((_, c) => csvNumber(axes[c * features.length + j]));
    lines.push(`${csvText(feature)},${cells.join(',')}`);
  });
  return `${lines.join('\n')}\n`;
}
