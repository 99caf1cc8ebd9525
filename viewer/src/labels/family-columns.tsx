import type { LabelledFamily } from '../../../src/schema/family-edit.js';
import type { LabelSetPage } from '../../../src/schema/api/labels.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import type { TableColumn } from '../components/virtual-table.js';
import { formatCount } from '../text/numbers.js';
import { familyKey } from './labels-state.js';

type SizedFamily = LabelSetPage['families'][number];

/** A family as people read it, and as a screen reader says it. */
export const familyTitle = ({ family, label }: LabelledFamily): string => `${family ?? 'no family'}, ${label}`;

/** What the list of families says, column by column; bars are against the largest of all. */
export function familyColumns(
  chosen: readonly LabelledFamily[],
  largest: number,
  onChoose: (family: SizedFamily) => void,
): TableColumn<SizedFamily>[] {
  const keys = new Set(chosen.map(familyKey));
  return [
    {
      key: 'choose',
      title: '',
      head: <span class="visually-hidden">Choose</span>,
      width: 20,
      align: 'center',
      cell: (row) => (
        <input
          type="checkbox"
          aria-label={`Choose ${familyTitle(row)}`}
          checked={keys.has(familyKey(row))}
          tabIndex={-1}
          onChange={() => onChoose(row)}
        />
      ),
    },
    {
      key: 'label',
      title: '',
      head: <span class="visually-hidden">Label</span>,
      width: 22,
      align: 'center',
      cell: ({ label }) => <LabelBadge label={label} short />,
    },
    {
      key: 'name',
      title: 'Family',
      width: 96,
      grow: 3,
      sorts: 'ascending',
      cell: ({ family }) =>
        family === null ? <span class="muted">(no family)</span> : <DataText text={family} max={60} />,
    },
    {
      key: 'bar',
      title: 'Size',
      head: <span class="visually-hidden">Size as a bar</span>,
      width: 60,
      grow: 4,
      priority: 1,
      cell: ({ label, instances }) => (
        <span aria-hidden="true" class={`bar ${label}`} style={{ '--share': String(instances / largest) }} />
      ),
    },
    {
      key: 'size',
      title: 'Instances',
      width: 84,
      align: 'end',
      sorts: 'descending',
      cell: ({ instances }) => formatCount(instances),
    },
  ];
}
