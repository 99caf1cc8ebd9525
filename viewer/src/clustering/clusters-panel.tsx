import type { PanelData } from '../../../src/schema/panels/registry.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount, formatPercent, formatShare } from '../text/numbers.js';
import { type Cluster, clusterTitle } from './cluster-text.js';

export interface ClustersPanelProps {
  readonly data: PanelData<'clusters'>;
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
}

/** Families that stand beside a cluster. */
const shownFamilies = 3;

/** Every cluster: how large, what of. A click shows what sets one apart. */
export function ClustersPanel({ data, chosen, onChoose }: ClustersPanelProps) {
  const { clusters, total, instances, silhouetteRows } = data;
  const largest = clusters.reduce((most, { size }) => Math.max(most, size), 1);
  const labelled = clusters.some(({ malicious, benign }) => malicious + benign > 0);
  const named = clusters.some(({ families }) => families.length > 0);
  const listed = clusters.filter(({ name }) => name !== 'noise').length;
  const notes = [
    ...(listed < total ? [`the ${formatCount(listed)} largest of ${formatCount(total)}`] : []),
    ...(silhouetteRows !== null && silhouetteRows < instances
      ? [`silhouettes of ${formatCount(silhouetteRows)} instances drawn at random`]
      : []),
  ];
  return (
    <Panel title="Clusters" span={8} class="clusters-list" note={notes.length > 0 ? notes.join('; ') : undefined}>
      <SimpleTable<Cluster>
        caption="Clusters"
        rows={clusters}
        rowKey={({ name }) => name}
        rowClass={({ name }) => (name === chosen ? 'chosen' : undefined)}
        columns={[
          {
            key: 'name',
            title: 'Cluster',
            heads: true,
            cell: ({ name }) => (
              <button type="button" class="link" aria-pressed={name === chosen} onClick={() => onChoose(name)}>
                {clusterTitle(name)}
              </button>
            ),
          },
          { key: 'size', title: 'Instances', align: 'end', cell: ({ size }) => formatCount(size) },
          { key: 'share', title: 'Share', align: 'end', cell: ({ size }) => formatPercent(size / instances) },
          {
            key: 'bar',
            title: labelled ? 'Labels' : 'Size',
            cell: (cluster) => <SizeBar cluster={cluster} largest={largest} />,
          },
          ...(labelled
            ? [
                {
                  key: 'malicious',
                  title: 'Malicious',
                  align: 'end' as const,
                  cell: ({ malicious, benign }: Cluster) =>
                    malicious + benign === 0 ? '–' : formatPercent(malicious / (malicious + benign)),
                },
              ]
            : []),
          { key: 'silhouette', title: 'Silhouette', align: 'end', cell: ({ silhouette }) => formatShare(silhouette) },
          ...(named
            ? [{ key: 'families', title: 'Families', cell: (cluster: Cluster) => <Families cluster={cluster} /> }]
            : []),
        ]}
      />
    </Panel>
  );
}

/** Malicious, benign and unlabelled instances, as long as the cluster is large. */
function SizeBar({ cluster, largest }: { readonly cluster: Cluster; readonly largest: number }) {
  const { malicious, benign, unlabeled } = cluster;
  const parts = [
    { meaning: 'malicious', title: 'malicious', count: malicious },
    { meaning: 'benign', title: 'benign', count: benign },
    { meaning: 'all', title: 'unlabelled', count: unlabeled },
  ].filter(({ count }) => count > 0);
  const words = parts.map(({ title, count }) => `${formatCount(count)} ${title}`).join(', ');
  return (
    <span class="size-bar" role="img" aria-label={words} title={words}>
      {parts.map(({ meaning, count }) => (
        <span key={meaning} class={meaning} style={{ width: `${(100 * count) / largest}%` }} />
      ))}
    </span>
  );
}

function Families({ cluster: { families, familyCount } }: { readonly cluster: Cluster }) {
  const shown = families.slice(0, shownFamilies);
  const more = familyCount - shown.length;
  return (
    <span class="cluster-families">
      {shown.map(({ family, label, instances }, k) => (
        <span key={`${label} ${family}`}>
          {k > 0 && ', '}
          <DataText text={family} max={24} /> <span class="muted">{formatCount(instances)}</span>
        </span>
      ))}
      {more > 0 && <span class="muted">, {formatCount(more)} more</span>}
    </span>
  );
}
