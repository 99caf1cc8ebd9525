import { useMemo } from 'preact/hooks';
import type { FeatureSummary } from '../../../src/schema/api/instance.js';
import { drawHistogram, type HistogramGroup } from '../charts/histogram-drawing.js';
import { ChartFrame } from '../components/chart-frame.js';
import { DataText } from '../components/data-text.js';
import { Drawer } from '../components/drawer.js';
import { LoadedView } from '../components/loading.js';
import { SimpleTable } from '../components/simple-table.js';
import { useLoaded } from '../components/use-loaded.js';
import { formatCount, formatNumber, formatPercent } from '../text/numbers.js';
import type { PageStore } from './page-store.js';

const styles: Readonly<Record<string, { color: string; hatched: boolean }>> = {
  benign: { color: 'var(--benign)', hatched: true },
  malicious: { color: 'var(--malicious)', hatched: false },
};

/** What a feature looks like in the dataset, by label. */
export function FeatureDrawer({ store, index }: { readonly store: PageStore; readonly index: number }) {
  const loaded = useLoaded(() => store.source.feature(store.id, index), [index]);
  const name = loaded.state === 'there' ? loaded.value.name : `Feature ${formatCount(index)}`;
  return (
    <Drawer
      title={<DataText text={name} max={60} />}
      shows={String(index)}
      onClose={() => store.change({ feature: null }, 'push')}
    >
      <LoadedView of={loaded} what="the feature">
        {(summary) => <Statistics summary={summary} />}
      </LoadedView>
    </Drawer>
  );
}

function Statistics({ summary }: { readonly summary: FeatureSummary }) {
  const { description, type, groups } = summary;
  return (
    <div class="feature-statistics">
      {description !== null && (
        <p>
          <DataText text={description} max={400} expandable />
        </p>
      )}
      <FeatureHistogram summary={summary} />
      <SimpleTable
        caption="Figures of the feature by label"
        rows={groups}
        columns={[
          { key: 'name', title: 'instances', heads: true, cell: (group) => group.name },
          { key: 'n', title: 'number', align: 'end', cell: (group) => formatCount(group.instances) },
          {
            key: 'other',
            title: 'not zero',
            align: 'end',
            cell: ({ instances, missing, zeros }) => {
              const known = instances - missing;
              return formatPercent(known === 0 ? null : (known - zeros) / known);
            },
          },
          { key: 'mean', title: 'mean', align: 'end', cell: (group) => formatNumber(group.mean) },
          ...(type === 'binary' ? [] : numericColumns),
          ...(groups.some(({ missing }) => missing > 0) ? [missingColumn] : []),
        ]}
      />
    </div>
  );
}

type Group = FeatureSummary['groups'][number];

const missingColumn = {
  key: 'missing',
  title: 'missing',
  align: 'end' as const,
  cell: (group: Group) => formatCount(group.missing),
};

const numericColumns = [
  { key: 'std', title: 'std', align: 'end' as const, cell: (group: Group) => formatNumber(group.standardDeviation) },
  { key: 'min', title: 'min', align: 'end' as const, cell: (group: Group) => formatNumber(group.minimum) },
  { key: 'p25', title: '25 %', align: 'end' as const, cell: (group: Group) => formatNumber(group.percentiles[2]) },
  { key: 'median', title: 'median', align: 'end' as const, cell: (group: Group) => formatNumber(group.percentiles[3]) },
  { key: 'p75', title: '75 %', align: 'end' as const, cell: (group: Group) => formatNumber(group.percentiles[4]) },
  { key: 'max', title: 'max', align: 'end' as const, cell: (group: Group) => formatNumber(group.maximum) },
];

function FeatureHistogram({ summary }: { readonly summary: FeatureSummary }) {
  const { edges, groups, name } = summary;
  const shown = useMemo(
    () =>
      groups
        .filter((group) => group.instances > 0)
        .map(
          (group): HistogramGroup => ({
            name: group.name,
            counts: group.counts,
            ...(styles[group.name] ?? { color: 'var(--all)', hatched: false }),
          }),
        ),
    [groups],
  );
  if (edges.length < 2) return null;
  return (
    <ChartFrame
      summary={`Histogram of ${name.slice(0, 80)} by label`}
      height={220}
      draw={(size) =>
        drawHistogram({
          ...size,
          edges,
          groups: shown,
          bars: 'log',
          xLabel: 'value',
          yLabel: 'instances (log scale)',
          even: true,
        })
      }
      inputs={[summary]}
      table={() => ({
        columns: ['from', 'to', ...shown.map((group) => group.name)],
        rows: edges
          .slice(1)
          .map((end, bin) => [
            formatNumber(edges[bin]),
            formatNumber(end),
            ...shown.map(({ counts }) => formatCount(counts[bin])),
          ]),
      })}
      legend={shown.map(({ name: group, hatched }) => (
        <span key={group} class="legend-entry">
          <span class={`legend-bar ${group} ${hatched ? 'hatched' : ''}`} aria-hidden="true" /> {group}
        </span>
      ))}
    />
  );
}
