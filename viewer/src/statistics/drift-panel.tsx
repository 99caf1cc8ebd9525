import { useState } from 'preact/hooks';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import { drawHistogram } from '../charts/histogram-drawing.js';
import { ChartFrame } from '../components/chart-frame.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { rowsAtHand } from '../components/row-pages.js';
import { VirtualTable } from '../components/virtual-table.js';
import { formatCount, formatNumber, formatShare } from '../text/numbers.js';
import { shortenMiddle, visibleText } from '../text/visible-text.js';

type Drift = PanelData<'feature-drift'>;
type Row = Drift['rows'][number];

/** How the features differ in another dataset, and one of them in a picture. */
export function DriftPanel({ data }: { readonly data: Drift }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const row = data.rows.find(({ feature }) => feature === chosen) ?? data.rows[0];
  const name = shortenMiddle(visibleText(data.dataset), 40);
  const lost = [
    ...(data.onlyHere.length > 0 ? [`${formatCount(data.onlyHere.length)} features are only here`] : []),
    ...(data.onlyThere.length > 0 ? [`${formatCount(data.onlyThere.length)} only there`] : []),
  ].join(', ');
  return (
    <Panel
      title={`Against ${name}`}
      flush
      note={`${formatCount(data.instances)} instances there; population stability index (PSI) above 0.25: a large change${lost === '' ? '' : `; ${lost}`}`}
    >
      <VirtualTable<Row>
        label="features in both"
        load={rowsAtHand(data.rows)}
        question=""
        rowKey={({ feature }) => feature}
        onOpen={({ feature }) => setChosen(feature)}
        openKey={row?.feature ?? null}
        maxRows={10}
        columns={[
          {
            key: 'feature',
            title: 'Feature',
            width: 130,
            grow: 2,
            cell: ({ feature }) => <DataText text={feature} max={60} />,
          },
          { key: 'psi', title: 'PSI', width: 70, align: 'end', cell: ({ psi }) => formatNumber(psi) },
          { key: 'ks', title: 'KS', width: 70, align: 'end', cell: ({ ks }) => formatShare(ks) },
          {
            key: 'js',
            title: 'Jensen-Shannon',
            hint: 'divergence of the histograms, in bits',
            width: 108,
            align: 'end',
            priority: 2,
            cell: ({ jensenShannon }) => formatShare(jensenShannon),
          },
          {
            key: 'here',
            title: 'Mean here',
            width: 84,
            align: 'end',
            priority: 1,
            cell: ({ means }) => formatNumber(means[0]),
          },
          {
            key: 'there',
            title: 'Mean there',
            width: 84,
            align: 'end',
            priority: 1,
            cell: ({ means }) => formatNumber(means[1]),
          },
        ]}
      />
      {row !== undefined && <DriftHistogram row={row} there={name} />}
    </Panel>
  );
}

function DriftHistogram({ row, there }: { readonly row: Row; readonly there: string }) {
  const shares = row.counts.map((counts) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => (total === 0 ? 0 : Math.round((count / total) * 100_000)));
  });
  const groups = [
    { name: 'here', counts: shares[0], color: 'var(--all)', hatched: false },
    { name: there, counts: shares[1], color: 'var(--uncertain)', hatched: true },
  ];
  return (
    <div class="panel-inset">
      <p class="chart-title">
        <DataText text={row.feature} max={60} />
      </p>
      <ChartFrame
        summary={`Histogram of ${row.feature.slice(0, 80)} here and there`}
        height={200}
        inputs={[row]}
        draw={(size) =>
          drawHistogram({
            ...size,
            edges: row.edges,
            groups,
            bars: 'log',
            xLabel: 'value',
            yLabel: 'instances in 100,000 (log scale)',
            even: true,
          })
        }
        table={() => ({
          columns: ['from', 'to', 'here', 'there'],
          rows: row.counts[0].map((count, bin) => [
            formatNumber(row.edges[bin]),
            formatNumber(row.edges[bin + 1]),
            formatCount(count),
            formatCount(row.counts[1][bin]),
          ]),
        })}
        legend={
          <>
            <span class="legend-entry">
              <span class="legend-bar all" aria-hidden="true" /> here
            </span>
            <span class="legend-entry">
              <span class="legend-bar uncertain hatched" aria-hidden="true" /> {there}
            </span>
          </>
        }
      />
    </div>
  );
}
