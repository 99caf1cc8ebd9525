import type { ComponentChildren } from 'preact';
import type { PredictionRow, RowFilter, RowSortColumn } from '../../../src/schema/api/rows.js';
import type { PageStore } from '../classification/page-store.js';
import { Panel } from '../components/panel.js';
import { SearchField } from '../components/search-field.js';
import { type TableColumn, VirtualTable } from '../components/virtual-table.js';
import { useListedRows } from './listed-rows.js';

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
  const { question, load, foot } = useListedRows(store, query, 'instances');
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
        foot={foot}
      />
    </Panel>
  );
}
