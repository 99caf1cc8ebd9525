import { Figure, Figures, interval } from '../components/figure.js';
import { formatPercent, formatShare } from '../text/numbers.js';
import { meanAndDeviation } from './figures/intervals.js';
import type { PartData } from './part-data.js';

const texts: Readonly<Record<string, readonly [title: string, meaning: string]>> = {
  rocAuc: ['ROC AUC', 'chance that a malicious instance scores above a benign one'],
  averagePrecision: ['Average precision', 'area under the precision-recall curve'],
  'recallAtFpr.0.01': ['Detection at FPR 1 %', 'detection rate when 1 % of the benign may raise an alert'],
  'recallAtFpr.0.001': ['Detection at FPR 0.1 %', 'detection rate when 1 in 1,000 of the benign may'],
};

/** What the model can do at all, whatever the threshold: figures of the whole ranking, from the document. */
export function RankingFigures({ data, names }: { readonly data: PartData; readonly names: readonly string[] }) {
  const shown = names.flatMap((name) => {
    const figure = data.indicators?.figures.find((one) => one.name === name);
    return figure ? [figure] : [];
  });
  return (
    <Figures label="Figures of the ranking, at any threshold">
      {shown.map(({ name, value, low, high }) => {
        const format = name.startsWith('recall') ? formatPercent : formatShare;
        return (
          <Figure
            key={name}
            name={<span title={texts[name][1]}>{texts[name][0]}</span>}
            value={format(value)}
            interval={deviation(data, name, format) ?? interval(low, high, format)}
          />
        );
      })}
    </Figures>
  );
}

/** How far the folds are from each other; null outside of cross-validation. */
function deviation({ folds }: PartData, name: string, format: (value: number) => string): string | null {
  const values = folds.map(({ indicators }) => indicators?.figures.find((one) => one.name === name)?.value ?? null);
  const { std } = meanAndDeviation(values);
  return std === null ? null : `± ${format(std)}`;
}
