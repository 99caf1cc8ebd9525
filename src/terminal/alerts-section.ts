import { counted, printable } from '../errors.js';
import type { PanelOf } from '../schema/result-document.js';
import { formatCount, formatFigure, undefinedFigure } from './number-format.js';
import { partName } from './part-name.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

/** How many alerts and groups a terminal shows; the document has more, alerts.csv all. */
const shownAlerts = 10;
const shownGroups = 10;

type Alerts = PanelOf<'alerts'>['data'];

/** The alerts of a part: what they are, the highest of them, and their groups. */
export function alertsSection({ part, data }: PanelOf<'alerts'>, style: Style): string {
  const { alerts, instances, malicious, benign, unlabeled } = data;
  const what = [
    [malicious, 'malicious'],
    [benign, benign === 1 ? 'false alarm' : 'false alarms'],
    [unlabeled, 'without a label'],
  ] as const;
  const known = what.filter(([count]) => count > 0).map(([count, word]) => `${formatCount(count)} ${word}`);
  const shares = known.length > 0 ? `: ${known.join(', ')}` : '';
  const heading = `Alerts of ${partName(part ?? '')}: ${formatCount(alerts)} of ${counted(instances, 'instance')}${shares}`;
  const tables = [
    data.top ? listed('the highest', data.top, style) : '',
    data.random ? listed('drawn by chance', data.random, style) : '',
    ...data.groupings.map((grouping) => grouped(grouping, style)),
  ];
  return [wrapText(heading, style.tableWidth), ...tables.filter((table) => table !== '')].join('\n');
}

function listed(which: string, alerts: NonNullable<Alerts['top']>, style: Style): string {
  if (alerts.length === 0) return '';
  const rows = alerts
    .slice(0, shownAlerts)
    .map(({ rank, ident, instanceId, value, label, family }) => [
      formatCount(rank),
      printable(ident === '' ? instanceId : ident, 40),
      formatFigure(value),
      label === null ? undefinedFigure : label === 'malicious' ? style.malicious(label) : style.benign(label),
      printable(family ?? '', 30),
    ]);
  const head = ['rank', which, 'value', 'label', 'family'];
  return formatTable(rows, { head, width: style.tableWidth, align: ['right', 'left', 'right', 'left', 'left'] });
}

function grouped({ how, groups, groupsInAll }: Alerts['groupings'][number], style: Style): string {
  const rows = groups.slice(0, shownGroups).map(({ name, alerts, malicious, benign, families, features }) => [
    printable(name, 30),
    formatCount(alerts),
    formatCount(malicious),
    formatCount(benign),
    families
      .slice(0, 2)
      .map(({ family, alerts: count }) => `${printable(family, 20)} ${formatCount(count)}`)
      .join(', '),
    features
      .slice(0, 2)
      .map(({ feature, difference }) => `${printable(feature, 24)} ${difference > 0 ? 'high' : 'low'}`)
      .join(', '),
  ]);
  if (rows.length === 0) return '';
  const head = ['group', 'alerts', 'malicious', 'benign', 'by their labels', 'unlike the others'];
  const more = groupsInAll > rows.length ? `, ${formatCount(groupsInAll - rows.length)} more in the result` : '';
  const table = formatTable(rows, {
    head,
    width: style.tableWidth,
    align: ['left', 'right', 'right', 'right', 'left', 'left'],
  });
  return `${wrapText(style.quiet(`by ${printable(how)}${more}`), style.tableWidth)}\n${table}`;
}
