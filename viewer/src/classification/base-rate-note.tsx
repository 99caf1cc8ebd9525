import type { ComponentChildren } from 'preact';
import { Select } from '../components/select.js';
import { formatCount, formatPercent } from '../text/numbers.js';
import { outlookAt } from './figures/base-rate.js';
import type { Counts } from './figures/threshold-table.js';
import type { PageStore } from './page-store.js';
import type { Threshold } from './threshold-store.js';

const baseRates = [10, 100, 1000, 10_000, 100_000];

/** The same alerts where malicious instances are rarer: the figure that a data set of half attacks hides. */
export function BaseRateNote({ store, threshold }: { readonly store: PageStore; readonly threshold: Threshold }) {
  const oneIn = store.state.value.oneIn ?? 1000;
  const { here, precision, precisionAtWorst } = outlookAt(threshold.counts.value, 1 / oneIn);
  // Instances of one label tell nothing of a mixture with the other.
  if (here === null || here === 0 || here === 1) return null;
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
      <span>is, {outlookInWords(threshold.counts.value, precision, precisionAtWorst)}</span>
    </div>
  );
}

function outlookInWords(
  { falsePositives, trueNegatives }: Counts,
  precision: number | null,
  atWorst: number | null,
): ComponentChildren {
  if (precision === null) return 'there would be no alert to speak of.';
  if (falsePositives === 0) {
    return (
      <>
        that none of {formatCount(trueNegatives)} benign here is called malicious leaves any precision from{' '}
        <strong>{formatPercent(atWorst)}</strong> up possible.
      </>
    );
  }
  return (
    <>
      expect a precision of <strong>{formatPercent(precision)}</strong>{' '}
      <span class="muted">(at least {formatPercent(atWorst)}, by the interval of the false-positive rate)</span>:{' '}
      {alertsInWords(precision)}.
    </>
  );
}

function alertsInWords(precision: number): string {
  if (precision === 0) return 'no alert would be a true one';
  const perTrue = (1 - precision) / precision;
  if (perTrue >= 1) return `about ${formatCount(Math.round(perTrue))} false for each true alert`;
  return `about 1 false in ${formatCount(Math.round(1 / (1 - precision)))} alerts`;
}
