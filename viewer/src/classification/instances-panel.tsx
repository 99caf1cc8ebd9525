import type { RowFilter } from '../../../src/schema/api/rows.js';
import type { PredictionRow } from '../../../src/schema/api/rows.js';
import { parts } from '../../../src/schema/vocabulary.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { SearchField } from '../components/search-field.js';
import { Segments, Select } from '../components/select.js';
import { type TableColumn, VirtualTable } from '../components/virtual-table.js';
import { useSignal } from '@preact/signals';
import { formatCount, formatNumber } from '../text/numbers.js';
import { visibleText } from '../text/visible-text.js';
import { instancesId } from './instances-id.js';
import { everyInstance, type ListState, queryOf, type ShownOutcome } from './page-state.js';
import type { PageStore } from './page-store.js';
import { partTitle } from './parts.js';
import type { PartData } from './part-data.js';
import type { Threshold } from './threshold-store.js';

export interface InstancesPanelProps {
  readonly store: PageStore;
  readonly data: PartData;
  readonly threshold: Threshold | null;
  readonly multiclass: boolean;
}

const outcomeChoices: readonly { value: ShownOutcome; title: string }[] = [
  { value: 'all', title: 'All' },
  { value: 'alerts', title: 'Alerts' },
  { value: 'errors', title: 'Errors' },
  { value: 'false-positive', title: 'False alarms' },
  { value: 'false-negative', title: 'Missed' },
  { value: 'true-positive', title: 'Detected' },
  { value: 'true-negative', title: 'Rightly quiet' },
];

/** The instances that the page speaks of, filtered, sorted, and one click from their details. */
export function InstancesPanel({ store, data, threshold, multiclass }: InstancesPanelProps) {
  const { list, instance } = store.state.value;
  const settled = threshold?.settled.value ?? 0;
  const query = queryOf(list, data.part, settled);
  const labelled = data.indicators !== null || data.folds.length > 0;
  const cap = useSignal<string | null>(null);
  const load = async (offset: number, limit: number) => {
    const page = await store.source.rows(store.id, { ...query, offset, limit });
    cap.value = page.cap
      ? `of ${formatCount(page.cap.kept)} kept of ${formatCount(page.cap.of)}: ${page.cap.why}`
      : null;
    return page;
  };
  return (
    <Panel title="Instances" flush class="instances" note={<Conditions list={list} store={store} />}>
      <div id={instancesId} class="list-controls">
        <Segments
          label="Which instances"
          value={list.show}
          choices={outcomeChoices.filter(({ value }) => labelled || value === 'all' || value === 'alerts')}
          onChange={(show) => store.changeList({ show })}
        />
        <Select
          label="Label"
          value={list.label ?? 'any'}
          choices={[
            { value: 'any', title: 'any' },
            { value: 'malicious', title: 'malicious' },
            { value: 'benign', title: 'benign' },
            { value: 'none', title: 'none' },
          ]}
          onChange={(label) => store.changeList({ label: label === 'any' ? null : label })}
        />
        <FamilySelect store={store} data={data} />
        <SearchField
          label="Search the instances"
          placeholder="ident or instance id"
          value={list.text}
          onChange={(text) => store.changeList({ text })}
        />
      </div>
      <VirtualTable<PredictionRow>
        label="instances"
        columns={columnsOf(data, multiclass, settled)}
        load={load}
        question={JSON.stringify(query satisfies Partial<RowFilter>)}
        rowKey={({ row }) => String(row)}
        sort={{ key: list.sort, direction: list.direction }}
        onSort={({ key, direction }) => store.changeList({ sort: key as ListState['sort'], direction })}
        onOpen={(row) => store.change({ instance: row.instanceId, feature: null }, 'push')}
        openKey={instance === null ? null : undefined}
        maxRows={15}
        empty={<NoInstances store={store} />}
        foot={cap.value === null ? undefined : <span>{cap.value}</span>}
      />
    </Panel>
  );
}

function FamilySelect({ store, data }: { readonly store: PageStore; readonly data: PartData }) {
  const { family } = store.state.value.list;
  const known = data.families?.rows.map((row) => row.family) ?? data.following?.families.map((row) => row.family) ?? [];
  const names = [...new Set(family === null ? known : [family, ...known])].sort();
  if (names.length === 0) return null;
  return (
    <Select
      label="Family"
      value={family ?? ''}
      choices={[
        { value: '', title: 'any' },
        ...names.slice(0, 1000).map((name) => ({ value: name, title: visibleText(name).slice(0, 80) })),
      ]}
      onChange={(name) => store.changeList({ family: name === '' ? null : name })}
    />
  );
}

/** The conditions that no control shows, each with a button that drops it. */
function Conditions({ list, store }: { readonly list: ListState; readonly store: PageStore }) {
  const { minimum, maximum, includeMaximum, actual, predicted, mistaken } = list;
  const range = minimum !== null || maximum !== null;
  const all: (readonly [text: string, without: Partial<ListState>])[] = [];
  if (range) {
    all.push([
      `value from ${formatNumber(minimum)} to ${includeMaximum ? '' : 'below '}${formatNumber(maximum)}`,
      { minimum: null, maximum: null, includeMaximum: false },
    ]);
  }
  if (actual !== null) all.push([`is ${visibleText(actual)}`, { actual: null }]);
  if (predicted !== null) all.push([`predicted ${visibleText(predicted)}`, { predicted: null }]);
  if (mistaken !== null) all.push([mistaken ? 'wrong class' : 'right class', { mistaken: null }]);
  if (all.length === 0) return null;
  return (
    <span class="conditions">
      {all.map(([text, without]) => (
        <button
          key={text}
          type="button"
          class="small"
          onClick={() => store.changeList(without)}
          title="drop this condition"
        >
          {text} <span aria-hidden="true">✕</span>
          <span class="visually-hidden">: drop this condition</span>
        </button>
      ))}
    </span>
  );
}

function NoInstances({ store }: { readonly store: PageStore }) {
  const { sort, direction } = store.state.value.list;
  return (
    <Notice kind="empty" title="No instances fit">
      <button type="button" onClick={() => store.changeList({ ...everyInstance, sort, direction })}>
        Show all of this part
      </button>
    </Notice>
  );
}

function columnsOf(
  { part, table }: PartData,
  multiclass: boolean,
  threshold: number,
): readonly TableColumn<PredictionRow>[] {
  const scale = table?.scale ?? 'probability';
  const value = (row: PredictionRow): number | null => row[scale];
  const called = (row: PredictionRow): 'malicious' | 'benign' =>
    (value(row) ?? 0) > threshold ? 'malicious' : 'benign';
  return [
    {
      key: 'rank',
      title: 'Rank',
      width: 60,
      align: 'end',
      sorts: 'ascending',
      priority: 3,
      cell: ({ rank }) => formatCount(rank),
    },
    {
      key: 'ident',
      title: 'Ident',
      width: 130,
      grow: 3,
      sorts: 'ascending',
      cell: ({ ident, instanceId }) => (
        <span title={visibleText(instanceId)}>
          <DataText text={ident} max={90} />
        </span>
      ),
    },
    {
      key: 'label',
      title: 'Label',
      width: 96,
      sorts: 'descending',
      priority: 1,
      cell: ({ label }) => <LabelBadge label={label} />,
    },
    {
      key: 'family',
      title: 'Family',
      width: 100,
      grow: 1,
      sorts: 'ascending',
      priority: 2,
      cell: ({ family }) => family !== null && <DataText text={family} max={40} />,
    },
    {
      key: 'called',
      title: 'Called',
      hint: 'at the threshold of the page',
      width: 92,
      cell: (row) => {
        const verdict = called(row);
        const wrong = row.label !== null && row.label !== verdict;
        return (
          <span class={wrong ? 'verdict wrong' : 'verdict'}>
            {verdict}
            {wrong && (
              <span class="wrong-mark" title="not what its label says">
                {' '}
                <span aria-hidden="true">✕</span>
                <span class="visually-hidden">, wrong</span>
              </span>
            )}
          </span>
        );
      },
    },
    ...(multiclass
      ? [
          {
            key: 'predicted',
            title: 'Predicted',
            width: 100,
            grow: 1,
            sorts: 'ascending' as const,
            cell: ({ predicted }: PredictionRow) => predicted !== null && <DataText text={predicted} max={40} />,
          },
        ]
      : []),
    ...(part === parts.cv || part === parts.all ? [partColumn] : []),
    {
      key: scale,
      title: scale === 'probability' ? 'Probability' : 'Score',
      width: 90,
      align: 'end',
      sorts: 'descending',
      cell: (row) => formatNumber(value(row), 4),
    },
  ];
}

/** Where the list has rows of several parts: a rank is one within its part. */
const partColumn: TableColumn<PredictionRow> = {
  key: 'part',
  title: 'Part',
  width: 80,
  priority: 2,
  cell: ({ part }) => <DataText text={partTitle(part)} max={20} />,
};
