import type { PredictionRow } from '../../../src/schema/api/rows.js';
import { Notice } from '../components/notice.js';
import { Panel } from '../components/panel.js';
import { SearchField } from '../components/search-field.js';
import { Segments, Select } from '../components/select.js';
import { VirtualTable } from '../components/virtual-table.js';
import { useListedRows } from '../instance/listed-rows.js';
import { formatNumber } from '../text/numbers.js';
import { visibleText } from '../text/visible-text.js';
import { instanceColumns } from './instance-columns.js';
import { instancesId } from './instances-id.js';
import { everyInstance, type ListState, queryOf, type ShownOutcome } from './page-state.js';
import type { PageStore } from './page-store.js';
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
  const { list, instance, instancePart } = store.state.value;
  const settled = threshold?.settled.value ?? 0;
  const query = queryOf(list, data.part, settled);
  const labelled = data.indicators !== null || data.folds.length > 0;
  const { question, load, foot } = useListedRows(store, query, 'predictions');
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
        {data.rejection && (
          <Select
            label="Rejected"
            value={list.rejected ?? 'any'}
            choices={[
              { value: 'any', title: 'any' },
              { value: 'yes', title: 'rejected' },
              { value: 'no', title: 'kept' },
            ]}
            onChange={(rejected) => store.changeList({ rejected: rejected === 'any' ? null : rejected })}
          />
        )}
        <SearchField
          label="Search the instances"
          placeholder="ident or instance id"
          value={list.text}
          onChange={(text) => store.changeList({ text })}
        />
      </div>
      <VirtualTable<PredictionRow>
        label="instances"
        columns={instanceColumns(data, multiclass, settled)}
        load={load}
        question={question}
        rowKey={({ part, instanceId }) => `${part} ${instanceId}`}
        sort={{ key: list.sort, direction: list.direction }}
        onSort={({ key, direction }) => store.changeList({ sort: key as ListState['sort'], direction })}
        onOpen={(row) =>
          store.change(
            { instance: row.instanceId, instancePart: row.part === data.part ? null : row.part, feature: null },
            'push',
          )
        }
        openKey={instance === null ? null : `${instancePart ?? data.part} ${instance}`}
        maxRows={15}
        empty={<NoInstances store={store} />}
        foot={foot}
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
