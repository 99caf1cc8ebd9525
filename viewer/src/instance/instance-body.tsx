import { useSignal } from '@preact/signals';
import type { Instance } from '../../../src/schema/api/instance.js';
import { partTitle } from '../classification/parts.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { SimpleTable } from '../components/simple-table.js';
import { Tabs } from '../components/tabs.js';
import type { InstanceOrigin, Source } from '../source/source.js';
import { formatCount, formatNumber, formatProbability } from '../text/numbers.js';
import type { InstanceCache } from './instance-cache.js';
import { InstanceFeatures } from './instance-features.js';
import { InstanceReasons } from './instance-reasons.js';
import { InstanceViews } from './instance-views.js';
import { NearestInstancesView } from './nearest-instances.js';
import { type InstancePanel, type InstanceTab, openingPanel } from './panel-state.js';

export interface InstanceBodyProps {
  readonly source: Source;
  /** An experiment, which says something of the instance; or a dataset by itself. */
  readonly origin: InstanceOrigin;
  readonly instance: Instance;
  readonly part: string | undefined;
  /** Not where the page is about labels of its own: those shown here are the truth. */
  readonly withFacts?: boolean;
  /** Where the page keeps what the panel shows, in its address; absent: the panel keeps it itself. */
  readonly panel?: InstancePanel;
  /** Absent: features are asked of the source. */
  readonly cache?: InstanceCache;
  /** Null where a feature has no page of its own. */
  readonly onFeature: ((index: number) => void) | null;
  /** Opens another instance of the dataset it learned from; null where the page has no place for it. */
  readonly onInstance?: ((instanceId: string) => void) | null;
}

/** What an instance is, what an experiment said of it, part by part, and its features or the original. */
export function InstanceBody(props: InstanceBodyProps) {
  const { source, origin, instance, part, withFacts = true, cache, onFeature, onInstance = null } = props;
  const own = useSignal(openingPanel);
  const panel: InstancePanel = props.panel ?? {
    state: own.value,
    change: (patch) => (own.value = { ...own.peek(), ...patch }),
  };
  const tabs = tabsFor(source, instance);
  const tab = tabs.find(({ key }) => key === panel.state.tab)?.key ?? 'features';
  const shown = {
    original: () => <InstanceViews source={source} origin={origin} instance={instance} part={part} />,
    nearest: () => (
      <NearestInstancesView
        source={source}
        origin={origin}
        instance={instance}
        part={part}
        onInstance={source.live ? onInstance : null}
      />
    ),
    features: () => (
      <InstanceFeatures
        instance={instance}
        part={part}
        panel={panel}
        ask={(query) =>
          cache?.features(instance.instanceId, query, part) ??
          source.instanceFeatures(origin, instance.instanceId, query, part)
        }
        onFeature={onFeature}
      />
    ),
  }[tab]();
  return (
    <>
      {withFacts && <InstanceFacts instance={instance} />}
      {typeof origin === 'string' && <Said instance={instance} />}
      {tabs.length > 1 ? (
        <Tabs<InstanceTab>
          label="What is shown of the instance"
          tabs={tabs}
          selected={tab}
          onSelect={(to) => panel.change({ tab: to })}
        >
          {shown}
        </Tabs>
      ) : (
        shown
      )}
    </>
  );
}

/** A single file holds no original. */
function tabsFor({ live }: Source, { views }: Instance): { key: InstanceTab; title: string }[] {
  return [
    { key: 'features', title: 'Features' },
    { key: 'nearest', title: 'Nearest instances' },
    ...(live && views.length > 0 ? [{ key: 'original' as const, title: 'The original' }] : []),
  ];
}

/** What an experiment said of it. */
function Said({ instance }: { readonly instance: Instance }) {
  const columns = predictionColumns.filter(
    ({ key }) => key === 'part' || instance.predictions.some((row) => row[key as 'score'] !== null),
  );
  return (
    <>
      {instance.predictions.length > 0 && (
        <SimpleTable caption="Predictions" rows={instance.predictions} rowKey={({ row }) => row} columns={columns} />
      )}
      <InstanceReasons instance={instance} />
    </>
  );
}

type Prediction = Instance['predictions'][number];

const predictionColumns = [
  {
    key: 'part',
    title: 'part',
    heads: true,
    cell: (row: Prediction) => <DataText text={partTitle(row.part)} max={40} />,
  },
  {
    key: 'predicted',
    title: 'predicted',
    cell: ({ predicted }: Prediction) => predicted !== null && <DataText text={predicted} max={40} />,
  },
  {
    key: 'probability',
    title: 'probability',
    align: 'end' as const,
    cell: ({ probability }: Prediction) => formatProbability(probability),
  },
  { key: 'score', title: 'score', align: 'end' as const, cell: ({ score }: Prediction) => formatNumber(score) },
  { key: 'rank', title: 'rank', align: 'end' as const, cell: ({ rank }: Prediction) => formatCount(rank) },
];

/** What the input files say of it. */
export function InstanceFacts({ instance }: { readonly instance: Instance }) {
  return (
    <dl class="instance-facts">
      <dt>Label</dt>
      <dd>
        <LabelBadge label={instance.label} />
      </dd>
      <dt>Family</dt>
      <dd>{instance.family === null ? 'none' : <DataText text={instance.family} />}</dd>
      <dt>Instance id</dt>
      <dd>
        <DataText text={instance.instanceId} mono />
      </dd>
      {instance.timestamp !== null && (
        <>
          <dt>Time</dt>
          <dd>{instance.timestamp}</dd>
        </>
      )}
    </dl>
  );
}
