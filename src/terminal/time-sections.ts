import { counted } from '../errors.js';
import type { PanelData } from '../schema/panels/registry.js';
import { formatCount, formatPercent, formatShare, undefinedFigure } from './number-format.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

type RoundSide = PanelData<'validation-rounds'>['rounds'][number]['train'];

/** What was trained and tested on, with times: a sentence for one round, a table for several. */
export function roundsSection({ rounds, skipped }: PanelData<'validation-rounds'>, style: Style): string {
  if (rounds.length === 1 && skipped.length === 0) {
    const [{ train, test }] = rounds;
    const text = `Trained on ${sideText(train)}; tested on ${sideText(test)}`;
    return wrapText(text, style.tableWidth, '  ');
  }
  const rows = rounds.map(({ part, train, test }) => [
    part,
    formatCount(train.instances),
    spanText(train.from, train.until),
    formatCount(test.instances),
    formatCount(test.malicious),
    spanText(test.from, test.until),
  ]);
  const head = ['', 'trained on', 'of', 'tested on', 'malicious', 'of'];
  const align = ['left', 'right', 'left', 'right', 'right', 'left'] as const;
  const heading = rounds.some(({ train }) => train.from !== null)
    ? 'What each fold was trained and tested on, in time'
    : 'What each fold was trained and tested on';
  return `${wrapText(heading, style.tableWidth)}\n${formatTable(rows, { head, align, width: style.tableWidth })}`;
}

const barWidth = 16;

/** The figures period by period, F1 as a bar, and the areas under them. */
export function decaySection({ by, periods, areas }: PanelData<'decay'>, style: Style): string {
  const value = (period: (typeof periods)[number], name: string): number | null =>
    period.figures.find((figure) => figure.name === name)?.value ?? null;
  const area = (name: string): number | null => areas.find((one) => one.name === name)?.value ?? null;
  const rows = periods.map((period) => {
    const f1 = value(period, 'f1');
    return [
      ...(by === 'fold' ? [period.part ?? 'skipped'] : []),
      spanText(period.from, period.until),
      formatCount(period.instances),
      formatCount(period.malicious),
      formatShare(value(period, 'rocAuc')),
      formatPercent(value(period, 'recall')),
      formatPercent(value(period, 'falsePositiveRate')),
      formatShare(f1),
      f1 === null ? '' : style.all('█'.repeat(Math.max(1, Math.round(f1 * barWidth)))),
    ];
  });
  const lead = by === 'fold' ? ['', 'from, to'] : ['from, to'];
  const last = [
    style.title('AUT'),
    ...new Array<string>(lead.length + 1).fill(''),
    formatShare(area('rocAuc')),
    formatPercent(area('recall')),
    formatPercent(area('falsePositiveRate')),
    formatShare(area('f1')),
    '',
  ];
  const head = [...lead, 'instances', 'malicious', 'ROC AUC', 'detected', 'false positives', 'F1', ''];
  const align = [...lead.map(() => 'left' as const), ...new Array<'right'>(6).fill('right'), 'left' as const];
  const heading =
    by === 'period'
      ? 'Over time, the model trained once; AUT is the area under each figure'
      : 'Over time, fold by fold; AUT is the area under each figure';
  return `${wrapText(heading, style.tableWidth)}\n${formatTable([...rows, last], { head, align, width: style.tableWidth })}`;
}

function sideText({ instances, malicious, from, until }: RoundSide): string {
  const span = from === null ? '' : `, from ${spanText(from, until).replace(' – ', ' to ')}`;
  return `${counted(instances, 'instance')} (${formatCount(malicious)} malicious)${span}`;
}

/** Days where they tell the ends apart, else minutes; UTC. */
function spanText(from: number | null, until: number | null): string {
  if (from === null || until === null) return undefinedFigure;
  const [a, b] = [from, until].map((time) => new Date(time).toISOString());
  const length = a.slice(0, 10) === b.slice(0, 10) ? 16 : 10;
  return `${a.slice(0, length).replace('T', ' ')} – ${b.slice(0, length).replace('T', ' ')}`;
}
