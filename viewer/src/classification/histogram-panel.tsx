import { useMemo } from 'preact/hooks';
import { drawHistogram, type HistogramGroup } from '../charts/histogram-drawing.js';
import { markLine } from '../charts/threshold-marks.js';
import { ChartFrame, type ChartTable } from '../components/chart-frame.js';
import { Panel } from '../components/panel.js';
import { Segments } from '../components/select.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import type { ListState } from './page-state.js';
import type { PageStore } from './page-store.js';
import type { PartData } from './part-data.js';
import type { Threshold } from './threshold-store.js';

export interface HistogramPanelProps {
  readonly store: PageStore;
  readonly data: PartData;
  readonly threshold: Threshold | null;
  readonly span: 7 | 12;
}

const groupStyles: Readonly<Record<string, { color: string; hatched: boolean }>> = {
  benign: { color: 'var(--benign)', hatched: true },
  malicious: { color: 'var(--malicious)', hatched: false },
  unlabeled: { color: 'var(--all)', hatched: false },
};

/** Benign below: the malicious ones, the fewer as a rule, stand on top where they are seen. */
const groupOrder = ['benign', 'malicious', 'unlabeled'];

/** Predictions by value and label, with the threshold as a line; a bar leads to its instances. */
export function HistogramPanel({ store, data, threshold, span }: HistogramPanelProps) {
  const { bars } = store.state.value;
  const { histogram } = data;
  const groups = useMemo(() => groupsOf(histogram), [histogram]);
  if (!histogram) return null;
  const { edges, scale } = histogram;
  const show = (bin: number, group: string | null): void => store.showInstances(binConditions(edges, bin, group));
  const at = threshold?.value.value;
  return (
    <Panel title="Predictions" span={span} note="by label; a bar leads to its instances">
      <ChartFrame
        summary={`Histogram of the ${scale === 'probability' ? 'probabilities' : 'scores'}: ${groups
          .map(({ name, counts }) => `${formatCount(counts.reduce((sum, count) => sum + count, 0))} ${name}`)
          .join(', ')}`}
        height={260}
        draw={(size) =>
          drawHistogram({
            ...size,
            edges,
            groups,
            bars,
            xLabel: scale === 'probability' ? 'probability of being malicious' : 'score',
            yLabel: bars === 'log' ? 'instances (log scale)' : 'instances',
            onBin: show,
          })
        }
        inputs={[histogram, groups, bars]}
        follow={(chart) => at !== undefined && markLine(chart, at)}
        following={[at]}
        table={() => tableOf(edges, groups, show)}
        legend={<Legend groups={groups} />}
        actions={
          <Segments
            label="Bars"
            value={bars}
            choices={[
              { value: 'stacked', title: 'Stacked' },
              { value: 'log', title: 'Side by side, log scale' },
            ]}
            onChange={(chosen) => store.change({ bars: chosen })}
          />
        }
      />
    </Panel>
  );
}

function groupsOf(histogram: PartData['histogram']): HistogramGroup[] {
  const order = (name: string): number => groupOrder.indexOf(name);
  return [...(histogram?.groups ?? [])]
    .sort((a, b) => order(a.name) - order(b.name))
    .map(({ name, counts }) => ({ name, counts, ...(groupStyles[name] ?? groupStyles.unlabeled) }));
}

/** The instances of a bar: bins are [edge, next edge), the last one closed. */
function binConditions(edges: readonly number[], bin: number, group: string | null): Partial<ListState> {
  const label = group === 'malicious' || group === 'benign' ? group : group === 'unlabeled' ? 'none' : null;
  return { minimum: edges[bin], maximum: edges[bin + 1], includeMaximum: bin === edges.length - 2, label };
}

function tableOf(
  edges: readonly number[],
  groups: readonly HistogramGroup[],
  show: (bin: number, group: string) => void,
): ChartTable {
  return {
    columns: ['from', 'to', ...groups.map(({ name }) => name)],
    rows: edges.slice(1).map((end, bin) => [
      formatNumber(edges[bin]),
      formatNumber(end),
      ...groups.map(({ name, counts }) =>
        counts[bin] === 0 ? (
          '0'
        ) : (
          <button type="button" class="link" onClick={() => show(bin, name)}>
            {formatCount(counts[bin])}
          </button>
        ),
      ),
    ]),
  };
}

function Legend({ groups }: { readonly groups: readonly HistogramGroup[] }) {
  return (
    <>
      {groups.map(({ name, hatched }) => (
        <span key={name} class="legend-entry">
          <span class={`legend-bar ${name} ${hatched ? 'hatched' : ''}`} aria-hidden="true" /> {name}
        </span>
      ))}
      <span class="legend-entry">
        <span class="legend-threshold" aria-hidden="true" /> threshold: right of it is called malicious
      </span>
    </>
  );
}
