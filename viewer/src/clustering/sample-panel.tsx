import { useState } from 'preact/hooks';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { Segments } from '../components/select.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatNumber } from '../text/numbers.js';
import { type Cluster, clusterTitle } from './cluster-text.js';

type Member = Cluster['members']['centre'][number];
type Place = keyof Cluster['members'];

const places: readonly { value: Place; title: string }[] = [
  { value: 'centre', title: 'Centre' },
  { value: 'edge', title: 'Edge' },
  { value: 'random', title: 'Between' },
];

export interface SamplePanelProps {
  readonly cluster: Cluster;
  readonly onOpen: (instanceId: string) => void;
}

/** Some members to look at: the most typical, the least, and some drawn from those between. */
export function SamplePanel({ cluster, onOpen }: SamplePanelProps) {
  const offered = places.filter(({ value }) => cluster.members[value].length > 0);
  const [place, setPlace] = useState<Place>(offered[0]?.value ?? 'random');
  return (
    <Panel
      title={`${clusterTitle(cluster.name)}: members to look at`}
      span={5}
      actions={<Segments label="Members" value={place} choices={offered} onChange={setPlace} />}
    >
      <SimpleTable<Member>
        caption="Members of the cluster"
        rows={cluster.members[place]}
        rowKey={({ instanceId }) => instanceId}
        columns={[
          {
            key: 'ident',
            title: 'Instance',
            heads: true,
            cell: ({ ident, instanceId }) => (
              <button type="button" class="link" onClick={() => onOpen(instanceId)}>
                <DataText text={ident || instanceId} max={36} />
              </button>
            ),
          },
          { key: 'label', title: 'Label', cell: ({ label }) => <LabelBadge label={label} short /> },
          {
            key: 'family',
            title: 'Family',
            cell: ({ family }) => family !== null && <DataText text={family} max={24} />,
          },
          { key: 'distance', title: 'Distance', align: 'end', cell: ({ distance }) => formatNumber(distance) },
        ]}
      />
    </Panel>
  );
}
