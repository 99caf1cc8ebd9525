import type { PanelData } from '../../schema/panels/registry.js';
import { csvText } from './csv-cell.js';

type Statistics = PanelData<'feature-statistics'>;

/** Scores in the order of the file: its columns of values, and of p-values. */
const scoreColumns: readonly (readonly [score: string, column: string, p?: string])[] = [
  ['variance', 'variance'],
  ['anovaF', 'anovaF', 'anovaP'],
  ['chi2', 'chi2', 'chi2P'],
  ['mutualInformation', 'mutualInformation'],
  ['rocAuc', 'rocAuc'],
  ['ks', 'ks'],
];

/** Columns behind those of the contract. */
const laterColumns: readonly (readonly [score: string, column: string, ofP: boolean])[] = [
  ['rocAuc', 'rocAucP', true],
  ['ks', 'ksP', true],
  ['cramersV', 'cramersV', false],
];

/** Figures of every feature as CSV, one line a feature; a cell is empty where a figure is undefined or not asked for. */
export function statisticsCsv(data: Statistics): string {
  const score = (name: string) => data.scores.find((candidate) => candidate.name === name);
  const { min, max, mean, std, p1, p5, p25, p50, p75, p95, p99, skewness, kurtosis } = data;
  const moments = { min, max, mean, std, p1, p5, p25, p50, p75, p95, p99, skewness, kurtosis };
  const columns: [name: string, values: readonly (number | null)[]][] = [
    ['count', data.count],
    ['missing', data.missing],
    ['distinct', data.distinct],
    ['zeros', data.zeros],
    ...Object.entries(moments),
  ];
  for (const [name, column, p] of scoreColumns) {
    columns.push([column, score(name)?.values ?? []]);
    if (p !== undefined) columns.push([p, score(name)?.p ?? []]);
  }
  for (const [name, column, ofP] of laterColumns) {
    columns.push([column, (ofP ? score(name)?.p : score(name)?.values) ?? []]);
  }
  const lines = [`feature,type,${columns.map(([name]) => name).join(',')}`];
  data.features.forEach((feature, i) => {
    const cells = columns.map(([, values]) => values[i] ?? '');
    lines.push(`${csvText(feature)},${data.types[i]},${cells.join(',')}`);
  });
  return `${lines.join('\n')}\n`;
}
