import type { PredictionRow } from '../../../src/schema/api/rows.js';
import { parts } from '../../../src/schema/vocabulary.js';
import type { PageStore } from '../classification/page-store.js';
import type { TableColumn } from '../components/virtual-table.js';
import { GroupList } from '../instance/group-list.js';
import { identityColumns } from '../instance/identity-columns.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import { type Cluster, clusterTitle } from './cluster-text.js';

export interface MembersPanelProps {
  readonly store: PageStore;
  readonly cluster: Cluster;
}

const columns: readonly TableColumn<PredictionRow>[] = [
  {
    key: 'rank',
    title: 'Place',
    hint: '1 is the nearest to the mean of the cluster',
    width: 60,
    align: 'end',
    sorts: 'ascending',
    priority: 3,
    cell: ({ rank }) => formatCount(rank),
  },
  ...identityColumns,
  {
    key: 'score',
    title: 'Distance',
    hint: 'from the mean of the cluster, in standardised features',
    width: 90,
    align: 'end',
    sorts: 'ascending',
    priority: 1,
    cell: ({ score }) => formatNumber(score, 4),
  },
];

/** Every member of a cluster, from its centre outwards. */
export function MembersPanel({ store, cluster }: MembersPanelProps) {
  return (
    <GroupList
      store={store}
      title={`${clusterTitle(cluster.name)}: all members`}
      note="from its centre outwards, unless sorted otherwise"
      filter={{ part: parts.clusters, predicted: cluster.name }}
      what="members"
      columns={columns}
    />
  );
}
