import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PredictionRow, RowSortColumn } from '../../../src/schema/api/rows.js';
import { parts } from '../../../src/schema/vocabulary.js';
import type { PageStore } from '../classification/page-store.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { SearchField } from '../components/search-field.js';
import { VirtualTable } from '../components/virtual-table.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import { visibleText } from '../text/visible-text.js';
import { type Cluster, clusterTitle } from './cluster-text.js';

export interface MembersPanelProps {
  readonly store: PageStore;
  readonly cluster: Cluster;
}

/** Every member of a cluster, from its centre outwards. */
export function MembersPanel({ store, cluster }: MembersPanelProps) {
  const { list, instance } = store.state.value;
  const query = {
    part: parts.clusters,
    predicted: cluster.name,
    ...(list.text !== '' && { text: list.text }),
    sort: list.sort,
    direction: list.direction,
  };
  const question = JSON.stringify(query);
  useEffect(() => {
    store.listed.value = query;
  }, [question]);
  const cap = useSignal<string | null>(null);
  const load = async (offset: number, limit: number) => {
    const page = await store.source.rows(store.id, { ...query, offset, limit });
    cap.value = page.cap
      ? `this file keeps ${formatCount(page.cap.kept)} of ${formatCount(page.cap.of)} instances: ${page.cap.why}`
      : null;
    return page;
  };
  return (
    <Panel
      title={`${clusterTitle(cluster.name)}: all members`}
      flush
      note="from its centre outwards, unless sorted otherwise"
    >
      <div class="list-controls">
        <SearchField
          label="Search the members"
          placeholder="ident or instance id"
          value={list.text}
          onChange={(text) => store.changeList({ text })}
        />
      </div>
      <VirtualTable<PredictionRow>
        label="members"
        columns={[
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
        ]}
        load={load}
        question={question}
        rowKey={({ instanceId }) => instanceId}
        sort={{ key: list.sort, direction: list.direction }}
        onSort={({ key, direction }) => store.changeList({ sort: key as RowSortColumn, direction })}
        onOpen={({ instanceId }) => store.change({ instance: instanceId, feature: null }, 'push')}
        openKey={instance}
        maxRows={12}
        foot={cap.value === null ? undefined : <span>{cap.value}</span>}
      />
    </Panel>
  );
}
