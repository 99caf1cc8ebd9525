import type { PanelData } from '../../../src/schema/panels/registry.js';
import { drawDependence } from '../charts/dependence-drawing.js';
import { ChartFrame } from '../components/chart-frame.js';
import { Segments } from '../components/select.js';
import { formatCount, formatNumber } from '../text/numbers.js';
import type { PageStore } from './page-store.js';

type Dependence = PanelData<'partial-dependence'>;
type Varied = Dependence['features'][number];

export interface DependenceChartProps {
  readonly store: PageStore;
  readonly dependence: Dependence;
  readonly varied: Varied;
  readonly height: number;
}

/** What the model says as one feature changes: on average, and of single rows; under it where the values lie. */
export function DependenceChart({ store, dependence, varied, height }: DependenceChartProps) {
  const { grid, average, individual, groups, name } = varied;
  const { curves } = store.state.value;
  const isProbability = dependence.scale === 'probability';
  const what = isProbability ? 'probability of malicious' : 'score';
  return (
    <ChartFrame
      summary={`Partial dependence on ${name.slice(0, 80)}: ${dependenceText(varied)}`}
      height={height}
      inputs={[varied, curves]}
      draw={(size) =>
        drawDependence({
          ...size,
          grid,
          average,
          individual: curves === 'all' ? individual : [],
          groups,
          yLabel: what,
          yDomain: isProbability && curves === 'all' ? [0, 1] : undefined,
          tips: grid.map((value, k) => tipOf(value, k, varied)),
        })
      }
      actions={
        <Segments
          label="Curves"
          value={curves}
          choices={[
            { value: 'all', title: 'Mean and single rows' },
            { value: 'mean', title: 'Mean alone, closer' },
          ]}
          onChange={(to) => store.change({ curves: to })}
        />
      }
      table={() => ({
        columns: ['value', 'mean', ...groups.map((group) => `${group.name} nearby`)],
        rows: grid.map((value, k) => [
          formatNumber(value),
          formatNumber(average[k]),
          ...groups.map(({ counts }) => formatCount(counts[k])),
        ]),
      })}
      legend={
        <>
          <span>thick: mean over {formatCount(dependence.rows)} training rows</span>
          {curves === 'all' && <span>thin: {formatCount(individual.length)} of them by themselves</span>}
          {groups.map((group) => (
            <span key={group.name} class="legend-entry">
              <span class={`legend-bar ${group.name} ${group.name === 'benign' ? 'hatched' : ''}`} aria-hidden="true" />{' '}
              {group.name} rows by value
            </span>
          ))}
        </>
      }
    />
  );
}

/** From where to where the mean moves: `mean 0.12 (at 0) to 0.93 (at 4)`. */
export function dependenceText({ grid, average }: Pick<Varied, 'grid' | 'average'>): string {
  const low = average.indexOf(Math.min(...average));
  const high = average.indexOf(Math.max(...average));
  const at = (k: number): string => `${formatNumber(average[k], 3)} (at ${formatNumber(grid[k], 3)})`;
  return average[low] === average[high]
    ? `mean ${formatNumber(average[low], 3)} at every value`
    : `mean from ${at(low)} to ${at(high)}`;
}

function tipOf(value: number, k: number, { average, groups }: Varied): string {
  const counts = groups.map(({ name, counts: of }) => `${formatCount(of[k])} ${name} nearby`);
  return [`value ${formatNumber(value)}`, `mean ${formatNumber(average[k])}`, ...counts].join('\n');
}
