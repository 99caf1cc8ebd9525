import { Select } from '../components/select.js';
import { formatCount, formatPercent } from '../text/numbers.js';
import { outlookAt } from './figures/base-rate.js';
import type { PageStore } from './page-store.js';
import type { Threshold } from './threshold-store.js';

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
