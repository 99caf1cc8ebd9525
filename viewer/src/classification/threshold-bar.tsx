import { useMemo } from 'preact/hooks';
import { nearestIndex } from '../components/nearest-index.js';
import { Slider, type SliderMark } from '../components/slider.js';
import { formatCount, formatNumber, formatPercent } from '../text/numbers.js';
import { alertsOf, positionForBudget, presetsOf, type ThresholdTable } from './figures/threshold-table.js';
import type { Threshold } from './threshold-store.js';

/** Why one would choose a preset. */
const hints: Readonly<Record<string, string>> = {
  decision: 'the threshold that the experiment decided with',
  'best-f1': 'the best balance of precision and detection rate',
  'fpr-0.01': 'the highest detection rate with a false-positive rate of at most 1 %: of the benign',
  'fdr-0.05': 'the highest detection rate with a false-discovery rate of at most 5 %: of the alerts',
};

/** The one threshold of the page: slider, field, presets, and a budget of alerts to derive it from. */
export function ThresholdBar({ threshold, instances }: { readonly threshold: Threshold; readonly instances: number }) {
  const { table } = threshold;
  const marks = useMemo(() => sliderMarks(table), [table]);
  return (
    <div class="threshold-bar" role="region" aria-label="Threshold">
      <Slider
        label="Threshold"
        values={table.thresholds}
        value={threshold.value.value}
        onChange={(value) => threshold.moveTo(nearestIndex(table.thresholds, value))}
        format={(value) => formatNumber(value, 5)}
        marks={marks}
      />
      <div class="threshold-side">
        <Budget threshold={threshold} />
        <AlertCount threshold={threshold} instances={instances} />
      </div>
    </div>
  );
}

function sliderMarks(table: ThresholdTable): SliderMark[] {
  return presetsOf(table).flatMap(({ name, title, position }) =>
    position === null ? [] : [{ value: table.thresholds[position], title, hint: hints[name] }],
  );
}

/** The lowest threshold that raises no more alerts than somebody can look at. */
function Budget({ threshold }: { readonly threshold: Threshold }) {
  const apply = (field: HTMLInputElement): void => {
    const alerts = Number(field.value);
    if (field.value.trim() === '' || !(alerts >= 0)) return;
    const position = positionForBudget(threshold.table, alerts);
    threshold.moveTo(position ?? threshold.table.thresholds.length - 1);
  };
  return (
    <label class="field budget" title="the lowest threshold of the table that raises no more alerts in this part">
      <span class="field-label">Alert budget</span>
      <input
        type="number"
        min={0}
        step={1}
        inputMode="numeric"
        placeholder="at most …"
        onChange={({ currentTarget }) => apply(currentTarget)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && apply(currentTarget)}
      />
    </label>
  );
}

function AlertCount({ threshold, instances }: { readonly threshold: Threshold; readonly instances: number }) {
  const alerts = alertsOf(threshold.counts.value);
  return (
    <p class="alert-count">
      <strong>{formatCount(alerts)}</strong> alerts
      <span class="muted">
        {' '}
        of {formatCount(instances)} ({formatPercent(instances === 0 ? null : alerts / instances)})
      </span>
    </p>
  );
}
