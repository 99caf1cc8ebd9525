import { Figure, Figures, interval, type Meaning } from '../components/figure.js';
import { Panel } from '../components/panel.js';
import { Select } from '../components/select.js';
import { formatCount, formatPercent, formatShare } from '../text/numbers.js';
import { outlookAt } from './figures/base-rate.js';
import { figuresOverFolds } from './figures/cross-validation.js';
import { type DecisionFigureId, decisionFigures, decisionFigureTexts } from './figures/decision-figures.js';
import { alertsOf } from './figures/threshold-table.js';
import type { PageStore } from './page-store.js';
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
  const folds = data.folds.flatMap(({ table }) => (table ? [table] : []));
  const means = new Map(figuresOverFolds(folds, threshold.value.value).map((mean) => [mean.id, mean]));
  return (
    <Panel
      title="At this threshold"
      note={
        folds.length > 0
          ? `mean ± standard deviation over ${folds.length} folds; the counts are of all folds together`
          : 'in brackets: 95 % interval'
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
          return (
            <Figure
              key={id}
              name={title}
              value={format(mean ? mean.mean : value)}
              interval={mean ? (mean.std === null ? null : `± ${format(mean.std)}`) : interval(low, high)}
              meaning={meanings[id]}
              note={of ? `${meaning}: ${formatCount(of.part)} of ${formatCount(of.whole)}` : meaning}
            />
          );
        })}
      </Figures>
    </Panel>
  );
}

/** Figures of the whole ranking, as the document has them. */
const rankingTexts: readonly (readonly [name: string, title: string, meaning: string])[] = [
  ['rocAuc', 'ROC AUC', 'chance that a malicious instance scores above a benign one'],
  ['averagePrecision', 'Average precision', 'area under the precision-recall curve'],
  ['recallAtFpr.0.01', 'Detection at FPR 1 %', 'detection rate when 1 % of benign may raise an alert'],
  ['recallAtFpr.0.001', 'Detection at FPR 0.1 %', 'detection rate when 1 in 1,000 benign may'],
];

/** What the model can do at all, whatever the threshold. */
export function RankingPanel({ data }: { readonly data: PartData }) {
  const { indicators } = data;
  if (!indicators) return null;
  const figures = new Map(indicators.figures.map((figure) => [figure.name, figure]));
  return (
    <Panel title="At any threshold" note="how well the scores rank" class="indicators">
      <Figures label="Figures of the ranking">
        {rankingTexts.map(([name, title, meaning]) => {
          const figure = figures.get(name);
          const format = name.startsWith('recall') ? formatPercent : formatShare;
          return (
            <Figure
              key={name}
              name={title}
              value={format(figure?.value)}
              interval={figure ? interval(figure.low, figure.high, format) : null}
              note={meaning}
            />
          );
        })}
      </Figures>
    </Panel>
  );
}

const baseRates = [10, 100, 1000, 10_000, 100_000];

/** The same alerts where malicious instances are rarer: the figure that a data set of half attacks hides. */
export function BaseRateNote({ store, threshold }: { readonly store: PageStore; readonly threshold: Threshold }) {
  const oneIn = store.state.value.oneIn ?? 1000;
  const { here, precision, precisionAtWorst } = outlookAt(threshold.counts.value, 1 / oneIn);
  if (here === null) return null;
  const choices = [...new Set([...baseRates, oneIn])]
    .sort((a, b) => a - b)
    .map((n) => ({ value: String(n), title: `1 in ${formatCount(n)}` }));
  return (
    <div class="base-rate" role="note">
      <span>{formatPercent(here)} of the labelled instances here are malicious. Where only</span>
      <Select
        bare
        label="Share of malicious to reckon with"
        value={String(oneIn)}
        choices={choices}
        onChange={(value) => store.change({ oneIn: Number(value) })}
      />
      <span>
        is, expect a precision of <strong>{formatPercent(precision)}</strong>
        {precisionAtWorst !== null && precision !== null && (
          <span class="muted">
            {' '}
            (at least {formatPercent(precisionAtWorst)}, by the interval of the false-positive rate)
          </span>
        )}
        : {alertsInWords(precision)}.
      </span>
    </div>
  );
}

function alertsInWords(precision: number | null): string {
  if (precision === null) return 'no alerts to speak of';
  if (precision >= 0.995) return 'hardly any false alert';
  const perTrue = (1 - precision) / precision;
  if (perTrue >= 1) return `about ${formatCount(Math.round(perTrue))} false for each true alert`;
  return `about 1 false alert in ${formatCount(Math.round(1 / (1 - precision)))}`;
}
