import type { PanelData } from '../../../src/schema/panels/registry.js';
import type { ChartTable } from '../components/chart-frame.js';
import { figureKind, partTitle } from '../text/headline-names.js';
import { formatCount } from '../text/numbers.js';
import { formatTime } from '../text/times.js';

/** Every figure of every period, the area under each last. */
export function decayTable({ periods, areas }: PanelData<'decay'>): ChartTable {
  const names = areas.map(({ name }) => name);
  return {
    columns: ['From', 'To', 'Instances', 'Malicious', ...names.map((name) => figureKind(name).title)],
    rows: [
      ...periods.map(({ from, until, instances, malicious, figures }) => [
        formatTime(from),
        formatTime(until),
        formatCount(instances),
        formatCount(malicious),
        ...names.map((name) => figureKind(name).format(figures.find((figure) => figure.name === name)?.value)),
      ]),
      ['Area (AUT)', '', '', '', ...areas.map(({ name, value }) => figureKind(name).format(value))],
    ],
  };
}

/** What each round trained and tested on, and what it left out. */
export function roundsTable({ rounds, skipped }: PanelData<'validation-rounds'>): ChartTable {
  return {
    columns: [
      'Part',
      'Trained on',
      'Malicious',
      'From',
      'To',
      'Tested on',
      'Malicious (test)',
      'From (test)',
      'To (test)',
      'In the gap',
      'Label unknown',
      'Known group',
      'Outside',
      'Without a time',
    ],
    rows: [
      ...rounds.map(({ part, train, test, leftOut }) => [
        partTitle(part),
        ...[train, test].flatMap(({ instances, malicious, from, until }) => [
          formatCount(instances),
          formatCount(malicious),
          formatTime(from),
          formatTime(until),
        ]),
        ...[leftOut.gap, leftOut.labelDelay, leftOut.group, leftOut.outside, leftOut.timeless].map(formatCount),
      ]),
      ...skipped.map(({ fold, why, from, until }) => [
        `fold ${fold}`,
        'skipped',
        '',
        '',
        '',
        why,
        '',
        formatTime(from),
        formatTime(until),
        '',
        '',
        '',
        '',
        '',
      ]),
    ],
  };
}
