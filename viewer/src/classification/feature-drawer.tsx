import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { FeaturePage, FeatureSummary } from '../../../src/schema/api/instance.js';
import { drawHistogram, type HistogramGroup } from '../charts/histogram-drawing.js';
import { ChartFrame } from '../components/chart-frame.js';
import { DataText } from '../components/data-text.js';
import { Drawer } from '../components/drawer.js';
import { LoadedView } from '../components/loading.js';
import { SimpleTable } from '../components/simple-table.js';
import { useLoaded } from '../components/use-loaded.js';
import { formatCount, formatNumber, formatPercent } from '../text/numbers.js';
import type { InstanceOrigin, Source } from '../source/source.js';
import { StatisticsLink } from './statistics-link.js';

const styles: Readonly<Record<string, { color: string; hatched: boolean }>> = {
  benign: { color: 'var(--benign)', hatched: true },
  malicious: { color: 'var(--malicious)', hatched: false },
};

export interface FeatureDrawerProps {
  readonly source: Source;
  readonly origin: InstanceOrigin;
  readonly index: number;
  /** Whose value is marked. */
  readonly instance?: { readonly instanceId: string; readonly part: string | undefined };
  /** Shown above its statistics. */
  readonly more?: ComponentChildren;
  readonly onClose: () => void;
}

/** What a feature looks like in the dataset, by label; where an instance led here, with the value it has. */
export function FeatureDrawer({ source, origin, index, instance, more, onClose }: FeatureDrawerProps) {
  const loaded = useLoaded(() => source.feature(origin, index), [index]);
  const own = useLoaded(async () => {
    if (instance === undefined) return null;
    const query = { order: 'index' as const, index, limit: 1 };
    const { features } = await source.instanceFeatures(origin, instance.instanceId, query, instance.part);
    return features[0] ?? null;
  }, [index, instance?.instanceId, instance?.part]);
  const name = loaded.state === 'there' ? loaded.value.name : `Feature ${formatCount(index)}`;
  const mark = instance !== undefined && own.state === 'there' ? own.value : null;
  return (
    <Drawer
      title={<DataText text={name} max={60} />}
      shows={String(index)}
      closes={instance === undefined ? undefined : 'Back to the instance'}
      onClose={onClose}
    >
      <LoadedView of={loaded} what="the feature">
        {(summary) => (
          <>
            {more}
            <Statistics summary={summary} mark={mark} />
            {typeof origin === 'string' && <StatisticsLink source={source} id={origin} feature={summary.name} />}
          </>
        )}
      </LoadedView>
    </Drawer>
  );
}

interface StatisticsProps {
  readonly summary: FeatureSummary;
  /** The feature as the instance has it. */
  readonly mark: FeaturePage['features'][number] | null;
}

function Statistics({ summary, mark }: StatisticsProps) {
  const { description, groups } = summary;
  return (
    <div class="feature-statistics">
      {description !== null && (
        <p>
          <DataText text={description} max={400} expandable />
        </p>
      )}
      {mark !== null && <OwnValue mark={mark} />}
      <FeatureHistogram summary={summary} value={mark?.value ?? null} />
      <SimpleTable
        caption="Figures of the feature by label"
        rows={figures.filter(({ only }) => only?.(summary) ?? true)}
        rowKey={({ title }) => title}
        columns={[
          { key: 'figure', title: '', heads: true, cell: ({ title }) => title },
          ...groups.map((group) => ({
            key: group.name,
            title: group.name,
            align: 'end' as const,
            cell: ({ of }: Figure) => of(group),
          })),
        ]}
      />
    </div>
  );
}

/** The value of the instance in a sentence, and where it stands among the others. */
function OwnValue({ mark: { value, standings } }: { readonly mark: NonNullable<StatisticsProps['mark']> }) {
  const places = (['benign', 'malicious', 'family'] as const).flatMap((group) => {
    const percentile = standings[group]?.percentile;
    const whom = group === 'family' ? 'its family' : `the ${group} instances`;
    return typeof percentile === 'number' ? [`percentile ${percentile.toFixed(1)} of ${whom}`] : [];
  });
  return (
    <p>
      The instance has <strong>{value === null ? 'no value' : formatNumber(value)}</strong>
      {places.length > 0 && `: ${places.join(', ')}`}.
    </p>
  );
}

type Group = FeatureSummary['groups'][number];

interface Figure {
  readonly title: string;
  readonly of: (group: Group) => string;
  /** Absent: of every feature. */
  readonly only?: (summary: FeatureSummary) => boolean;
}

const isNumeric = ({ type }: FeatureSummary): boolean => type !== 'binary';
const percentile = (title: string, at: number): Figure => ({
  title,
  of: ({ percentiles }) => formatNumber(percentiles[at]),
  only: isNumeric,
});

/** One a line: there are few groups, and figures as wide as they come. */
const figures: readonly Figure[] = [
  { title: 'instances', of: ({ instances }) => formatCount(instances) },
  {
    title: 'missing',
    of: ({ missing }) => formatCount(missing),
    only: ({ groups }) => groups.some(({ missing }) => missing > 0),
  },
  {
    title: 'not zero',
    of: ({ instances, missing, zeros }) =>
      formatPercent(instances === missing ? null : (instances - missing - zeros) / (instances - missing)),
  },
  { title: 'mean', of: ({ mean }) => formatNumber(mean) },
  { title: 'standard deviation', of: (group) => formatNumber(group.standardDeviation), only: isNumeric },
  { title: 'smallest', of: ({ minimum }) => formatNumber(minimum), only: isNumeric },
  percentile('5 % are below', 1),
  percentile('25 % are below', 2),
  percentile('median', 3),
  percentile('75 % are below', 4),
  percentile('95 % are below', 5),
  { title: 'largest', of: ({ maximum }) => formatNumber(maximum), only: isNumeric },
];

interface FeatureHistogramProps {
  readonly summary: FeatureSummary;
  /** What the instance has. */
  readonly value: number | null;
}

function FeatureHistogram({ summary, value }: FeatureHistogramProps) {
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
          mark: value === null ? undefined : { value, text: 'the instance' },
        })
      }
      inputs={[summary, value]}
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
