import { counted, printable } from '../errors.js';
import type { PanelData } from '../schema/panels/registry.js';
import type { AnyPanel, PanelOf, ResultDocument } from '../schema/result-document.js';
import type { PanelKind } from '../schema/vocabulary.js';
import { formatCount, formatFigure, formatShare, undefinedFigure } from './number-format.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

/** How much a terminal shows; the document has all. */
const shownFeatures = 15;
/** Of one kind. */
const shownAlarms = 3;
const shownPairs = 8;

/** The statistics of a dataset for people: what to look at first, then the features that tell most. */
export function statisticsReport(document: ResultDocument, panels: readonly AnyPanel[], style: Style): string {
  const sections = [
    head(document, style),
    document.warnings
      .map((warning) => wrapText(`${style.uncertain('note:')} ${printable(warning, 1000)}`, style.tableWidth, '      '))
      .join('\n'),
    alarmsSection(find(panels, 'feature-alarms'), style),
    featuresSection(find(panels, 'feature-statistics'), style),
    pairsSection(find(panels, 'feature-pairs'), style),
    driftSection(find(panels, 'feature-drift'), style),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function find<K extends PanelKind>(panels: readonly AnyPanel[], kind: K): PanelData<K> | undefined {
  return (panels.find((panel) => panel.kind === kind) as PanelOf<K> | undefined)?.data;
}

function head({ project, dataset, settings, headline }: ResultDocument, style: Style): string {
  const title = `${style.title(`${printable(project)}/${printable(dataset.name)}`)}  statistics by ${String(settings.by)}`;
  const { binary = 0, numeric = 0, constant = 0, missing = 0 } = headline;
  const shape = `${counted(dataset.rows, 'instance')}, ${counted(dataset.columns, 'feature')}: ${formatCount(binary)} binary, ${formatCount(numeric)} numeric; ${formatCount(constant)} constant, ${counted(missing ?? 0, 'missing cell')}`;
  return `${wrapText(title, style.tableWidth)}\n${wrapText(shape, style.tableWidth, '  ')}`;
}

function alarmsSection(data: PanelData<'feature-alarms'> | undefined, style: Style): string {
  const alarms = data?.alarms ?? [];
  if (alarms.length === 0) return '';
  const lines = [...new Set(alarms.map(({ kind }) => kind))].flatMap((kind) => {
    const own = alarms.filter((alarm) => alarm.kind === kind);
    const shown = own
      .slice(0, shownAlarms)
      .map(({ text }) => wrapText(`  - ${printable(text, 1000)}`, style.tableWidth, '    '));
    const more = own.length - shown.length;
    return more > 0 ? [...shown, `    ${style.quiet(`and ${formatCount(more)} more like this`)}`] : shown;
  });
  return [style.title('To look at before training'), ...lines].join('\n');
}

function featuresSection(data: PanelData<'feature-statistics'> | undefined, style: Style): string {
  if (!data || data.features.length === 0) return '';
  const auc = data.scores.find(({ name }) => name === 'rocAuc')?.values;
  const information = data.scores.find(({ name }) => name === 'mutualInformation')?.values;
  const tells = (i: number): number => Math.abs((auc?.[i] ?? 0.5) - 0.5);
  const scored = auc?.some((value) => value !== null) ?? false;
  const order = [...data.features.keys()].sort((a, b) => tells(b) - tells(a) || a - b).slice(0, shownFeatures);
  const rows = order.map((i) => [
    printable(data.features[i], 30),
    ...(scored ? [formatShare(auc?.[i] ?? null)] : []),
    ...(information ? [formatShare(information[i])] : []),
    formatFigure(data.mean[i]),
    formatFigure(data.std[i]),
    formatFigure(data.min[i]),
    formatFigure(data.p50[i]),
    formatFigure(data.max[i]),
    formatCount(data.missing[i]),
  ]);
  const columns = ['mean', 'std', 'min', 'median', 'max', 'missing'];
  const scores = [...(scored ? ['ROC AUC'] : []), ...(information ? ['mutual inf.'] : [])];
  const more = data.features.length - rows.length;
  const heading = `${scored ? 'Features that alone tell most about the label' : 'Features'}${more > 0 ? ` (${formatCount(more)} more in statistics.csv)` : ''}`;
  const table = formatTable(rows, { head: ['', ...scores, ...columns], width: style.tableWidth });
  const legend = scored
    ? `\n${style.quiet(wrapText('  ROC AUC near 1: malicious instances have higher values; near 0: lower ones; 0.5: tells nothing', style.tableWidth, '  '))}`
    : '';
  return `${wrapText(heading, style.tableWidth)}\n${table}${legend}`;
}

function pairsSection(data: PanelData<'feature-pairs'> | undefined, style: Style): string {
  const pairs = data?.pairs ?? [];
  if (!data || pairs.length === 0) return '';
  const rows = pairs
    .slice(0, shownPairs)
    .map(({ a, b, r, identical }) => [printable(a, 30), printable(b, 30), identical ? 'identical' : formatShare(r)]);
  const heading = `Pairs of features that say nearly the same: ${formatCount(pairs.length)} with a correlation of at least ${data.least}`;
  return `${wrapText(heading, style.tableWidth)}\n${formatTable(rows, { align: ['left', 'left', 'right'], width: style.tableWidth })}`;
}

function driftSection(data: PanelData<'feature-drift'> | undefined, style: Style): string {
  if (!data) return '';
  const rows = data.rows
    .slice(0, shownFeatures)
    .map(({ feature, psi, ks, jensenShannon, means }) => [
      printable(feature, 30),
      psi === null ? undefinedFigure : formatFigure(psi),
      formatShare(ks),
      formatShare(jensenShannon),
      formatFigure(means[0]),
      formatFigure(means[1]),
    ]);
  const columnHead = ['', 'PSI', 'KS', 'Jensen-Shannon', 'mean', 'mean there'];
  const lost = [
    ...(data.onlyHere.length > 0 ? [`${counted(data.onlyHere.length, 'feature')} only here`] : []),
    ...(data.onlyThere.length > 0 ? [`${counted(data.onlyThere.length, 'feature')} only there`] : []),
  ].join(', ');
  const heading = `Against ${printable(data.dataset, 60)} (${counted(data.instances, 'instance')}), the features that differ most; a PSI above 0.25 is a large change${lost ? `; ${lost}` : ''}`;
  return `${wrapText(heading, style.tableWidth)}\n${formatTable(rows, { head: columnHead, width: style.tableWidth })}`;
}
