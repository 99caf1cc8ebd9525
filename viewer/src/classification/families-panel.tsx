import { useMemo, useRef } from 'preact/hooks';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { useFirstRows } from '../components/first-rows.js';
import { Panel } from '../components/panel.js';
import { Select } from '../components/select.js';
import { formatCount, formatPercent } from '../text/numbers.js';
import { nearestIndex } from '../components/nearest-index.js';
import { type FamilyRow, type FamilySort, familyRows, keyOf, sortFamilies } from './figures/family-rates.js';
import type { PageStore } from './page-store.js';
import type { PartData } from './part-data.js';
import { IntervalBar } from './interval-bar.js';
import type { Threshold } from './threshold-store.js';
import { useOnScreen } from './use-on-screen.js';

const sortTitles: Readonly<Record<FamilySort, string>> = {
  worst: 'most errors first',
  rate: 'lowest rate first',
  instances: 'largest first',
  family: 'by name',
};

/** So many at first: more are one button away. */
const shownAtFirst = 50;

export interface FamiliesPanelProps {
  readonly store: PageStore;
  readonly data: PartData;
  readonly threshold: Threshold;
  readonly span: 7 | 12;
}

/** Malicious families by detection rate, benign ones by false-positive rate; each leads to its instances. */
export function FamiliesPanel({ store, data, threshold, span }: FamiliesPanelProps) {
  const { familySort } = store.state.value;
  const { following, families } = data;
  // The order is that of the threshold at rest: rows that change places under the pointer cannot be read.
  const settled = threshold.settled.value;
  const order = useMemo(() => {
    const position = nearestIndex(threshold.table.thresholds, settled);
    return sortFamilies(familyRows(following, families, position), familySort).map(keyOf);
  }, [following, families, familySort, settled, threshold]);
  const first = useFirstRows(order, shownAtFirst);
  const place = useRef<HTMLDivElement>(null);
  const shownThreshold = useOnScreen(place) ? threshold.value.value : settled;
  const position = nearestIndex(threshold.table.thresholds, shownThreshold);
  const rows = new Map(familyRows(following, families, position).map((row) => [keyOf(row), row]));
  if (rows.size === 0) return null;
  const shown = first.shown.flatMap((key) => rows.get(key) ?? []);
  const still = [...rows.values()].filter(({ follows }) => !follows).length;
  return (
    <Panel
      title="Families"
      span={span}
      note={`malicious: detection rate; benign: false-positive rate; with 95 % intervals${
        still > 0 ? `. The ${formatCount(still)} smallest (*) do not follow the threshold: as decided` : ''
      }`}
      actions={
        <Select
          bare
          label="Order of the families"
          value={familySort}
          choices={Object.entries(sortTitles).map(([value, title]) => ({ value: value as FamilySort, title }))}
          onChange={(sort) => store.change({ familySort: sort })}
        />
      }
    >
      <div ref={place} class="families" role="region" aria-label="Families" tabIndex={0}>
        <table>
          <caption class="visually-hidden">Families and how they are called at the threshold</caption>
          <thead>
            <tr>
              <th scope="col">family</th>
              <th scope="col" class="wraps">
                called malicious
              </th>
              <th scope="col" class="end">
                rate
              </th>
              <th scope="col" class="end">
                instances
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Family key={keyOf(row)} row={row} store={store} />
            ))}
          </tbody>
        </table>
      </div>
      <div class="table-foot">
        <span>{order.length === 1 ? '1 family' : `${formatCount(order.length)} families`}</span>
        {first.showAll}
      </div>
    </Panel>
  );
}

function Family({ row, store }: { readonly row: FamilyRow; readonly store: PageStore }) {
  const { family, label, instances, calledMalicious, rate, follows } = row;
  return (
    <tr>
      <th scope="row">
        <LabelBadge label={label} short />{' '}
        <button type="button" class="link" onClick={() => store.showInstances({ family, label })}>
          <DataText text={family} max={28} />
        </button>
        {!follows && <span title="as decided: does not follow the threshold">*</span>}
      </th>
      <td class="bar-cell">
        <IntervalBar value={rate.value} low={rate.low} high={rate.high} meaning={label} />
      </td>
      <td class="end">{formatPercent(rate.value)}</td>
      <td class="end muted">
        {formatCount(calledMalicious)} / {formatCount(instances)}
      </td>
    </tr>
  );
}
