import type { PredictionRow } from '../../../src/schema/api/rows.js';
import { parts } from '../../../src/schema/vocabulary.js';
import { DataText } from '../components/data-text.js';
import type { TableColumn } from '../components/virtual-table.js';
import { identityColumns } from '../instance/identity-columns.js';
import { formatCount, formatNumber, formatProbability } from '../text/numbers.js';
import type { PartData } from './part-data.js';
import { partTitle } from './parts.js';

/** The columns of the list of instances; `threshold` decides what they are called. */
export function instanceColumns(
  { part, table, rejection }: PartData,
  multiclass: boolean,
  threshold: number,
): readonly TableColumn<PredictionRow>[] {
  const scale = table?.scale ?? 'probability';
  const value = (row: PredictionRow): number | null => row[scale];
  const called = (row: PredictionRow): 'malicious' | 'benign' =>
    (value(row) ?? 0) > threshold ? 'malicious' : 'benign';
  return [
    {
      key: 'rank',
      title: 'Rank',
      width: 60,
      align: 'end',
      sorts: 'ascending',
      priority: 3,
      cell: ({ rank }) => formatCount(rank),
    },
    ...identityColumns,
    {
      key: 'called',
      title: 'Called',
      hint: 'at the threshold of the page',
      width: 92,
      cell: (row) => {
        const verdict = called(row);
        const wrong = row.label !== null && row.label !== verdict;
        return (
          <span class={wrong ? 'verdict wrong' : 'verdict'}>
            {verdict}
            {wrong && (
              <span class="wrong-mark" title="not what its label says">
                {' '}
                <span aria-hidden="true">✕</span>
                <span class="visually-hidden">, wrong</span>
              </span>
            )}
          </span>
        );
      },
    },
    ...(multiclass
      ? [
          {
            key: 'predicted',
            title: 'Predicted',
            width: 100,
            grow: 1,
            sorts: 'ascending' as const,
            cell: ({ predicted }: PredictionRow) => predicted !== null && <DataText text={predicted} max={40} />,
          },
        ]
      : []),
    ...(part === parts.cv || part === parts.all ? [partColumn] : []),
    ...(rejection ? [credibilityColumn] : []),
    {
      key: scale,
      title: scale === 'probability' ? 'Probability' : 'Score',
      width: 90,
      align: 'end',
      sorts: 'descending',
      cell: (row) => (scale === 'probability' ? formatProbability(row.probability) : formatNumber(row.score, 4)),
    },
  ];
}

/** Where predictions are rejected: how credible each is. */
const credibilityColumn: TableColumn<PredictionRow> = {
  key: 'credibility',
  title: 'Credible',
  hint: 'the share of the training instances of its class that lie as far from the others or farther',
  width: 124,
  align: 'end',
  priority: 1,
  cell: ({ credibility, rejected }) => (
    <>
      {rejected === 'yes' && <span class="muted">rejected </span>}
      {formatProbability(credibility ?? null)}
    </>
  ),
};

/** Where the list has rows of several parts: a rank is one within its part. */
const partColumn: TableColumn<PredictionRow> = {
  key: 'part',
  title: 'Part',
  width: 80,
  priority: 2,
  cell: ({ part }) => <DataText text={partTitle(part)} max={20} />,
};
