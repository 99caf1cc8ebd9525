import type { PanelData } from '../../../src/schema/panels/registry.js';
import { raceSeconds } from '../../../src/schema/vocabulary.js';
import type { PageStore } from './page-store.js';
import { Panel } from '../components/panel.js';
import { SimpleTable } from '../components/simple-table.js';
import { formatCount, formatSeconds, formatShare } from '../text/numbers.js';

type Runner = PanelData<'race'>['runners'][number];

/** The models that were raced: how each did and how far it came, the best first. */
export function RacePanel({ store, panel }: { readonly store: PageStore; readonly panel: PanelData<'race'> }) {
  // Only experiments are races, and every experiment has run.
  const durations = store.document.run?.durations ?? [];
  const { objective, timeLimit, runners } = panel;
  const sorted = [...runners].sort(
    (a, b) => Number(b.won) - Number(a.won) || (b.mean ?? -Infinity) - (a.mean ?? -Infinity),
  );
  const limit = timeLimit === null ? 'without a time limit' : `within ${formatCount(timeLimit)} s`;
  return (
    <Panel
      title="Race of the models"
      note={`${formatCount(runners.length)} models ${limit}, each by ${objective} over folds of the training rows: mean ± standard deviation over the folds. The winner alone was trained on all of them.`}
    >
      <div class="grid-search">
        <SimpleTable<Runner>
          caption="Models of the race"
          rows={sorted}
          rowClass={({ won }) => (won ? 'chosen' : undefined)}
          columns={[
            { key: 'model', title: 'Model', heads: true, cell: ({ model }) => model },
            {
              key: 'mean',
              title: `${objective} ± std`,
              align: 'end' as const,
              cell: ({ mean, std }) => (mean === null ? '–' : `${formatShare(mean)} ± ${formatShare(std)}`),
            },
            { key: 'standing', title: 'Standing', cell: standing },
            { key: 'tried', title: 'Settings', align: 'end' as const, cell: settings },
            { key: 'params', title: 'Best setting', cell: bestSetting },
            {
              key: 'time',
              title: 'Time',
              align: 'end' as const,
              cell: ({ model }) => formatSeconds(raceSeconds(durations, model)),
            },
          ]}
        />
      </div>
    </Panel>
  );
}

const unfinished = { stopped: 'stopped: the time was up', 'not-begun': 'not begun: the time was up' };

function standing({ standing: how, reason, won, even }: Runner) {
  if (how === 'left-out') return `left out: ${reason}`;
  if (how === 'stopped' || how === 'not-begun') return unfinished[how];
  if (won) return <span class="winner">✓ won</span>;
  return even ? 'even with the winner' : '';
}

function settings({ standing: how, tried, points }: Runner): string {
  if (tried === 0) return '';
  return how === 'defaults' ? `${formatCount(tried)} of ${formatCount(points)}: time was up` : formatCount(tried);
}

function bestSetting({ params }: Runner): string {
  return Object.entries(params ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}
