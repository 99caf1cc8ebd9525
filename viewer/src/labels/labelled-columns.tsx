import type { LabelledInstance } from '../../../src/schema/api/labels.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import type { TableColumn } from '../components/virtual-table.js';
import { formatMoment } from '../text/numbers.js';

const label: TableColumn<LabelledInstance> = {
  key: 'label',
  title: 'Label',
  width: 84,
  sorts: 'descending',
  cell: (row) => <LabelBadge label={row.label} />,
};

const family: TableColumn<LabelledInstance> = {
  key: 'family',
  title: 'Family',
  width: 96,
  grow: 1,
  sorts: 'ascending',
  cell: (row) => (row.family === null ? <span class="muted">none</span> : <DataText text={row.family} max={48} />),
};

const ident: TableColumn<LabelledInstance> = {
  key: 'ident',
  title: 'Ident',
  width: 110,
  grow: 3,
  sorts: 'ascending',
  cell: (row) => <DataText text={row.ident} max={90} />,
};

const instanceId: TableColumn<LabelledInstance> = {
  key: 'instanceId',
  title: 'Instance id',
  width: 90,
  sorts: 'ascending',
  priority: 2,
  cell: (row) => <DataText text={row.instanceId} max={20} mono />,
};

const author: TableColumn<LabelledInstance> = {
  key: 'author',
  title: 'By',
  width: 84,
  sorts: 'ascending',
  priority: 3,
  cell: (row) => (row.author === null ? <span class="muted">unnamed</span> : <DataText text={row.author} max={20} />),
};

const moment: TableColumn<LabelledInstance> = {
  key: 'n',
  title: 'Answered',
  hint: 'when the answer that holds was given',
  width: 124,
  align: 'end',
  sorts: 'descending',
  priority: 1,
  cell: ({ at }) => <time dateTime={at}>{formatMoment(at)}</time>,
};

/** What the list of labelled instances says, column by column. */
export const labelledColumns: readonly TableColumn<LabelledInstance>[] = [
  label,
  family,
  ident,
  instanceId,
  author,
  moment,
];

/** What is said of the members of a family, whose label and family are known; each can be chosen. */
export function memberColumns(
  chosen: ReadonlySet<string>,
  onChoose: (instanceId: string) => void,
): readonly TableColumn<LabelledInstance>[] {
  const box: TableColumn<LabelledInstance> = {
    key: 'choose',
    title: '',
    head: <span class="visually-hidden">Split off</span>,
    width: 20,
    align: 'center',
    cell: (row) => (
      <input
        type="checkbox"
        aria-label={`Split off ${row.ident}`}
        checked={chosen.has(row.instanceId)}
        tabIndex={-1}
        onChange={() => onChoose(row.instanceId)}
      />
    ),
  };
  return [box, ident, { ...instanceId, priority: 1 }, { ...author, priority: 2 }, { ...moment, priority: 3 }];
}
