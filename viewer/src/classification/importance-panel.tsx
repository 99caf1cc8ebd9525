import { useMemo } from 'preact/hooks';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { rowsAtHand } from '../components/row-pages.js';
import { SearchField } from '../components/search-field.js';
import { Select } from '../components/select.js';
import { type TableColumn, VirtualTable } from '../components/virtual-table.js';
import { partTitle } from '../text/headline-names.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';
import { DependenceLine } from './dependence-line.js';
import { type ImportanceRow, importanceRows } from './figures/importance-rows.js';
import { SignedBar, IntervalBar } from './interval-bar.js';
import type { ImportanceOrder } from './page-state.js';
import type { PageStore } from './page-store.js';

const orderTitles: Readonly<Record<ImportanceOrder, string>> = {
  size: 'largest effect first',
  highest: 'most malicious first',
  lowest: 'most benign first',
  name: 'by name',
  dataset: 'as in the dataset',
};

export interface ImportancePanelProps {
  readonly store: PageStore;
  readonly panel: PanelData<'importance'>;
  /** What other values of some features do; null where that was not asked for. */
  readonly dependence: PanelData<'partial-dependence'> | null;
  readonly span: 7 | 12;
}

/** How much each feature counts in the model: all of them; one leads to its statistics. */
export function ImportancePanel({ store, panel, dependence, span }: ImportancePanelProps) {
  const { importanceOrder, importanceText, importanceClass, feature } = store.state.value;
  const series = panel.series.find(({ name }) => name === importanceClass) ?? panel.series[0];
  const rows = useMemo(
    () => importanceRows(panel, series, importanceOrder, importanceText),
    [panel, series, importanceOrder, importanceText],
  );
  const largest = useMemo(() => series.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0), [series]);
  const { permutation } = panel;
  const signed = panel.kind === 'coefficient';
  const orders = (Object.keys(orderTitles) as ImportanceOrder[]).filter(
    (order) => signed || (order !== 'highest' && order !== 'lowest'),
  );
  return (
    <Panel
      title={signed ? 'Coefficients' : 'Feature importances'}
      span={span}
      flush
      note={
        signed
          ? panel.series.length > 1
            ? `of the standardised features: + speaks for ${shortenMiddle(visibleText(series.name), 40)}, − against it`
            : 'of the standardised features: ▲ speaks for malicious, ● for benign'
          : permutation
            ? `ROC AUC lost when a feature is shuffled, mean ± deviation of ${permutation.repeats} times; ${visibleText(partTitle(permutation.part))}, ${formatCount(permutation.rows)} of ${formatCount(permutation.rowsInAll)} instances`
            : 'share of the impurity that the trees remove by a feature'
      }
    >
      <div class="list-controls">
        {panel.series.length > 1 && (
          <Select
            label="Class"
            value={series.name}
            choices={panel.series.map(({ name }) => ({ value: name, title: shortenMiddle(visibleText(name), 60) }))}
            onChange={(name) => store.change({ importanceClass: name })}
          />
        )}
        <Select
          bare
          label="Order of the features"
          value={orders.includes(importanceOrder) ? importanceOrder : 'size'}
          choices={orders.map((value) => ({ value, title: orderTitles[value] }))}
          onChange={(order) => store.change({ importanceOrder: order })}
        />
        <SearchField
          label="Search the features"
          placeholder="feature name"
          value={importanceText}
          onChange={(text) => store.change({ importanceText: text })}
        />
      </div>
      <VirtualTable<ImportanceRow>
        label="features"
        columns={[
          ...columnsOf(signed, largest, panel.series.length > 1, permutation !== undefined),
          ...dependenceColumn(dependence),
        ]}
        load={rowsAtHand(rows)}
        question={`${series.name} ${importanceOrder} ${importanceText}`}
        rowKey={({ index }) => String(index)}
        onOpen={({ index }) => store.change({ feature: index, instance: null }, 'push')}
        openKey={feature === null ? null : String(feature)}
        maxRows={12}
      />
    </Panel>
  );
}

function columnsOf(
  signed: boolean,
  largest: number,
  multiclass: boolean,
  measured: boolean,
): readonly TableColumn<ImportanceRow>[] {
  // For or against a family is neither malicious nor benign.
  const meanings = multiclass ? (['all', 'plain'] as const) : (['malicious', 'benign'] as const);
  return [
    {
      key: 'rank',
      title: 'Rank',
      hint: 'by size',
      width: 48,
      align: 'end',
      priority: 2,
      cell: ({ rank }) => formatCount(rank),
    },
    { key: 'name', title: 'Feature', width: 120, grow: 3, cell: ({ name }) => <DataText text={name} max={60} /> },
    {
      key: 'bar',
      title: '',
      width: 90,
      grow: 2,
      priority: 1,
      cell: ({ value }) =>
        signed ? (
          <SignedBar value={value} largest={largest} meanings={meanings} />
        ) : (
          <IntervalBar value={largest === 0 ? 0 : Math.max(0, value / largest)} meaning="all" />
        ),
    },
    {
      key: 'value',
      title: signed ? 'Coefficient' : 'Importance',
      width: measured ? 150 : 96,
      align: 'end',
      cell: ({ value, deviation }) => (
        <>
          {signed && value !== 0 && (
            <span class={`sign ${value > 0 ? meanings[0] : meanings[1]}`} aria-hidden="true">
              {signShape(value, multiclass)}
            </span>
          )}{' '}
          {formatNumber(value, 4)}
          {deviation !== undefined && ` ± ${formatNumber(deviation, 2)}`}
        </>
      ),
    },
  ];
}

/** The mean of the model over the values of a feature, all on one scale. */
function dependenceColumn(dependence: ImportancePanelProps['dependence']): TableColumn<ImportanceRow>[] {
  if (dependence === null) return [];
  const averages = new Map(dependence.features.map(({ column, average }) => [column, average]));
  const all = dependence.features.flatMap(({ average }) => average);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return [
    {
      key: 'dependence',
      title: 'Effect',
      hint: 'what the model says on average, from the smallest value of the feature to the largest',
      width: 68,
      priority: 3,
      cell: ({ index }) => {
        const average = averages.get(index);
        return average && <DependenceLine average={average} low={low} high={high} />;
      },
    },
  ];
}

function signShape(value: number, multiclass: boolean): string {
  if (multiclass) return value > 0 ? '+' : '−';
  return value > 0 ? '▲' : '●';
}
