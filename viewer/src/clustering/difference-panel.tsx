import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatNumber, formatPercent } from '../text/numbers.js';
import { type Cluster, clusterTitle } from './cluster-text.js';

type Difference = Cluster['features'][number];

export interface DifferencePanelProps {
  readonly cluster: Cluster;
  /** Shows a feature, by its place in the dataset; absent where nothing more is known of it. */
  readonly onFeature?: (index: number) => void;
}

/** What sets a cluster apart: a rule in plain words, and the features whose mean differs most. */
export function DifferencePanel({ cluster, onFeature }: DifferencePanelProps) {
  const { name, features, rule } = cluster;
  const most = features.reduce((largest, { difference }) => Math.max(largest, Math.abs(difference)), 0);
  return (
    <Panel title={`${clusterTitle(name)}: what sets it apart`} span={7}>
      {rule === null ? (
        <p class="muted">No short rule tells it from the others.</p>
      ) : (
        <p class="cluster-rule">
          {rule.conditions.map(({ feature, above, threshold }, k) => (
            <span key={`${feature} ${above}`}>
              {k > 0 && <span class="muted"> and </span>}
              <span class="condition">
                <DataText text={feature} max={48} mono /> {above ? '>' : '≤'} {formatNumber(threshold)}
              </span>
            </span>
          ))}
          <span class="muted">
            {' '}
            holds for {formatPercent(rule.recall)} of the cluster; {formatPercent(rule.precision)} of what it holds for
            is in the cluster
          </span>
        </p>
      )}
      <SimpleTable<Difference>
        caption="Features that set the cluster apart"
        rows={features}
        rowKey={({ feature }) => feature}
        columns={[
          {
            key: 'feature',
            title: 'Feature',
            heads: true,
            cell: ({ feature, index }) => <FeatureName name={feature} index={index} onFeature={onFeature} />,
          },
          { key: 'inside', title: 'Mean inside', align: 'end', cell: ({ inside }) => formatNumber(inside) },
          { key: 'outside', title: 'elsewhere', align: 'end', cell: ({ outside }) => formatNumber(outside) },
          {
            key: 'difference',
            title: 'Difference in deviations',
            cell: ({ difference }) => <DifferenceBar difference={difference} most={most} />,
          },
        ]}
      />
      {features.length === 0 && <p class="muted">Nothing to compare it with: it holds every instance.</p>}
    </Panel>
  );
}

interface FeatureNameProps extends Pick<DifferencePanelProps, 'onFeature'> {
  readonly name: string;
  readonly index: Difference['index'];
}

/** A column that says where another misses values has no statistics of its own. */
function FeatureName({ name, index, onFeature }: FeatureNameProps) {
  const text = <DataText text={name} max={40} mono />;
  if (index === null || onFeature === undefined) return text;
  return (
    <button type="button" class="link" onClick={() => onFeature(index)}>
      {text}
    </button>
  );
}

/** To the right of the middle where the cluster has more, to the left where it has less. */
function DifferenceBar({ difference, most }: { readonly difference: number; readonly most: number }) {
  const width = `${most === 0 ? 0 : (50 * Math.abs(difference)) / most}%`;
  const style = difference > 0 ? { left: '50%', width } : { right: '50%', width };
  return (
    <span class="difference">
      <span class="difference-bar" aria-hidden="true">
        <span class={difference > 0 ? 'more' : 'less'} style={style} />
      </span>
      <span class="difference-value">
        {difference > 0 ? '+' : '−'}
        {Math.abs(difference).toFixed(2)}
      </span>
    </span>
  );
}
