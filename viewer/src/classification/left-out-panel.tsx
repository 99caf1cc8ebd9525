import { useState } from 'preact/hooks';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { useFirstRows } from '../components/first-rows.js';
import { Panel } from '../components/panel.js';
import { Select } from '../components/select.js';
import { formatCount, formatPercent } from '../text/numbers.js';
import { IntervalBar } from './interval-bar.js';

type LeftOut = PanelData<'left-out-families'>;
type Row = LeftOut['rows'][number];

const orders = { worst: 'worst found first', instances: 'largest first', family: 'by name' } as const;

/** So many at first: more are one button away. */
const shownAtFirst = 50;

/** Malicious families as a model finds them that has never seen them. */
export function LeftOutPanel({ panel: { recall, rows } }: { readonly panel: LeftOut }) {
  const [order, setOrder] = useState<keyof typeof orders>('worst');
  const sorted = [...rows].sort(comparisons[order]);
  const { shown, showAll } = useFirstRows(sorted, shownAtFirst);
  const hasKnown = rows.some(({ known }) => known.value !== null);
  const hasRate = rows.some(({ falsePositiveRate }) => falsePositiveRate.value !== null);
  return (
    <Panel
      title="Families left out of the training"
      note={`each line: a model trained without the family, as decided; all together ${formatPercent(recall.value)} detected, with 95 % intervals`}
      actions={
        <Select
          bare
          label="Order of the families left out"
          value={order}
          choices={Object.entries(orders).map(([value, title]) => ({ value: value as keyof typeof orders, title }))}
          onChange={setOrder}
        />
      }
    >
      <div class="families left-out" role="region" aria-label="Families left out of the training" tabIndex={0}>
        <table>
          <caption class="visually-hidden">
            Detection rate of each family by a model that was trained without it
          </caption>
          <thead>
            <tr>
              <th scope="col">family</th>
              <th scope="col" class="wraps">
                detected without it
              </th>
              <th scope="col" class="end">
                rate
              </th>
              <th scope="col" class="end">
                instances
              </th>
              {hasKnown && (
                <th scope="col" class="end" title="by the model that was trained on it, in the tested part">
                  when known
                </th>
              )}
              {hasRate && (
                <th scope="col" class="end" title="of the model without the family, on the benign of the test part">
                  false positives
                </th>
              )}
              <th scope="col" class="end">
                taken out
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.family}>
                <th scope="row">
                  <LabelBadge label="malicious" short /> <DataText text={row.family} max={28} />
                </th>
                <td class="bar-cell">
                  <IntervalBar {...row.recall} meaning="malicious" />
                </td>
                <td class="end">{formatPercent(row.recall.value)}</td>
                <td class="end muted">
                  {formatCount(row.calledMalicious)} / {formatCount(row.instances)}
                </td>
                {hasKnown && <td class="end">{formatPercent(row.known.value)}</td>}
                {hasRate && <td class="end">{formatPercent(row.falsePositiveRate.value)}</td>}
                <td class="end muted">{formatCount(row.removed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div class="table-foot">
        <span>{rows.length === 1 ? '1 family' : `${formatCount(rows.length)} families`}</span>
        {showAll}
      </div>
    </Panel>
  );
}

const byName = (a: Row, b: Row): number => (a.family < b.family ? -1 : 1);

const comparisons: Readonly<Record<keyof typeof orders, (a: Row, b: Row) => number>> = {
  worst: (a, b) => (a.recall.value ?? 1) - (b.recall.value ?? 1) || b.instances - a.instances || byName(a, b),
  instances: (a, b) => b.instances - a.instances || byName(a, b),
  family: byName,
};
