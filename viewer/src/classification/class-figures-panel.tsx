import type { PanelData } from '../../../src/schema/panels/registry.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount, formatPercent, formatShare } from '../text/numbers.js';
import { type ClassRow, classRows } from './figures/class-rows.js';
import type { PageStore } from './page-store.js';

export interface ClassFiguresPanelProps {
  readonly store: PageStore;
  readonly confusion: PanelData<'confusion'>;
  readonly accuracy: number | null;
}

/** Multiclass: each class as the model finds it, right and wrong as bars that lead to the instances. */
export function ClassFiguresPanel({ store, confusion, accuracy }: ClassFiguresPanelProps) {
  const rows = classRows(confusion);
  const absent = confusion.classes.length - rows.length;
  const largest = Math.max(1, ...rows.map(({ instances }) => instances));
  return (
    <Panel
      title="Classes"
      note={`by the most probable class, whatever the threshold; accuracy ${formatPercent(accuracy)}${
        absent > 0 ? `; ${formatCount(absent)} more classes do not occur in this part` : ''
      }`}
    >
      <div class="class-figures">
        <SimpleTable<ClassRow>
          caption="Figures by class"
          rows={rows}
          rowKey={({ name }) => name}
          columns={[
            { key: 'name', title: 'class', heads: true, cell: ({ name }) => <DataText text={name} max={40} /> },
            {
              key: 'bars',
              title: <span title="length: the square root of the instances">right and wrong</span>,
              cell: (row) => <RightAndWrong row={row} largest={largest} store={store} />,
            },
            { key: 'instances', title: 'instances', align: 'end', cell: ({ instances }) => formatCount(instances) },
            { key: 'recall', title: 'detection rate', align: 'end', cell: ({ recall }) => formatPercent(recall) },
            { key: 'precision', title: 'precision', align: 'end', cell: ({ precision }) => formatPercent(precision) },
            { key: 'f1', title: 'F1', align: 'end', cell: ({ f1 }) => formatShare(f1) },
          ]}
        />
      </div>
    </Panel>
  );
}

function RightAndWrong({
  row,
  largest,
  store,
}: {
  readonly row: ClassRow;
  readonly largest: number;
  readonly store: PageStore;
}) {
  const { name, right, instances } = row;
  const wrong = instances - right;
  const bar = (count: number, mistaken: boolean, word: string) =>
    count > 0 && (
      <button
        type="button"
        class={`right-wrong ${word}`}
        style={{ flexGrow: count }}
        aria-label={`${formatCount(count)} ${word}: show them`}
        title={`${formatCount(count)} ${word}`}
        onClick={() => store.showInstances({ actual: name, mistaken })}
      >
        {count / largest > 0.08 ? formatCount(count) : ''}
      </button>
    );
  return (
    <span class="right-wrong-bars" style={{ width: `${Math.max(4, Math.sqrt(instances / largest) * 100)}%` }}>
      {bar(right, false, 'right')}
      {bar(wrong, true, 'wrong')}
    </span>
  );
}
