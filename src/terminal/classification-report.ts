import { counted, printable } from '../errors.js';
import type { PanelData } from '../schema/panels/registry.js';
import type { AnyPanel, PanelOf, ResultDocument } from '../schema/result-document.js';
import { headlinePart, type PanelKind } from '../schema/vocabulary.js';
import { alertsSection } from './alerts-section.js';
import { dependenceSection } from './dependence-section.js';
import { leftOutSection } from './left-out-section.js';
import { formatCount, formatPercent, formatShare } from './number-format.js';
import { raceSection } from './race-section.js';
import { rejectionSection } from './rejection-section.js';
import { rocPlot } from './roc-plot.js';
import { partName } from './part-name.js';
import type { Style } from './style.js';
import { fits, formatTable } from './table.js';
import { decaySection, roundsSection } from './time-sections.js';
import { wrapText } from './wrap.js';

/** How many features and families a terminal shows; the document has them all. */
const shownFeatures = 8;
const shownFamilies = 8;

const figureRows: readonly (readonly [name: string, title: string, format: (value: number | null) => string])[] = [
  ['rocAuc', 'ROC AUC', formatShare],
  ['averagePrecision', 'average precision', formatShare],
  ['f1', 'F1', formatShare],
  ['accuracy', 'accuracy', formatPercent],
  ['f1Macro', 'F1, mean of the families', formatShare],
  ['precision', 'precision', formatPercent],
  ['recall', 'detection rate (recall)', formatPercent],
  ['falsePositiveRate', 'false positive rate (of the benign)', formatPercent],
  ['falseDiscoveryRate', 'false discovery rate (of the alerts)', formatPercent],
  ['recallAtFpr.0.01', 'detection rate at 1 % false positives', formatPercent],
  ['recallAtFpr.0.001', 'detection rate at 0.1 % false positives', formatPercent],
];

/** The result of `classify` for people: figures by part with intervals, the ROC curve, families, features. */
export function classificationReport(document: ResultDocument, panels: readonly AnyPanel[], style: Style): string {
  const sections = [
    title(document, style),
    warnings(document, style),
    race(document, panels, style),
    tuning(panels, style),
    trainedAndTested(panels, style),
    figures(document, panels, style),
    calibration(panels, style),
    rejection(panels, style),
    curve(panels, style),
    decay(panels, style),
    families(panels, style),
    leftOut(panels, style),
    alerts(panels, style),
    features(panels, style),
    dependence(panels, style),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function title(document: ResultDocument, style: Style): string {
  const { project, dataset, settings } = document;
  const name = style.title(`${printable(project)}/${printable(dataset.name)}`);
  const shape = `${counted(dataset.rows, 'instance')}, ${counted(dataset.columns, 'feature')}`;
  const threshold = settings.detectionThreshold;
  const how = `${String(settings.model)}, validation ${String(settings.validation)}, threshold ${String(threshold)}, seed ${String(settings.seed)}`;
  return `${wrapText(`${name}  ${printable(how)}`, style.tableWidth, '  ')}\n${style.quiet(shape)}`;
}

/** What must be known before a figure is believed. */
function warnings(document: ResultDocument, style: Style): string {
  return document.warnings
    .map((warning) => wrapText(`${style.uncertain('note:')} ${printable(warning, 1000)}`, style.tableWidth, '      '))
    .join('\n');
}

function race({ run }: ResultDocument, panels: readonly AnyPanel[], style: Style): string {
  const panel = findPanel(panels, 'race');
  return panel ? raceSection(panel.data, run.durations, style) : '';
}

function tuning(panels: readonly AnyPanel[], style: Style): string {
  const panel = findPanel(panels, 'grid-search');
  if (!panel) return '';
  const { points, folds, objective } = panel.data;
  const chosen = points.find((point) => point.chosen);
  if (!chosen) return '';
  const varied = Object.keys(chosen.params).filter(
    (name) => new Set(points.map(({ params }) => params[name])).size > 1,
  );
  const values = varied.map((name) => `${name}=${chosen.params[name]}`).join(' ');
  // That it was taken for want of a figure is among the notes.
  if (chosen.mean === null) return '';
  const figure = `${objective} ${formatShare(chosen.mean)} ± ${formatShare(chosen.std)}, mean and standard deviation over the folds`;
  const text = `Tuned over ${points.length} settings x ${folds} folds: ${style.title(values)} ${style.quiet(`(${figure})`)}`;
  return wrapText(text, style.tableWidth, '  ');
}

function trainedAndTested(panels: readonly AnyPanel[], style: Style): string {
  const panel = findPanel(panels, 'validation-rounds');
  return panel ? roundsSection(panel.data, style) : '';
}

function leftOut(panels: readonly AnyPanel[], style: Style): string {
  const panel = findPanel(panels, 'left-out-families');
  return panel ? leftOutSection(panel.data, style) : '';
}

function alerts(panels: readonly AnyPanel[], style: Style): string {
  return panels.flatMap((panel) => (panel.kind === 'alerts' ? [alertsSection(panel, style)] : [])).join('\n\n');
}

function decay(panels: readonly AnyPanel[], style: Style): string {
  const panel = findPanel(panels, 'decay');
  return panel ? decaySection(panel.data, style) : '';
}

function dependence(panels: readonly AnyPanel[], style: Style): string {
  const panel = findPanel(panels, 'partial-dependence');
  return panel ? dependenceSection(panel.data, style) : '';
}

function figures(document: ResultDocument, panels: readonly AnyPanel[], style: Style): string {
  const parts = shownParts(panels);
  const spread = parts.some((part) => part === 'cv');
  const intervals = parts.some((part) => hasIntervals(panels, part));
  const notes = [
    spread ? '± standard deviation over the folds' : '',
    intervals ? `[95 % interval${spread ? ' of the mean' : ''}]` : '',
  ].filter((note) => note !== '');
  const note = notes.length === 0 ? '' : `\n${style.quiet(wrapText(`  ${notes.join(', ')}`, style.tableWidth, '  '))}`;
  const whole = figureTable(document, panels, parts, style, true);
  if (fits(whole, style.tableWidth)) return whole + note;
  const short = figureTable(document, panels, parts, style, false);
  if (!fits(short, style.tableWidth)) return figureTable(document, panels, parts, style, true, style.tableWidth) + note;
  return `${short}\n  ${style.quiet(`${spread ? `${notes[0]}; ` : ''}intervals: on a wider terminal`)}`;
}

function figureTable(
  { headline, settings }: ResultDocument,
  panels: readonly AnyPanel[],
  parts: readonly string[],
  style: Style,
  intervals: boolean,
  width?: number,
): string {
  const value = (part: string, name: string): number | null => headline[`${headlinePart(part)}.${name}`] ?? null;
  const cell = (part: string, name: string, format: (value: number | null) => string): string => {
    const std = value(part, `${name}.std`);
    const spread = std === null ? '' : ` ± ${format(std)}`;
    const interval = intervals ? intervalOf(panels, part, name, format) : '';
    return format(value(part, name)) + spread + (interval === '' ? '' : ` ${style.quiet(interval)}`);
  };
  const rows = figureRows
    .filter(([name]) => settings.multiclass === true || name !== 'f1Macro')
    .filter(([name]) => parts.some((part) => value(part, name) !== null))
    .map(([name, text, format]) => [text, ...parts.map((part) => cell(part, name, format))]);
  const counts = ['instances', 'malicious', 'alerts'].map((name) => [
    name,
    ...parts.map((part) => formatCount(value(part, name))),
  ]);
  const head = ['', ...parts.map((part) => style.title(partName(part)))];
  return formatTable([...counts, ...rows], { head, width });
}

/** Every part, those without labels too; the folds only where there is no mean over them. */
function shownParts(panels: readonly AnyPanel[]): string[] {
  const shown = panels.filter(({ kind }) => kind === 'indicators' || kind === 'histogram');
  const parts = [...new Set(shown.flatMap((panel) => panel.part ?? []))];
  return parts.includes('cv') ? parts.filter((part) => !part.startsWith('fold.')) : parts;
}

function indicatorsOf(panels: readonly AnyPanel[], part: string): PanelData<'indicators'> | undefined {
  return panels.find((panel) => panel.kind === 'indicators' && panel.part === part)?.data as
    | PanelData<'indicators'>
    | undefined;
}

function hasIntervals(panels: readonly AnyPanel[], part: string): boolean {
  return indicatorsOf(panels, part)?.figures.some(({ low }) => low !== null) ?? false;
}

function intervalOf(
  panels: readonly AnyPanel[],
  part: string,
  name: string,
  format: (value: number | null) => string,
): string {
  const figure = indicatorsOf(panels, part)?.figures.find((candidate) => candidate.name === name);
  if (!figure || figure.low === null || figure.high === null) return '';
  return `[${format(figure.low)}, ${format(figure.high)}]`;
}

/** The part that a terminal shows more of: one that the model was not trained on, all folds together if there are any. */
function judgedPart(panels: readonly AnyPanel[]): string | undefined {
  const parts = panels.filter(({ kind }) => kind === 'indicators').flatMap((panel) => panel.part ?? []);
  if (parts.includes('cv')) return 'cv';
  return parts.find((part) => part !== 'train') ?? parts[0];
}

function rejection(panels: readonly AnyPanel[], style: Style): string {
  const found = panels.filter((panel): panel is PanelOf<'rejection'> => panel.kind === 'rejection');
  return found.length === 0 ? '' : rejectionSection(found, style);
}

/** How far calibrated probabilities are from the shares that come true, part by part, and how far they were. */
function calibration(panels: readonly AnyPanel[], style: Style): string {
  const told = panels.flatMap((panel) => {
    if (panel.kind !== 'reliability' || panel.data.uncalibrated === undefined) return [];
    const { expectedCalibrationError: error, uncalibrated } = panel.data;
    const before = formatPercent(uncalibrated.expectedCalibrationError);
    return [`${partName(panel.part ?? '')} ${formatPercent(error)} ${style.quiet(`(before: ${before})`)}`];
  });
  if (told.length === 0) return '';
  return wrapText(`Calibration error, in the mean over instances: ${told.join(', ')}`, style.tableWidth, '  ');
}

/** The curve of the judged part; of a cross-validation the curves of all folds, as no single curve stands for them. */
function curve(panels: readonly AnyPanel[], style: Style): string {
  const part = judgedPart(panels);
  if (part === undefined) return '';
  const shown = panels.filter(
    (panel): panel is PanelOf<'roc-curve'> =>
      panel.kind === 'roc-curve' && (part === 'cv' ? (panel.part ?? '').startsWith('fold.') : panel.part === part),
  );
  // Without both labels there is no curve but the diagonal of chance.
  if (shown.every(({ data }) => data.auc.value === null)) return '';
  const indicators = indicatorsOf(panels, part)?.figures ?? [];
  const x = indicators.find(({ name }) => name === 'falsePositiveRate')?.value ?? null;
  const y = indicators.find(({ name }) => name === 'recall')?.value ?? null;
  const operating = x !== null && y !== null ? { falsePositiveRate: x, truePositiveRate: y } : null;
  const heading =
    part === 'cv'
      ? shown.length === 1
        ? 'ROC curve of the only fold that has one; ● is the mean of the folds'
        : `ROC curves of the ${shown.length} folds, each drawn on its own; ● is the mean of the folds`
      : `ROC curve, ${partName(part)}`;
  const curves = shown.map(({ data }) => data);
  return [wrapText(heading, style.tableWidth), ...rocPlot(curves, operating, style)].join('\n');
}

function families(panels: readonly AnyPanel[], style: Style): string {
  const part = judgedPart(panels);
  const panel = panels.find((candidate) => candidate.kind === 'families' && candidate.part === part) as
    | PanelOf<'families'>
    | undefined;
  // One family to a label says no more than the table above.
  if (!panel || panel.data.rows.length <= 2) return '';
  const hardest = [...panel.data.rows].sort((a, b) => trouble(b) - trouble(a)).slice(0, shownFamilies);
  const rows = hardest.map(({ family, label, instances, rate }) => [
    printable(family, 40),
    label === 'malicious' ? style.malicious(label) : style.benign(label),
    formatCount(instances),
    `${formatPercent(rate.value)} ${label === 'malicious' ? 'detected' : 'called malicious'}`,
    style.quiet(`[${formatPercent(rate.low)}, ${formatPercent(rate.high)}]`),
  ]);
  const more = panel.data.rows.length - rows.length;
  const of = part === 'cv' ? 'all folds together' : partName(part ?? '');
  const heading = `Families of ${of}, the worst handled first${more > 0 ? ` (${more} more in the result)` : ''}`;
  const table = formatTable(rows, { align: ['left', 'left', 'right', 'left', 'left'], width: style.tableWidth });
  return `${wrapText(heading, style.tableWidth)}\n${table}`;
}

/** Instances of the family that the model gets wrong. */
function trouble({ label, instances, calledMalicious }: PanelData<'families'>['rows'][number]): number {
  return label === 'malicious' ? instances - calledMalicious : calledMalicious;
}

function features(panels: readonly AnyPanel[], style: Style): string {
  const panel = findPanel(panels, 'importance');
  if (!panel || panel.data.series.length !== 1) return '';
  const { kind, features: names, series, permutation } = panel.data;
  const { values, deviations } = series[0];
  // What shuffling improves is chance, not weight.
  const weight = (j: number): number => (permutation ? values[j] : Math.abs(values[j]));
  const order = [...values.keys()].sort((a, b) => weight(b) - weight(a)).slice(0, shownFeatures);
  const barWidth = Math.max(4, Math.min(20, style.width - 40));
  const largest = Math.abs(values[order[0]] ?? 0) || 1;
  const rows = order.map((j) => {
    const bar = '█'.repeat(Math.max(1, Math.round((weight(j) / largest) * barWidth)));
    const colour = kind !== 'coefficient' ? style.all : values[j] > 0 ? style.malicious : style.benign;
    return [
      printable(names[j], Math.max(16, Math.min(40, style.width - 28))),
      deviations ? `${values[j].toFixed(4)} ± ${deviations[j].toFixed(4)}` : values[j].toPrecision(3),
      colour(bar),
    ];
  });
  const meaning =
    kind === 'coefficient'
      ? `weight for one standard deviation; ${style.malicious('positive: malicious')}, ${style.benign('negative: benign')}`
      : permutation
        ? `ROC AUC lost when shuffled, mean and deviation of ${permutation.repeats} times, ${permutation.rows} of ${permutation.rowsInAll} instances of ${partName(permutation.part)}`
        : 'share of the impurity they remove';
  const heading = `Features that weigh most ${style.quiet('(')}${meaning}${style.quiet(')')}`;
  const table = formatTable(rows, { align: ['left', 'right', 'left'], width: style.tableWidth });
  return `${wrapText(heading, style.tableWidth)}\n${table}`;
}

function findPanel<K extends PanelKind>(panels: readonly AnyPanel[], kind: K): PanelOf<K> | undefined {
  return panels.find((panel) => panel.kind === kind) as PanelOf<K> | undefined;
}
