import { useState } from 'preact/hooks';
import type { PanelData } from '../../../src/schema/panels/registry.js';
import { drawDecay } from '../charts/decay-drawing.js';
import { ChartFrame } from '../components/chart-frame.js';
import { Panel } from '../components/panel.js';
import { Select } from '../components/select.js';
import { decayTable } from '../experiment/time-tables.js';
import { figureKind } from '../text/headline-names.js';
import { formatCount } from '../text/numbers.js';
import { formatSpan } from '../text/times.js';
import type { PageStore } from './page-store.js';
import { PartButton } from './part-button.js';
import { partTitle } from './parts.js';

type Decay = PanelData<'decay'>;

export interface DecayPanelProps {
  readonly store: PageStore;
  readonly decay: Decay;
}

/** How a figure changes with time, and the area under it. */
export function DecayPanel({ store, decay }: DecayPanelProps) {
  const { by, periods, areas } = decay;
  const [figure, setFigure] = useState(areas[0]?.name ?? 'f1');
  const { title, format } = figureKind(figure);
  const area = areas.find(({ name }) => name === figure)?.value ?? null;
  const undefinedIn = periods.filter((period) => valueOf(period, figure).value === null).length;
  const what =
    by === 'period'
      ? `the model was trained once; ${formatCount(periods.length)} spans of the test part`
      : 'each fold by a model of what came before it';
  return (
    <Panel
      title="Over time"
      note={`${what}, at the threshold of the run; ${
        area === null
          ? `no area under ${title}: undefined in ${formatCount(undefinedIn)} of ${formatCount(periods.length)}`
          : `area under ${title} (AUT) ${format(area)}`
      }`}
      actions={
        <Select
          bare
          label="Figure over time"
          value={figure}
          choices={areas.map(({ name }) => ({ value: name, title: figureKind(name).title }))}
          onChange={setFigure}
        />
      }
    >
      <ChartFrame
        summary={`${title} over time: ${periods.map((period) => format(valueOf(period, figure).value)).join(', ')}`}
        height={280}
        inputs={[decay, figure]}
        draw={(size) =>
          drawDecay({
            ...size,
            yLabel: title,
            area,
            points: periods.map((period) => ({
              ...valueOf(period, figure),
              from: period.from,
              until: period.until,
              text: tipOf(period, figure),
            })),
          })
        }
        table={() => decayTable(decay)}
        legend={
          <>
            <span>each step: a span of time, with its 95 % interval where there is a formula</span>
            {area !== null && <span>dashed: the mean height, AUT</span>}
            {by === 'fold' && (
              <span>
                {periods.map(
                  ({ part }) =>
                    part !== null && (
                      <>
                        <PartButton key={part} part={part} store={store} />{' '}
                      </>
                    ),
                )}
              </span>
            )}
          </>
        }
      />
    </Panel>
  );
}

function valueOf({ figures }: Decay['periods'][number], name: string) {
  const { value = null, low = null, high = null } = figures.find((figure) => figure.name === name) ?? {};
  return { value, low, high };
}

function tipOf(period: Decay['periods'][number], name: string): string {
  const { title, format } = figureKind(name);
  const { value, low, high } = valueOf(period, name);
  return [
    ...(period.part === null ? [] : [partTitle(period.part)]),
    formatSpan(period.from, period.until),
    `${title} ${format(value)}${low === null || high === null ? '' : ` [${format(low)}, ${format(high)}]`}`,
    `${formatCount(period.instances)} instances, ${formatCount(period.malicious)} malicious`,
  ].join('\n');
}
