import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount, formatPercent, formatShare } from '../text/numbers.js';
import { nearestIndex } from '../components/nearest-index.js';
import { type DecisionFigureId, decisionFigures, decisionFigureTexts } from './figures/decision-figures.js';
import { meanAndDeviation } from './figures/intervals.js';
import { countsAt } from './figures/threshold-table.js';
import type { PageStore } from './page-store.js';
import type { PartData } from './part-data.js';
import { partTitle } from './parts.js';
import type { Threshold } from './threshold-store.js';

interface FoldRow {
  readonly part: string | null;
  readonly title: string;
  readonly instances: number | null;
  readonly figures: ReadonlyMap<string, number | null>;
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
        rows={[...folds, summary('mean', 'mean'), summary('± standard deviation', 'std')]}
        rowClass={({ part }) => (part === null ? 'summary' : undefined)}
        columns={[
          {
            key: 'fold',
            title: 'fold',
            heads: true,
            cell: ({ part, title }) =>
              part === null ? (
                title
              ) : (
                <button type="button" class="link" onClick={() => store.change({ part }, 'push')}>
                  {title}
                </button>
              ),
          },
          { key: 'instances', title: 'instances', align: 'end', cell: (row) => formatCount(row.instances) },
          { key: 'rocAuc', title: 'ROC AUC', align: 'end', cell: ({ figures }) => formatShare(figures.get('rocAuc')) },
          {
            key: 'averagePrecision',
            title: 'average precision',
            align: 'end',
            cell: ({ figures }) => formatShare(figures.get('averagePrecision')),
          },
          ...columns.map((id) => ({
            key: id,
            title: id === 'f1' ? 'F1' : decisionFigureTexts[id].title.toLowerCase(),
            align: 'end' as const,
            cell: ({ figures }: FoldRow) => (id === 'f1' ? formatShare : formatPercent)(figures.get(id)),
          })),
        ]}
      />
    </Panel>
  );
}

function rowOf({ part, indicators, table }: PartData, threshold: number): FoldRow {
  const figures = new Map<string, number | null>((indicators?.figures ?? []).map(({ name, value }) => [name, value]));
  if (table) {
    const counts = countsAt(table, nearestIndex(table.thresholds, threshold));
    for (const { id, value } of decisionFigures(counts)) figures.set(id, value);
  }
  return { part, title: partTitle(part), instances: indicators?.instances ?? null, figures };
}
