import type { PanelData } from '../../../src/schema/panels/registry.js';
import { DataText } from '../components/data-text.js';
import { Panel } from '../components/panel.js';
import { formatCount } from '../text/numbers.js';

type Alarm = PanelData<'feature-alarms'>['alarms'][number];

const titles: Record<Alarm['kind'], string> = {
  'separates-labels': 'Tells the labels by itself',
  'order-separates-labels': 'Order gives the labels away',
  sentinel: 'A value that may stand for “not known”',
  duplicate: 'The same as another',
  constant: 'Constant',
  'nearly-constant': 'Nearly constant',
};

/** So many of a kind at first; the others are one click away. */
const shownOfKind = 4;

export interface AlarmsPanelProps {
  readonly alarms: readonly Alarm[];
  readonly features: readonly string[];
  readonly onOpen: (feature: number) => void;
}

/** What to look at before training, by kind, the gravest first. */
export function AlarmsPanel({ alarms, features, onOpen }: AlarmsPanelProps) {
  const kinds = [...new Set(alarms.map(({ kind }) => kind))];
  return (
    <Panel title="To look at before training" note={alarms.length === 0 ? 'nothing stands out' : undefined}>
      <div class="alarms">
        {kinds.map((kind) => {
          const own = alarms.filter((alarm) => alarm.kind === kind);
          const line = (alarm: Alarm) => (
            <AlarmLine key={alarm.text} alarm={alarm} features={features} onOpen={onOpen} />
          );
          return (
            <section key={kind}>
              <h3>
                {titles[kind]} <span class="muted">{formatCount(own.length)}</span>
              </h3>
              <ul>{own.slice(0, shownOfKind).map(line)}</ul>
              {own.length > shownOfKind && (
                <details>
                  <summary>{formatCount(own.length - shownOfKind)} more</summary>
                  <ul>{own.slice(shownOfKind).map(line)}</ul>
                </details>
              )}
            </section>
          );
        })}
      </div>
    </Panel>
  );
}

function AlarmLine({ alarm, features, onOpen }: Omit<AlarmsPanelProps, 'alarms'> & { readonly alarm: Alarm }) {
  const index = alarm.feature === null ? -1 : features.indexOf(alarm.feature);
  return (
    <li>
      <DataText text={alarm.text} max={400} />{' '}
      {index >= 0 && (
        <button type="button" class="link" onClick={() => onOpen(index)}>
          look at it
        </button>
      )}
    </li>
  );
}
