import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PredictionRow, RowFilter, RowSortColumn } from '../../../src/schema/api/rows.js';
import type { PageStore } from '../classification/page-store.js';
import { LabelBadge } from '../components/badge.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { SearchField } from '../components/search-field.js';
import { type TableColumn, VirtualTable } from '../components/virtual-table.js';
import { formatCount } from '../text/numbers.js';
import { visibleText } from '../text/visible-text.js';

export interface GroupListProps {
  readonly store: PageStore;
  readonly title: string;
  readonly note: ComponentChildren;
  /** Who is listed, besides what is searched for. */
  readonly filter: RowFilter;
  /** What the rows are: `members`. */
  readonly what: string;
  readonly columns: readonly TableColumn<PredictionRow>[];
  /** Beside the search. */
  readonly controls?: ComponentChildren;
}

/** Every instance of a group, sorted and searched; one opens in the drawer. */
export function GroupList({ store, title, note, filter, what, columns, controls }: GroupListProps) {
  const { list, instance } = store.state.value;
  const query = {
    ...filter,
    ...(list.text !== '' && { text: list.text }),
    sort: list.sort,
    direction: list.direction,
  };
  const question = JSON.stringify(query);
  useEffect(() => {
    store.listed.value = query;
  }, [question]);
  const cap = useSignal<string | null>(null);
  const load = async (offset: number, limit: number) => {
    const page = await store.source.rows(store.id, { ...query, offset, limit });
    cap.value = page.cap
      ? `this file keeps ${formatCount(page.cap.kept)} of ${formatCount(page.cap.of)} instances: ${page.cap.why}`
      : null;
    return page;
  };
  return (
    <Panel title={title} flush note={note}>
      <div class="list-controls">
        {controls}
        <SearchField
          label={`Search the ${what}`}
          placeholder="ident or instance id"
          value={list.text}
          onChange={(text) => store.changeList({ text })}
        />
      </div>
      <VirtualTable<PredictionRow>
        label={what}
        columns={columns}
        load={load}
        question={question}
        rowKey={({ instanceId }) => instanceId}
        sort={{ key: list.sort, direction: list.direction }}
        onSort={({ key, direction }) => store.changeList({ sort: key as RowSortColumn, direction })}
        onOpen={({ instanceId }) => store.change({ instance: instanceId, feature: null }, 'push')}
        openKey={instance}
        maxRows={12}
        foot={cap.value === null ? undefined : <span>{cap.value}</span>}
      />
    </Panel>
  );
}

/** Who an instance is. */
export const identityColumns: readonly TableColumn<PredictionRow>[] = [
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
];
