import { useSignal } from '@preact/signals';
import type { FeatureOrder, FeaturePage, Instance, ReferenceGroup } from '../../../src/schema/api/instance.js';
import { SignedBar } from '../classification/interval-bar.js';
import { DataText } from '../components/data-text.js';
import { SearchField } from '../components/search-field.js';
import { Select } from '../components/select.js';
import { type TableColumn, VirtualTable } from '../components/virtual-table.js';
import type { Source } from '../source/source.js';
import { formatNumber } from '../text/numbers.js';

type Feature = FeaturePage['features'][number];

export interface InstanceFeaturesProps {
  readonly source: Source;
  readonly experiment: string;
  readonly instance: Instance;
  readonly part: string | undefined;
  readonly onFeature: (index: number) => void;
}

/** The features of an instance: what speaks for and against it, or what is unusual about it. */
export function InstanceFeatures({ source, experiment, instance, part, onFeature }: InstanceFeaturesProps) {
  const { explanation, groups, instanceId } = instance;
  const order = useSignal<FeatureOrder>(explanation === null ? 'benign' : 'contribution');
  const text = useSignal('');
  const largest = useSignal(0);
  const load = async (offset: number, limit: number) => {
    const query = { order: order.value, text: text.value, offset, limit };
    const page = await source.instanceFeatures(experiment, instanceId, query, part);
    const sizes = page.features.map(({ contribution }) => Math.abs(contribution ?? 0));
    largest.value = Math.max(largest.peek(), ...sizes);
    return { total: page.total, rows: page.features };
  };
  const orders: { value: FeatureOrder; title: string }[] = [
    ...(explanation === null ? [] : [{ value: 'contribution' as const, title: 'largest contribution' }]),
    ...groups.map(({ group }) => ({ value: group, title: orderTitles[group] })),
    { value: 'name', title: 'name' },
  ];
  return (
    <section aria-label="Features of the instance" class="instance-features">
      <div class="list-controls">
        <Select label="First" value={order.value} choices={orders} onChange={(value) => (order.value = value)} />
        <SearchField label="Search the features" value={text.value} onChange={(value) => (text.value = value)} />
      </div>
      <VirtualTable<Feature>
        label="features"
        columns={columnsOf(explanation !== null, groups, largest.value)}
        load={load}
        question={`${instanceId} ${part ?? ''} ${order.value} ${text.value}`}
        rowKey={({ index }) => String(index)}
        onOpen={({ index }) => onFeature(index)}
        maxRows={14}
      />
    </section>
  );
}

const orderTitles: Readonly<Record<ReferenceGroup, string>> = {
  benign: 'most unusual against benign',
  malicious: 'most unusual against malicious',
  family: 'most unusual in its family',
};

function columnsOf(explained: boolean, groups: Instance['groups'], largest: number): TableColumn<Feature>[] {
  const contribution: TableColumn<Feature> = {
    key: 'contribution',
    title: 'Contribution',
    hint: 'what the value adds to the output of the model: above 0 towards malicious',
    width: 130,
    align: 'end',
    cell: ({ contribution: value }) => (
      <span class="contribution">
        <SignedBar value={value ?? 0} largest={largest} meanings={['malicious', 'benign']} /> {formatNumber(value, 3)}
      </span>
    ),
  };
  return [
    { key: 'name', title: 'Feature', width: 90, grow: 1, cell: ({ name }) => <DataText text={name} max={60} /> },
    { key: 'value', title: 'Value', width: 60, align: 'end', cell: ({ value }) => formatNumber(value) },
    ...(explained ? [contribution] : []),
    ...groups.map(
      ({ group }): TableColumn<Feature> => ({
        key: group,
        title: `% ${group}`,
        hint: `percentile of the value among ${group === 'family' ? 'its family' : `the ${group} instances`}; z-score in brackets`,
        width: 92,
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
