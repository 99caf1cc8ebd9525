import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount, formatPercent, formatShare } from '../text/numbers.js';
import { nearestIndex } from '../components/nearest-index.js';
import { type DecisionFigureId, decisionFigures, decisionFigureTexts } from './figures/decision-figures.js';
import { meanAndDeviation } from './figures/intervals.js';
import { countsAt } from './figures/threshold-table.js';
import type { PageStore } from './page-store.js';
import { PartButton } from './part-button.js';
import type { PartData } from './part-data.js';
import { partTitle } from './parts.js';
import type { Threshold } from './threshold-store.js';

interface FoldRow {
  readonly part: string | null;
  readonly title: string;
  readonly instances: number | null;
  readonly figures: ReadonlyMap<string, number | null>;
  /** In place of the figures. */
  readonly texts?: ReadonlyMap<string, string>;
}

const columns: readonly DecisionFigureId[] = ['recall', 'precision', 'falsePositiveRate', 'falseDiscoveryRate', 'f1'];

export interface FoldsPanelProps {
  readonly store: PageStore;
  readonly data: PartData;
  readonly threshold: Threshold;
}

/** Each fold at the threshold, and how far they are from each other. */
export function FoldsPanel({ store, data, threshold }: FoldsPanelProps) {
  const value = threshold.value.value;
  const folds = data.folds.map((fold) => rowOf(fold, value));
  const names = ['rocAuc', 'averagePrecision', ...columns];
  const statistics = new Map(
    names.map((name) => [name, meanAndDeviation(folds.map(({ figures }) => figures.get(name) ?? null))]),
  );
  const summary = (title: string, of: 'mean' | 'std'): FoldRow => ({
    part: null,
    title,
    instances: null,
    figures: new Map(names.map((name) => [name, statistics.get(name)?.[of] ?? null])),
  });
  return (
    <Panel title="Folds" note="each judged by a model that was not trained on it, at this threshold">
      <SimpleTable<FoldRow>
        caption="Figures by fold"
        rows={[
          ...folds,
          summary('mean', 'mean'),
          summary('± standard deviation', 'std'),
          ...intervalRow(data, value),
          ...definedRow(folds, names),
        ]}
        rowClass={({ part }) => (part === null ? 'summary' : undefined)}
        columns={[
          {
            key: 'fold',
            title: 'fold',
            heads: true,
            cell: ({ part, title }) => (part === null ? title : <PartButton part={part} store={store} />),
          },
          { key: 'instances', title: 'instances', align: 'end', cell: (row) => formatCount(row.instances) },
          { key: 'rocAuc', title: 'ROC AUC', align: 'end', cell: (row) => cellOf(row, 'rocAuc') },
          {
            key: 'averagePrecision',
            title: 'average precision',
            align: 'end',
            cell: (row) => cellOf(row, 'averagePrecision'),
          },
          ...columns.map((id) => ({
            key: id,
            title: id === 'f1' ? 'F1' : decisionFigureTexts[id].title.toLowerCase(),
            align: 'end' as const,
            cell: (row: FoldRow) => cellOf(row, id),
          })),
        ]}
      />
    </Panel>
  );
}

const shares: ReadonlySet<string> = new Set(['rocAuc', 'averagePrecision', 'f1']);

const formatOf = (name: string) => (shares.has(name) ? formatShare : formatPercent);

function cellOf({ figures, texts }: FoldRow, name: string): string {
  return texts ? (texts.get(name) ?? '–') : formatOf(name)(figures.get(name));
}

/** The intervals of the document: those of decisions hold at the threshold of the run only. */
function intervalRow({ indicators }: PartData, threshold: number): FoldRow[] {
  if (!indicators) return [];
  const texts = new Map<string, string>();
  for (const { name, low, high } of indicators.figures) {
    const holds = threshold === indicators.threshold || name === 'rocAuc' || name === 'averagePrecision';
    if (low === null || high === null || !holds) continue;
    texts.set(name, `${formatOf(name)(low)} – ${formatOf(name)(high)}`);
  }
  if (texts.size === 0) return [];
  return [{ part: null, title: '95 % interval of the mean', instances: null, figures: new Map(), texts }];
}

/** In how many folds each figure is defined, where that is not all of them. */
function definedRow(folds: readonly FoldRow[], names: readonly string[]): FoldRow[] {
  const counts = names.map((name): [string, number] => [
    name,
    folds.filter(({ figures }) => (figures.get(name) ?? null) !== null).length,
  ]);
  if (counts.every(([, count]) => count === folds.length)) return [];
  const texts = new Map(counts.map(([name, count]) => [name, `${count} of ${folds.length}`]));
  return [{ part: null, title: 'folds with the figure', instances: null, figures: new Map(), texts }];
}

function rowOf({ part, indicators, table }: PartData, threshold: number): FoldRow {
  const figures = new Map<string, number | null>((indicators?.figures ?? []).map(({ name, value }) => [name, value]));
  if (table) {
    const counts = countsAt(table, nearestIndex(table.thresholds, threshold));
    for (const { id, value } of decisionFigures(counts)) figures.set(id, value);
  }
  return { part, title: partTitle(part), instances: indicators?.instances ?? null, figures };
}
