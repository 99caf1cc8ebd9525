import { printable } from '../errors.js';
import type { ComparisonDocument, ComparisonPair, VerdictChange } from '../schema/comparison.js';
import { formatCount, formatPercent, formatShare, undefinedFigure } from './number-format.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

const shownFamilies = 8;

type Figure = ComparisonPair['figures'][number];

/** How each figure is called and shown; `better`: where more of it is better, or less. */
const figureRows: Record<Figure['name'], { title: string; format: 'share' | 'percent'; better: 1 | -1 }> = {
  rocAuc: { title: 'ROC AUC', format: 'share', better: 1 },
  averagePrecision: { title: 'average precision', format: 'share', better: 1 },
  f1: { title: 'F1', format: 'share', better: 1 },
  accuracy: { title: 'accuracy', format: 'percent', better: 1 },
  precision: { title: 'precision', format: 'percent', better: 1 },
  recall: { title: 'detection rate', format: 'percent', better: 1 },
  falsePositiveRate: { title: 'false positive rate', format: 'percent', better: -1 },
  falseDiscoveryRate: { title: 'false discovery rate', format: 'percent', better: -1 },
  'recallAtFpr.0.01': { title: 'detection at 1 % FPR', format: 'percent', better: 1 },
  'recallAtFpr.0.001': { title: 'detection at 0.1 % FPR', format: 'percent', better: 1 },
};

/** A comparison for people: each other experiment against the first, one below the other. */
export function comparisonReport(document: ComparisonDocument, style: Style): string {
  return document.pairs.map((pair) => pairReport(document, pair, style)).join('\n');
}

function pairReport(document: ComparisonDocument, pair: ComparisonPair, style: Style): string {
  const sections = [
    title(document, pair, style),
    notes(pair, style),
    settings(pair, style),
    figures(document, pair, style),
    correctness(pair, style),
    verdicts(pair, style),
    families(pair, style),
    changes(pair, style),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function title({ baseline }: ComparisonDocument, { other, rows }: ComparisonPair, style: Style): string {
  const line = (mark: string, experiment: ComparisonDocument['baseline']): string[] => [
    style.title(mark),
    printable(experiment.id, 40),
    experiment.name === null ? '' : printable(experiment.name, 24),
    printable(experiment.model ?? '', 24),
    `${printable(experiment.part, 30)}, ${formatCount(experiment.instances)} instances`,
  ];
  const table = formatTable([line('A', baseline), line('B', other)], {
    align: ['left', 'left', 'left', 'left', 'left'],
    indent: 0,
  });
  const where = `${printable(baseline.project, 40)}/${printable(baseline.dataset, 40)}`;
  const judged = `${formatCount(rows.malicious)} malicious, ${formatCount(rows.benign)} benign`;
  const unlabelled = rows.common - rows.judged;
  const without = unlabelled > 0 ? `, ${formatCount(unlabelled)} without a label` : '';
  return `${table}\n${style.title(`${formatCount(rows.common)} instances in common`)} of ${where}: ${judged}${without}`;
}

function notes({ notes: all }: ComparisonPair, style: Style): string {
  return all
    .map((note) => wrapText(`${style.uncertain('note:')} ${printable(note, 1000)}`, style.width, '      '))
    .join('\n');
}

function settings({ settings: differing }: ComparisonPair, style: Style): string {
  if (differing.length === 0) return 'No setting differs.';
  const width = Math.max(16, Math.floor((style.width - 26) / 2));
  const cell = (text: string | null): string =>
    text === null ? undefinedFigure : wrapText(printable(text, 300), Math.max(24, width));
  const rows = differing.map(({ name, baseline, other }) => [printable(name, 60), cell(baseline), cell(other)]);
  return `Settings that differ\n${formatTable(rows, { head: ['', style.title('A'), style.title('B')], align: ['left', 'left', 'left'] })}`;
}

function figures(document: ComparisonDocument, { figures: all }: ComparisonPair, style: Style): string {
  const shown = all.filter(({ baseline, other }) => baseline !== null || other !== null);
  if (shown.length === 0) return '';
  const rows = shown.map((figure) => {
    const { title: text, format } = figureRows[figure.name];
    const show = format === 'share' ? formatShare : formatPercent;
    return [text, show(figure.baseline), show(figure.other), difference(figure, style), interval(figure, style)];
  });
  const head = ['', 'A', 'B', 'B - A'].map((word) => style.title(word));
  const level = Math.round(document.level * 100);
  const note = `[${level} % interval of the difference]; pp: percentage points; ▲ B is better, ▼ worse than chance explains`;
  const table = formatTable(rows, { head: [...head, ''], align: ['left', 'right', 'right', 'right', 'left'] });
  return `${table}\n  ${style.quiet(wrapText(note, style.width - 2, '  '))}`;
}

/** `+0.0123`, `-1.2 pp`; coloured where the interval leaves out 0. */
function difference({ name, difference: value, low, high }: Figure, style: Style): string {
  if (value === null) return undefinedFigure;
  const { format, better } = figureRows[name];
  const text = signed(value, format);
  if (low === null || high === null || (low <= 0 && high >= 0)) return `${text}  `;
  return value * better > 0 ? style.benign(`${text} ▲`) : style.malicious(`${text} ▼`);
}

function interval({ name, low, high }: Figure, style: Style): string {
  if (low === null || high === null) return '';
  const { format } = figureRows[name];
  return style.quiet(`[${signed(low, format)}, ${signed(high, format)}]`);
}

function signed(value: number, format: 'share' | 'percent'): string {
  if (value === 0) return '0';
  const text = format === 'share' ? Math.abs(value).toFixed(4) : (Math.abs(value) * 100).toFixed(1);
  return `${value > 0 ? '+' : '-'}${text}${format === 'share' ? '' : ' pp'}`;
}

function correctness({ mcnemar: test }: ComparisonPair, style: Style): string {
  if (!test) return '';
  const { bothRight, onlyBaselineRight, onlyOtherRight, bothWrong, pValue, midPValue, method, statistic } = test;
  const rows = [
    ['both right', formatCount(bothRight)],
    ['only A right', formatCount(onlyBaselineRight)],
    ['only B right', formatCount(onlyOtherRight)],
    ['both wrong', formatCount(bothWrong)],
  ];
  const how =
    method === 'exact-binomial'
      ? `exact; mid-p ${probability(midPValue)}`
      : `chi-squared ${statistic === null ? undefinedFigure : statistic.toFixed(2)} with continuity correction`;
  const verdict = wrapText(meaning(test), style.width - 2, '  ');
  const line = `McNemar's test: p ${probability(pValue)} ${style.quiet(`(${how})`)}`;
  return `Right at the threshold of each\n${formatTable(rows)}\n  ${line}\n  ${style.quiet(verdict)}`;
}

function meaning({ onlyBaselineRight, onlyOtherRight, pValue }: NonNullable<ComparisonPair['mcnemar']>): string {
  if (onlyBaselineRight + onlyOtherRight === 0) return 'Both are right and wrong on the same instances.';
  if (pValue >= 0.05) return 'So uneven a split, or more so, is what chance often gives to two equally good models.';
  return `${onlyOtherRight > onlyBaselineRight ? 'B' : 'A'} is right more often than chance explains, on instances like these.`;
}

function probability(value: number | null): string {
  if (value === null) return undefinedFigure;
  if (value < 1e-4) return '< 0.0001';
  return `= ${value > 0.9999 ? '1' : value.toPrecision(2)}`;
}

function verdicts({ verdicts: groups, changes: { total } }: ComparisonPair, style: Style): string {
  if (total === 0) return 'No instance changes its verdict.';
  const rows = groups.map(({ label, instances, calledByBaseline, calledByOther, gained, lost }) => [
    labelled(label, style),
    formatCount(instances),
    formatCount(calledByBaseline),
    formatCount(calledByOther),
    changed(gained, label, 1, style),
    changed(lost, label, -1, style),
  ]);
  const head = ['', 'instances', 'alerts of A', 'alerts of B', 'new in B', 'gone in B'];
  const heading = `${style.title(`${formatCount(total)} instances change`)} their verdict`;
  return `${heading}\n${formatTable(rows, { head })}`;
}

/** New alerts on the malicious are good, on the benign bad; alerts that are gone the other way round. */
function changed(
  count: number,
  label: ComparisonPair['verdicts'][number]['label'],
  direction: 1 | -1,
  style: Style,
): string {
  const text = formatCount(count);
  if (count === 0 || label === null) return text;
  const good = (label === 'malicious') === (direction === 1);
  return good ? style.benign(text) : style.malicious(text);
}

function labelled(label: 'malicious' | 'benign' | null, style: Style): string {
  if (label === null) return 'no label';
  return label === 'malicious' ? style.malicious(label) : style.benign(label);
}

function families({ families: { rows, total } }: ComparisonPair, style: Style): string {
  const moved = rows.filter(({ gained, lost }) => gained + lost > 0);
  // One family to a label says no more than the table above.
  if (moved.length === 0 || total <= 2) return '';
  const shown = moved
    .slice(0, shownFamilies)
    .map(({ family, label, instances, calledByBaseline, calledByOther, gained, lost }) => [
      printable(family, Math.max(12, style.width - 60)),
      labelled(label, style),
      formatCount(instances),
      formatPercent(calledByBaseline / instances),
      formatPercent(calledByOther / instances),
      changed(gained, label, 1, style),
      changed(lost, label, -1, style),
    ]);
  const head = ['', '', 'instances', 'alerts A', 'alerts B', 'new', 'gone'];
  const more = moved.length - shown.length;
  const heading = `Families with most changes${more > 0 ? ` (${formatCount(more)} more with --json)` : ''}`;
  return `${heading}\n${formatTable(shown, { head, align: ['left', 'left', 'right', 'right', 'right', 'right', 'right'] })}`;
}

function changes({ changes: { total, scale, rows } }: ComparisonPair, style: Style): string {
  if (rows.length === 0) return '';
  const width = Math.max(16, style.width - 62);
  const table = rows.map((row) => [
    printable(row.instanceId, 14),
    row.label === null ? '' : labelled(row.label, style),
    wording(row, style),
    valueText(row.baseline.value, scale),
    valueText(row.other.value, scale),
    style.quiet(printable(row.ident === row.instanceId ? (row.family ?? '') : row.ident, width)),
  ]);
  const kind = scale === 'rank' ? 'place in the order' : scale;
  const more =
    total > rows.length ? `, ${formatCount(rows.length)} of ${formatCount(total)} (all with --output FILE.csv)` : '';
  const heading = `Largest changes of ${kind}${more}`;
  const head = ['instance', 'label', 'in B', 'A', 'B', ''];
  return `${heading}\n${formatTable(table, { head, align: ['left', 'left', 'left', 'right', 'right', 'left'] })}`;
}

function wording({ label, other }: VerdictChange, style: Style): string {
  const called = other.verdict === 'malicious';
  if (label === null) return called ? 'alert' : 'no alert';
  const right = called === (label === 'malicious');
  const text = called ? (right ? 'found' : 'false alert') : right ? 'cleared' : 'missed';
  return right ? style.benign(text) : style.malicious(text);
}

function valueText(value: number, scale: ComparisonPair['changes']['scale']): string {
  return scale === 'probability' ? formatShare(value) : value.toPrecision(3);
}
