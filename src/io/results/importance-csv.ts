import type { PanelData } from '../../schema/panels/registry.js';
import { csvNumber, csvText } from './csv-cell.js';

type Importance = PanelData<'importance'>;

/**
 * How much each feature counts as CSV: a line for each feature and class, class after class, the largest first; `kind`
 * is that of the panel, `deviation` is empty where nothing was measured several times. Ranks start at 1 in each class.
 */
export function importanceCsv({ kind, features, series }: Importance): string {
  const lines = ['feature,class,kind,value,deviation,rank'];
  for (const { name, values, deviations } of series) {
    // What shuffling gained is chance: it is no large effect.
    const size = (k: number): number => (kind === 'permutation' ? values[k] : Math.abs(values[k]));
    const order = [...values.keys()].sort((a, b) => size(b) - size(a) || a - b);
    order.forEach((k, place) => {
      const deviation = deviations === undefined ? '' : csvNumber(deviations[k]);
      lines.push(`${csvText(features[k])},${csvText(name)},${kind},${csvNumber(values[k])},${deviation},${place + 1}`);
    });
  }
  return `${lines.join('\n')}\n`;
}
