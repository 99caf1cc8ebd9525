import { counted } from '../errors.js';
import type { PanelData } from '../schema/panels/registry.js';
import type { RunRecord } from '../schema/result-document.js';
import { raceSeconds } from '../schema/vocabulary.js';
import { formatSeconds, formatShare } from './number-format.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

type Runner = PanelData<'race'>['runners'][number];

/**
 * The models that were raced, the best first.
 * @param durations of the stages of the run: of them come the seconds, of all its races together
 */
export function raceSection(
  { objective, timeLimit, runners }: PanelData<'race'>,
  durations: RunRecord['durations'],
  style: Style,
): string {
  const best = [...runners].sort(
    (a, b) => Number(b.won) - Number(a.won) || (b.mean ?? -Infinity) - (a.mean ?? -Infinity),
  );
  const rows = best.map((runner) => [
    runner.won ? style.title(runner.model) : runner.model,
    runner.mean === null ? '–' : `${formatShare(runner.mean)} ± ${formatShare(runner.std)}`,
    formatted(raceSeconds(durations, runner.model)),
    standing(runner),
    bestSetting(runner),
  ]);
  const limit = timeLimit === null ? '' : `, within ${counted(timeLimit, 'second')}`;
  const heading = `Race of ${counted(runners.length, 'model')}${limit}: mean and standard deviation of ${objective} over folds of the training part`;
  const table = formatTable(rows, {
    head: ['', objective, 'time', '', 'best setting'],
    align: ['left', 'right', 'right', 'left', 'left'],
    width: style.tableWidth,
  });
  return `${wrapText(heading, style.tableWidth)}\n${table}`;
}

const formatted = (seconds: number | null): string => (seconds === null ? '–' : formatSeconds(seconds));

function bestSetting({ params }: Runner): string {
  return Object.entries(params ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

function standing({ standing: how, reason, tried, points, won, even }: Runner): string {
  switch (how) {
    case 'left-out':
      return `left out: ${reason}`;
    case 'not-begun':
      return 'not begun: the time was up';
    case 'stopped':
      return 'stopped: the time was up';
    case 'defaults':
    case 'judged': {
      const settings =
        how === 'defaults' ? `defaults only, of ${counted(points, 'setting')}` : counted(tried, 'setting');
      return `${won ? 'won, ' : even ? 'even with it, ' : ''}${settings}`;
    }
  }
}
