import type { PredictionRow } from '../../../src/schema/api/rows.js';
import { parts } from '../../../src/schema/vocabulary.js';
import type { PageStore } from '../classification/page-store.js';
import { Select } from '../components/select.js';
import type { TableColumn } from '../components/virtual-table.js';
import { GroupList } from '../instance/group-list.js';
import { identityColumns } from '../instance/identity-columns.js';
import { formatNumber } from '../text/numbers.js';

export interface ProjectedListProps {
  readonly store: PageStore;
  /** As an address has it; null: every instance. */
  readonly area: string | null;
  readonly x: number;
  readonly y: number;
}

/** Every instance of what is chosen, or of all, with the coordinates that the picture shows. */
export function ProjectedList({ store, area, x, y }: ProjectedListProps) {
  const { label } = store.state.value.list;
  const coordinate = (component: number): TableColumn<PredictionRow> => ({
    key: `component ${component}`,
    title: `Component ${component}`,
    width: 100,
    align: 'end',
    priority: 1,
    cell: ({ coordinates }) => formatNumber(coordinates?.[component - 1]),
  });
  return (
    <GroupList
      store={store}
      title={area === null ? 'All instances' : 'Chosen instances'}
      note="with the labels as they were when this was computed"
      filter={{ part: parts.projection, ...(area !== null && { area }), ...(label !== null && { label }) }}
      what="instances"
      columns={[...identityColumns, coordinate(x), ...(y === x ? [] : [coordinate(y)])]}
      controls={
        <Select
          label="Label"
          value={label ?? 'any'}
          choices={[
            { value: 'any', title: 'any' },
            { value: 'malicious', title: 'malicious' },
            { value: 'benign', title: 'benign' },
            { value: 'none', title: 'none' },
          ]}
          onChange={(wanted) => store.changeList({ label: wanted === 'any' ? null : wanted })}
        />
      }
    />
  );
}
