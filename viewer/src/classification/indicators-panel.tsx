import { parts } from '../../../src/schema/vocabulary.js';
import { Figure, Figures, interval, type Meaning } from '../components/figure.js';
import { Panel } from '../components/panel.js';
import { formatCount, formatPercent, formatShare } from '../text/numbers.js';
import { figuresOverFolds } from './figures/cross-validation.js';
import { type DecisionFigureId, decisionFigures, decisionFigureTexts } from './figures/decision-figures.js';
import { alertsOf } from './figures/threshold-table.js';
import type { PartData } from './part-data.js';
import type { Threshold } from './threshold-store.js';

const meanings: Readonly<Partial<Record<DecisionFigureId, Meaning>>> = {
  recall: 'malicious',
  falsePositiveRate: 'uncertain',
  falseDiscoveryRate: 'uncertain',
};

/** The figures of a part at the threshold, and those that no threshold moves. */
export function IndicatorsPanel({ data, threshold }: { readonly data: PartData; readonly threshold: Threshold }) {
  const counts = threshold.counts.value;
  // An interval says how far new data may differ: nothing of rows that were learned from.
  const learned = data.part === parts.train;
  const folds = data.folds.flatMap(({ table }) => (table ? [table] : []));
  const means = new Map(figuresOverFolds(folds, threshold.value.value).map((mean) => [mean.id, mean]));
  return (
    <Panel
      title="At this threshold"
      note={
        folds.length > 0
          ? `mean ± standard deviation over ${folds.length === 1 ? 'one fold' : `${formatCount(folds.length)} folds`}; the counts are of all folds together`
          : `malicious if ${threshold.table.scale} > threshold; ${learned ? 'the model learned from these rows: believe another part' : 'in brackets: 95 % interval'}`
      }
      class="indicators"
    >
      <Figures label="Figures at the threshold">
        <Figure
          name="Alerts"
          value={formatCount(alertsOf(counts))}
          note={`${formatCount(counts.truePositives)} right, ${formatCount(counts.falsePositives)} false${
            counts.unlabeledAlerts > 0 ? `, ${formatCount(counts.unlabeledAlerts)} without label` : ''
          }`}
        />
        {decisionFigures(counts).map(({ id, value, low, high, of }) => {
          const { title, meaning } = decisionFigureTexts[id];
          const mean = means.get(id);
          const format = id === 'f1' ? formatShare : formatPercent;
          const share = of ? `${meaning}: ${formatCount(of.part)} of ${formatCount(of.whole)}` : meaning;
          const absent = mean !== undefined && mean.folds > 0 && mean.folds < folds.length;
          return (
            <Figure
              key={id}
              name={title}
              value={format(mean ? mean.mean : value)}
              interval={
                mean ? (mean.std === null ? null : `± ${format(mean.std)}`) : learned ? null : interval(low, high)
              }
              meaning={meanings[id]}
              note={
                absent
                  ? `${share}; mean of the ${formatCount(mean.folds)} of ${formatCount(folds.length)} folds that have it`
                  : share
              }
            />
          );
        })}
      </Figures>
    </Panel>
  );
}
