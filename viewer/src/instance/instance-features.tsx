import { useSignal } from '@preact/signals';
import type { FeaturePage, FeatureQuery, Instance, ReferenceGroup } from '../../../src/schema/api/instance.js';
import { SignedBar } from '../classification/interval-bar.js';
import { DataText } from '../components/data-text.js';
import { SearchField } from '../components/search-field.js';
import { Select } from '../components/select.js';
import { type TableColumn, VirtualTable } from '../components/virtual-table.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import { type FeatureListOrder, featureQuery, type InstancePanel, ordersFor } from './panel-state.js';

type Feature = FeaturePage['features'][number];

export interface InstanceFeaturesProps {
  readonly instance: Instance;
  /** Tells instances of one id in several datasets apart. */
  readonly part: string | undefined;
  readonly panel: InstancePanel;
  readonly ask: (query: FeatureQuery) => Promise<FeaturePage>;
  /** Null where a feature has no page of its own. */
  readonly onFeature: ((index: number) => void) | null;
}

/** The features of an instance: what speaks for and against it, or what is unusual about it. */
export function InstanceFeatures({ instance, part, panel, ask, onFeature }: InstanceFeaturesProps) {
  const { explanation, groups, instanceId } = instance;
  const { state, change } = panel;
  const largest = useSignal(0);
  const cap = useSignal<string | null>(null);
  const load = async (offset: number, limit: number) => {
    const page = await ask(featureQuery(state, instance, offset, limit));
    const sizes = page.features.map(({ contribution }) => Math.abs(contribution ?? 0));
    cap.value = page.cap
      ? `this file keeps ${formatCount(page.cap.kept)} of ${formatCount(page.cap.of)}: ${page.cap.why}`
      : null;
    largest.value = Math.max(offset === 0 ? 0 : largest.peek(), ...sizes);
    return { total: page.total, rows: page.features };
  };
  const { order } = featureQuery(state, instance, 0, 1);
  return (
    <section aria-label="Features of the instance" class="instance-features">
      <div class="list-controls">
        <Select
          label="First"
          value={order as FeatureListOrder}
          choices={ordersFor(instance).map((value) => ({ value, title: orderTitles[value] }))}
          onChange={(value) => change({ order: value })}
        />
        <SearchField label="Search the features" value={state.text} onChange={(text) => change({ text })} />
      </div>
      <VirtualTable<Feature>
        label="features"
        columns={columnsOf(explanation !== null, groups, largest.value)}
        load={load}
        question={JSON.stringify([instanceId, part, order, state.text])}
        rowKey={({ index }) => String(index)}
        onOpen={onFeature === null ? undefined : ({ index }) => onFeature(index)}
        maxRows={14}
        foot={cap.value === null ? undefined : <span>{cap.value}</span>}
      />
    </section>
  );
}

const orderTitles: Readonly<Record<FeatureListOrder, string>> = {
  contribution: 'largest contribution',
  benign: 'most unusual against benign',
  malicious: 'most unusual against malicious',
  family: 'most unusual in its family',
  name: 'name',
};

function columnsOf(explained: boolean, groups: Instance['groups'], largest: number): TableColumn<Feature>[] {
  const contribution: TableColumn<Feature> = {
    key: 'contribution',
    title: 'Contribution',
    hint: 'what the value adds to the output of the model: above 0 towards malicious',
    width: 128,
    align: 'end',
    cell: ({ contribution: value }) => (
      <span class="contribution">
        <SignedBar value={value ?? 0} largest={largest} meanings={['malicious', 'benign']} /> {formatNumber(value, 3)}
      </span>
    ),
  };
  return [
    { key: 'name', title: 'Feature', width: 90, grow: 1, cell: ({ name }) => <DataText text={name} max={60} /> },
    { key: 'value', title: 'Value', width: 80, align: 'end', cell: ({ value }) => formatNumber(value) },
    ...(explained ? [contribution] : []),
    ...groups.map(
      ({ group }): TableColumn<Feature> => ({
        key: group,
        title: `% ${group}`,
        hint: `percentile of the value among ${group === 'family' ? 'its family' : `the ${group} instances`}; z-score in brackets`,
        width: 88,
        align: 'end',
        priority: group === 'family' ? 3 : 1,
        cell: ({ standings }) => standingText(standings[group]),
      }),
    ),
  ];
}

function standingText(standing: Feature['standings'][ReferenceGroup]): string {
  if (standing === undefined || standing.percentile === null) return formatNumber(null);
  const { percentile, zScore } = standing;
  return `${percentile.toFixed(1)}${zScore === null ? '' : ` (${zScore.toFixed(1)})`}`;
}
