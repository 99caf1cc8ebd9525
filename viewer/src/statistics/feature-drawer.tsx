import { DataText } from '../components/data-text.js';
import { Drawer } from '../components/drawer.js';
import { LoadedView } from '../components/loading.js';
import { SimpleTable } from '../components/simple-table.js';
import { useLoaded } from '../components/use-loaded.js';
import { formatCount, formatNumber, formatPercent } from '../text/numbers.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';
import { FeatureCharts } from './feature-charts.js';
import { type FeatureDetails, scoreRanks, scoreTitles, type Statistics } from './feature-rows.js';

type Group = FeatureDetails['groups'][number];

export interface DescribedFeatureDrawerProps {
  readonly data: Statistics;
  readonly index: number;
  /** Rejects with a message for people where the feature's details are not at hand. */
  readonly load: (index: number) => Promise<FeatureDetails>;
  readonly onClose: () => void;
}

/** One feature in full: pictures by group, figures, and how it stands among all features. */
export function DescribedFeatureDrawer({ data, index, load, onClose }: DescribedFeatureDrawerProps) {
  const loaded = useLoaded(() => load(index), [index]);
  return (
    <Drawer
      title={<DataText text={data.features[index] ?? `Feature ${index}`} max={60} />}
      shows={String(index)}
      onClose={onClose}
    >
      <Scores data={data} index={index} />
      <LoadedView of={loaded} what="the feature">
        {(details) => (
          <div class="feature-statistics">
            <FeatureCharts name={data.features[index]} binary={data.types[index] === 'binary'} details={details} />
            <Figures groups={details.groups} binary={data.types[index] === 'binary'} />
          </div>
        )}
      </LoadedView>
    </Drawer>
  );
}

function Scores({ data, index }: { readonly data: Statistics; readonly index: number }) {
  const rows = data.scores.filter(({ values }) => values[index] !== null);
  if (rows.length === 0) return null;
  return (
    <SimpleTable
      caption="Scores of the feature"
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        {
          key: 'score',
          title: 'Score',
          heads: true,
          cell: ({ name }) => <span title={scoreTitles[name]?.hint}>{scoreTitles[name]?.title ?? name}</span>,
        },
        { key: 'value', title: 'Value', align: 'end', cell: ({ values }) => formatNumber(values[index]) },
        { key: 'p', title: 'p', align: 'end', cell: ({ p }) => (p === undefined ? '' : formatNumber(p[index], 3)) },
        {
          key: 'rank',
          title: 'Rank',
          align: 'end',
          cell: ({ name, values }) => {
            const ranks = scoreRanks(values, name);
            return `${formatCount(ranks[index])} of ${formatCount(ranks.filter((rank) => rank !== null).length)}`;
          },
        },
      ]}
    />
  );
}

interface Figure {
  readonly title: string;
  readonly of: (group: Group) => string;
  readonly numeric?: true;
}

const percentile = (title: string, at: number): Figure => ({
  title,
  of: ({ percentiles }) => formatNumber(percentiles[at]),
  numeric: true,
});

const figures: readonly Figure[] = [
  { title: 'instances', of: ({ instances }) => formatCount(instances) },
  { title: 'missing', of: ({ missing }) => formatCount(missing) },
  { title: 'distinct', of: ({ distinct }) => formatCount(distinct), numeric: true },
  {
    title: 'not zero',
    of: ({ instances, missing, zeros }) =>
      formatPercent(instances === missing ? null : (instances - missing - zeros) / (instances - missing)),
  },
  { title: 'mean', of: ({ mean }) => formatNumber(mean) },
  { title: 'standard deviation', of: ({ std }) => formatNumber(std) },
  { title: 'smallest', of: ({ min }) => formatNumber(min), numeric: true },
  percentile('1 % are below', 0),
  percentile('5 % are below', 1),
  percentile('25 % are below', 2),
  percentile('median', 3),
  percentile('75 % are below', 4),
  percentile('95 % are below', 5),
  percentile('99 % are below', 6),
  { title: 'largest', of: ({ max }) => formatNumber(max), numeric: true },
];

function Figures({ groups, binary }: { readonly groups: readonly Group[]; readonly binary: boolean }) {
  return (
    <SimpleTable<Figure>
      caption="Figures of the feature by group"
      rows={figures.filter(({ numeric }) => numeric !== true || !binary)}
      rowKey={({ title }) => title}
      columns={[
        { key: 'figure', title: '', heads: true, cell: ({ title }) => title },
        ...groups.map((group, k) => ({
          key: `${k} ${group.name}`,
          title: shortenMiddle(visibleText(group.name), 24),
          align: 'end' as const,
          cell: ({ of }: Figure) => of(group),
        })),
      ]}
    />
  );
}
