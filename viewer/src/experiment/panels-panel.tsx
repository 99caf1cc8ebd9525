import { useSignal } from '@preact/signals';
import type { Panel as PanelEntry, ResultDocument } from '../../../src/schema/result-document.js';
import { useSource } from '../app/context.js';
import type { ChartTable } from '../components/chart-frame.js';
import { DataText } from '../components/data-text.js';
import { Dialog } from '../components/dialog.js';
import { LoadedView } from '../components/loading.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { useLoaded } from '../components/use-loaded.js';
import { partTitle } from '../text/headline-names.js';
import { formatBytes } from '../text/numbers.js';
import { panelTable } from './panel-tables.js';

interface PanelsPanelProps {
  readonly id: string;
  readonly document: ResultDocument;
}

/** Every piece of data that the document holds, each to be seen as a table. */
export function PanelsPanel({ id, document }: PanelsPanelProps) {
  const open = useSignal<PanelEntry | null>(null);
  return (
    <Panel title="Data behind the pages" span={4}>
      <SimpleTable<PanelEntry>
        caption="Data behind the pages"
        rows={document.panels}
        rowKey={(panel) => panel.id}
        columns={[
          {
            key: 'title',
            title: 'Data',
            heads: true,
            cell: (panel) => (
              <button type="button" class="link" onClick={() => (open.value = panel)}>
                <DataText text={panel.title} max={40} />
              </button>
            ),
          },
          {
            key: 'part',
            title: 'Part',
            cell: ({ part }) => (part === undefined ? '' : <DataText text={partTitle(part)} max={24} />),
          },
          {
            key: 'where',
            title: 'Kept in',
            align: 'end',
            cell: (panel) => ('file' in panel ? `a file, ${formatBytes(panel.file.bytes)}` : 'result.json'),
          },
        ]}
      />
      {open.value !== null && <PanelDialog id={id} panel={open.value} onClose={() => (open.value = null)} />}
    </Panel>
  );
}

function PanelDialog({ id, panel, onClose }: { id: string; panel: PanelEntry; onClose: () => void }) {
  const source = useSource();
  const loaded = useLoaded(
    async (): Promise<ChartTable> => panelTable(panel.kind, await source.panel(id, panel)),
    [panel.id],
  );
  const title = panel.part === undefined ? panel.title : `${panel.title}, ${partTitle(panel.part)}`;
  return (
    <Dialog title={<DataText text={title} />} onClose={onClose}>
      <LoadedView of={loaded} what="the data">
        {({ columns, rows, note }) => (
          <>
            {note !== undefined && <p class="panel-note">{note}</p>}
            <SimpleTable
              caption={panel.title}
              rows={rows}
              columns={columns.map((name, index) => ({
                key: name,
                title: name,
                align: index === 0 ? ('start' as const) : ('end' as const),
                cell: (row: ChartTable['rows'][number]) => row[index],
              }))}
            />
          </>
        )}
      </LoadedView>
    </Dialog>
  );
}
