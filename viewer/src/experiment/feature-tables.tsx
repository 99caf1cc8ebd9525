import type { PanelData } from '../../../src/schema/panels/registry.js';
import type { PanelKind } from '../../../src/schema/vocabulary.js';
import type { ChartTable } from '../components/chart-frame.js';
import { DataText } from '../components/data-text.js';
import { formatCount, formatNumber, formatShare } from '../text/numbers.js';
import { capped } from './capped-table.js';

type FeaturePanel = Extract<PanelKind, `feature-${string}`>;

/** The panels of `stats` as tables. */
export const featureTables: { readonly [K in FeaturePanel]: (data: PanelData<K>) => ChartTable } = {
  'feature-statistics': (data) =>
    capped(
      [
        'Feature',
        'Type',
        'Count',
        'Missing',
        'Mean',
        'Deviation',
        'Smallest',
        'Median',
        'Largest',
        ...data.scores.map(({ name }) => name),
      ],
      data.features.length,
      (at) => [
        <DataText text={data.features[at]} />,
        data.types[at],
        formatCount(data.count[at]),
        formatCount(data.missing[at]),
        formatNumber(data.mean[at]),
        formatNumber(data.std[at]),
        formatNumber(data.min[at]),
        formatNumber(data.p50[at]),
        formatNumber(data.max[at]),
        ...data.scores.map(({ values }) => formatNumber(values[at])),
      ],
    ),
  'feature-details': ({ features }) => {
    const rows = features.flatMap(({ index, groups }) => groups.map((group) => ({ index, group })));
    return capped(
      ['Place', 'Group', 'Instances', 'Missing', 'Mean', 'Deviation', '25 %', 'Median', '75 %'],
      rows.length,
      (at) => {
        const { index, group } = rows[at];
        return [
          formatCount(index + 1),
          <DataText text={group.name} />,
          formatCount(group.instances),
          formatCount(group.missing),
          formatNumber(group.mean),
          formatNumber(group.std),
          ...[2, 3, 4].map((k) => formatNumber(group.percentiles[k])),
        ];
      },
    );
  },
  'feature-pairs': ({ pairs }) =>
    capped(['Feature', 'and', 'Correlation', 'Identical'], pairs.length, (at) => [
      <DataText text={pairs[at].a} />,
      <DataText text={pairs[at].b} />,
      formatShare(pairs[at].r),
      pairs[at].identical ? 'yes' : '',
    ]),
  'feature-alarms': ({ alarms }) =>
    capped(['What', 'Kind'], alarms.length, (at) => [<DataText text={alarms[at].text} />, alarms[at].kind]),
  'feature-drift': ({ rows }) =>
    capped(['Feature', 'PSI', 'KS', 'p', 'Jensen-Shannon', 'Mean here', 'Mean there'], rows.length, (at) => [
      <DataText text={rows[at].feature} />,
      formatNumber(rows[at].psi),
      formatShare(rows[at].ks),
      formatNumber(rows[at].ksP, 3),
      formatShare(rows[at].jensenShannon),
      ...rows[at].means.map((mean) => formatNumber(mean)),
    ]),
};
