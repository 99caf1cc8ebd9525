import type { PanelData } from '../../../src/schema/panels/registry.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount, formatShare } from '../text/numbers.js';

type GridPoint = PanelData<'grid-search'>['points'][number];

/** What was tried in tuning and what it came to; the winner first. */
export function GridSearchPanel({ panel }: { readonly panel: PanelData<'grid-search'> }) {
  const { points, folds, objective } = panel;
  const varied = Object.keys(points[0]?.params ?? {}).filter(
    (name) => new Set(points.map(({ params }) => params[name])).size > 1,
  );
  const sorted = [...points].sort(
    (a, b) => Number(b.chosen) - Number(a.chosen) || (b.mean ?? -Infinity) - (a.mean ?? -Infinity),
  );
  return (
    <Panel
      title="Tuning"
      span={5}
      note={`${formatCount(points.length)} settings, each by ${objective} over ${folds} folds of the training rows: mean ± standard deviation over the folds (divided by their number)`}
    >
      <div class="grid-search">
        <SimpleTable<GridPoint>
          caption="Settings tried in tuning"
          rows={sorted}
          rowClass={({ chosen }) => (chosen ? 'chosen' : undefined)}
          columns={[
            { key: 'chosen', title: '', cell: ({ chosen }) => chosen && <span class="winner">✓ chosen</span> },
            ...varied.map((name) => ({
              key: name,
              title: name,
              heads: name === varied[0],
              cell: ({ params }: GridPoint) => String(params[name]),
            })),
            {
              key: 'mean',
              title: `${objective} ± std`,
              align: 'end' as const,
              cell: ({ mean, std }) => `${formatShare(mean)} ± ${formatShare(std)}`,
            },
            ...Array.from({ length: folds }, (_, fold) => ({
              key: `fold-${fold}`,
              title: `fold ${fold + 1}`,
              align: 'end' as const,
              cell: ({ folds: values }: GridPoint) => formatShare(values[fold]),
            })),
          ]}
        />
      </div>
    </Panel>
  );
}
