import type { PanelData } from '../../schema/panels/registry.js';
import { csvNumber, csvText } from './csv-cell.js';

const groupNames = ['malicious', 'benign', 'unlabeled'] as const;

/**
 * Partial dependence as CSV: a line for each value of each feature, with the mean of the model there and how many training
 * rows of each label are nearest to the value.
 */
export function partialDependenceCsv({ features }: PanelData<'partial-dependence'>): string {
  const lines = [`feature,value,mean,${groupNames.join(',')}`];
  for (const { name, grid, average, groups } of features) {
    grid.forEach((value, k) => {
      const counts = groupNames.map((group) => groups.find((one) => one.name === group)?.counts[k] ?? 0);
      lines.push(`${csvText(name)},${csvNumber(value)},${csvNumber(average[k])},${counts.join(',')}`);
    });
  }
  return `${lines.join('\n')}\n`;
}
