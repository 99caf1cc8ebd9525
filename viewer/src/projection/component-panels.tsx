import { useState } from 'preact/hooks';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import { drawVariance } from '../charts/variance-drawing.js';
import { ChartFrame } from '../components/chart-frame.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { Select } from '../components/select.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatNumber, formatPercent } from '../text/numbers.js';

type Variance = PanelData<'component-variance'>;
type Features = PanelData<'component-features'>;
type Weight = Features['components'][number]['features'][number];

/** How much of what varies the components keep. */
export function VariancePanel({ variance }: { readonly variance: Variance }) {
  const { explained, cumulative, reconstructionError } = variance;
  const last = cumulative[cumulative.length - 1];
  return (
    <Panel title="Variance" span={7} note={`${formatPercent(last)} is kept by the ${explained.length} components`}>
      <ChartFrame
        summary={`Share of the variance by component: ${explained.slice(0, 5).map(formatPercent).join(', ')}; together ${formatPercent(last)}`}
        height={260}
        inputs={[variance]}
        draw={(size) => drawVariance({ ...size, explained, cumulative })}
        table={() => ({
          columns: ['component', 'variance', 'together', 'error of rebuilding'],
          rows: explained.map((share, c) => [
            String(c + 1),
            formatPercent(share),
            formatPercent(cumulative[c]),
            formatNumber(reconstructionError[c]),
          ]),
        })}
        legend="bars: each component; line: all up to it. The error is the mean squared one of the standardised cells"
      />
    </Panel>
  );
}

/** The features that weigh most in a component. */
export function FeaturesPanel({ features, wide }: { readonly features: Features; readonly wide: boolean }) {
  const [component, setComponent] = useState('1');
  const rows = features.components[Number(component) - 1]?.features ?? [];
  const most = rows.reduce((largest, { weight }) => Math.max(largest, Math.abs(weight)), 0) || 1;
  return (
    <Panel
      title="Made of"
      span={wide ? 12 : 5}
      actions={
        <Select
          bare
          label="Component"
          value={component}
          choices={features.components.map((_, c) => ({ value: String(c + 1), title: `component ${c + 1}` }))}
          onChange={setComponent}
        />
      }
    >
      <SimpleTable<Weight>
        caption={`Features that weigh most in component ${component}`}
        rows={rows}
        rowKey={({ feature }) => feature}
        columns={[
          {
            key: 'feature',
            title: 'Feature',
            heads: true,
            cell: ({ feature }) => <DataText text={feature} max={36} />,
          },
          {
            key: 'bar',
            title: '',
            cell: ({ weight }) => (
              <span class="weight-bar">
                <span class={weight < 0 ? 'minus' : 'plus'} style={{ width: `${(50 * Math.abs(weight)) / most}%` }} />
              </span>
            ),
          },
          { key: 'weight', title: 'Weight', align: 'end', cell: ({ weight }) => formatNumber(weight, 3) },
        ]}
      />
    </Panel>
  );
}
