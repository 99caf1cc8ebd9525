import { useMemo } from 'preact/hooks';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { rowsAtHand } from '../components/row-pages.js';
import { SearchField } from '../components/search-field.js';
import { type TableColumn, VirtualTable } from '../components/virtual-table.js';
import { formatCount, formatNumber, formatShare } from '../text/numbers.js';
import { orderedFeatures, scoreTitles, type Statistics } from './feature-rows.js';
import { ShapeLine } from './shape-line.js';
import type { StatisticsStore } from './statistics-state.js';

export interface FeaturesPanelProps {
  readonly store: StatisticsStore;
  readonly data: Statistics;
}

/** Scores in the order they are shown: the most telling is the last to be left out. */
const scoreOrder = ['rocAuc', 'mutualInformation', 'ks', 'anovaF', 'chi2', 'cramersV'];

const areaMeaning =
  '; ROC AUC near 1: malicious instances have the higher values, near 0: the lower, 0.5: it tells nothing alone';

/** Every feature in a line: its shape, its scores, its figures. */
export function FeaturesPanel({ store, data }: FeaturesPanelProps) {
  const { sort, text, feature } = store.state.value;
  const rows = useMemo(() => orderedFeatures(data, text, sort), [data, text, sort.key, sort.direction]);
  const columns = useMemo(() => columnsOf(data), [data]);
  const malicious = data.shapes.some(({ name }) => name === 'malicious');
  const scored = data.scores.some(({ name, values }) => name === 'rocAuc' && values.some((value) => value !== null));
  const shape = malicious ? 'shape: malicious above, benign below, on a scale of square roots' : 'shape: all instances';
  return (
    <Panel title="Features" flush note={`${shape}; one opens in full${scored ? areaMeaning : ''}`}>
      <div class="list-controls">
        <SearchField
          label="Search the features"
          placeholder="feature name"
          value={text}
          onChange={(typed) => store.change({ text: typed })}
        />
      </div>
      <VirtualTable<number>
        label="features"
        columns={columns}
        load={rowsAtHand(rows)}
        question={`${sort.key} ${sort.direction} ${text}`}
        rowKey={String}
        sort={sort}
        onSort={(wanted) => store.change({ sort: wanted })}
        onOpen={(index) => store.change({ feature: index }, 'push')}
        openKey={feature === null ? null : String(feature)}
        maxRows={18}
      />
    </Panel>
  );
}

function columnsOf(data: Statistics): readonly TableColumn<number>[] {
  const figure = (
    key: 'mean' | 'std' | 'min' | 'p50' | 'max' | 'skewness' | 'kurtosis',
    title: string,
    priority: number,
  ): TableColumn<number> => ({
    key,
    title,
    width: key === 'min' || key === 'max' ? 100 : 76,
    align: 'end',
    sorts: 'descending',
    priority,
    cell: (index) => formatNumber(data[key][index]),
  });
  const count = (key: 'missing' | 'distinct' | 'zeros', title: string, priority: number): TableColumn<number> => ({
    key,
    title,
    width: 68,
    align: 'end',
    sorts: 'descending',
    priority,
    cell: (index) => formatCount(data[key][index]),
  });
  const scores = scoreOrder.flatMap((name, place): TableColumn<number>[] => {
    const score = data.scores.find((candidate) => candidate.name === name);
    if (score === undefined || score.values.every((value) => value === null)) return [];
    const { title, hint } = scoreTitles[name];
    const share = name === 'rocAuc' || name === 'ks' || name === 'cramersV' || name === 'mutualInformation';
    return [
      {
        key: name,
        title,
        hint,
        width: 84,
        align: 'end',
        sorts: 'descending',
        priority: place === 0 ? 0 : 2 + place,
        cell: (index) => (share ? formatShare(score.values[index]) : formatNumber(score.values[index])),
      },
    ];
  });
  return [
    {
      key: 'feature',
      title: 'Feature',
      width: 130,
      grow: 3,
      sorts: 'ascending',
      cell: (index) => <DataText text={data.features[index]} max={60} />,
    },
    {
      key: 'shape',
      title: 'Shape',
      width: 84,
      priority: 1,
      cell: (index) => <ShapeLine shapes={data.shapes.map(({ name, bins }) => ({ name, bins: bins[index] }))} />,
    },
    ...scores,
    figure('mean', 'Mean', 2),
    figure('std', 'Deviation', 4),
    figure('min', 'Smallest', 9),
    figure('p50', 'Median', 8),
    figure('max', 'Largest', 9),
    count('distinct', 'Distinct', 10),
    count('missing', 'Missing', 5),
    figure('skewness', 'Skewness', 11),
  ];
}
