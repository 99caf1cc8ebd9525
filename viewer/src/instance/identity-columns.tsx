import type { PredictionRow } from '../../../src/schema/api/rows.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import type { TableColumn } from '../components/table-columns.js';
import { visibleText } from '../text/visible-text.js';

/** Who an instance is, in every list of instances. The label goes when only the name and the figures have room. */
export const identityColumns: readonly TableColumn<PredictionRow>[] = [
  {
    key: 'ident',
    title: 'Ident',
    width: 130,
    grow: 3,
    sorts: 'ascending',
    cell: ({ ident, instanceId }) => (
      <span title={visibleText(instanceId)}>
        <DataText text={ident} max={90} />
      </span>
    ),
  },
  {
    key: 'label',
    title: 'Label',
    width: 96,
    sorts: 'descending',
    priority: 1,
    cell: ({ label }) => <LabelBadge label={label} />,
  },
  {
    key: 'family',
    title: 'Family',
    width: 100,
    grow: 1,
    sorts: 'ascending',
    priority: 2,
    cell: ({ family }) => family !== null && <DataText text={family} max={40} />,
  },
];
