import { printable } from '../errors.js';
import type { PanelData } from '../schema/panels/registry.js';
import type { AnyPanel, PanelOf, ResultDocument } from '../schema/result-document.js';
import { headlinePart, type PanelKind } from '../schema/vocabulary.js';
import { formatCount, formatPercent, formatShare } from './number-format.js';
import { rocPlot } from './roc-plot.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';

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
    tuning(panels, style),
    figures(document, panels, style),
    curve(panels, style),
    families(panels, style),
    features(panels, style),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function title(document: ResultDocument, style: Style): string {
  const { project, dataset, settings } = document;
  const name = style.title(`${printable(project)}/${printable(dataset.name)}`);
  const shape = `${formatCount(dataset.rows)} instances, ${formatCount(dataset.columns)} features`;
  const threshold = settings.detectionThreshold;
  return `${name}  ${String(settings.model)}, validation ${String(settings.validation)}, threshold ${String(threshold)}, seed ${String(settings.seed)}\n${style.quiet(shape)}`;
}

/** What must be known before a figure is believed. */
function warnings(document: ResultDocument, style: Style): string {
  return document.warnings.map((warning) => `${style.uncertain('note:')} ${printable(warning, 1000)}`).join('\n');
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
  const figure = `${objective} ${formatShare(chosen.mean)} ± ${formatShare(chosen.std)}`;
  return `Tuned over ${points.length} settings x ${folds} folds: ${style.title(values)} ${style.quiet(`(${figure})`)}`;
}

function figures(document: ResultDocument, panels: readonly AnyPanel[], style: Style): string {
  const { headline } = document;
  const parts = shownParts(panels);
  const value = (part: string, name: string): number | null => headline[`${headlinePart(part)}.${name}`] ?? null;
  const multiclass = document.settings.multiclass === true;
  const rows = figureRows
    .filter(([name]) => multiclass || name !== 'f1Macro')
    .filter(([name]) => parts.some((part) => value(part, name) !== null))
    .map(([name, text, format]) => [
      text,
      ...parts.map((part) => withInterval(panels, part, name, value(part, name), format, style)),
    ]);
  const counts = ['instances', 'malicious', 'alerts'].map((name) => [
    name,
    ...parts.map((part) => formatCount(value(part, name))),
  ]);
  const note = parts.some((part) => hasIntervals(panels, part)) ? `\n  ${style.quiet('[95 % interval]')}` : '';
  return formatTable([...counts, ...rows], { head: ['', ...parts.map((part) => style.title(printable(part)))] }) + note;
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

function withInterval(
  panels: readonly AnyPanel[],
  part: string,
  name: string,
  value: number | null,
  format: (value: number | null) => string,
  style: Style,
): string {
  const figure = indicatorsOf(panels, part)?.figures.find((candidate) => candidate.name === name);
  if (!figure || figure.low === null || figure.high === null) return format(value);
  return `${format(value)} ${style.quiet(`[${format(figure.low)}, ${format(figure.high)}]`)}`;
}

/** The part whose curve a terminal shows: the one the model was not trained on. */
function judgedPart(panels: readonly AnyPanel[]): string | undefined {
  const parts = panels.filter((panel) => panel.kind === 'roc-curve').flatMap((panel) => panel.part ?? []);
  return parts.find((part) => part !== 'train') ?? parts[0];
}

function curve(panels: readonly AnyPanel[], style: Style): string {
  const part = judgedPart(panels);
  const roc = panels.find((panel) => panel.kind === 'roc-curve' && panel.part === part) as
    | PanelOf<'roc-curve'>
    | undefined;
  if (!roc) return '';
  const indicators = part === undefined ? [] : (indicatorsOf(panels, part)?.figures ?? []);
  const x = indicators.find(({ name }) => name === 'falsePositiveRate')?.value ?? null;
  const y = indicators.find(({ name }) => name === 'recall')?.value ?? null;
  const operating = x !== null && y !== null ? { falsePositiveRate: x, truePositiveRate: y } : null;
  return [`ROC curve, ${printable(part ?? '')}`, ...rocPlot(roc.data, operating, style)].join('\n');
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
  const heading = `Families of ${printable(part ?? '')}, the worst handled first${more > 0 ? ` (${more} more in the result)` : ''}`;
  return `${heading}\n${formatTable(rows, { align: ['left', 'left', 'right', 'left', 'left'] })}`;
}

/** Instances of the family that the model gets wrong. */
function trouble({ label, instances, calledMalicious }: PanelData<'families'>['rows'][number]): number {
  return label === 'malicious' ? instances - calledMalicious : calledMalicious;
}

function features(panels: readonly AnyPanel[], style: Style): string {
  const panel = findPanel(panels, 'importance');
  if (!panel || panel.data.series.length !== 1) return '';
  const { kind, features: names, series } = panel.data;
  const { values } = series[0];
  const order = [...values.keys()].sort((a, b) => Math.abs(values[b]) - Math.abs(values[a])).slice(0, shownFeatures);
  const largest = Math.abs(values[order[0]] ?? 0) || 1;
  const rows = order.map((j) => {
    const bar = '█'.repeat(Math.max(1, Math.round((Math.abs(values[j]) / largest) * 20)));
    const colour = kind === 'impurity' ? style.all : values[j] > 0 ? style.malicious : style.benign;
    return [printable(names[j], 40), values[j].toPrecision(3), colour(bar)];
  });
  const meaning =
    kind === 'coefficient'
      ? `weight for one standard deviation; ${style.malicious('positive: malicious')}, ${style.benign('negative: benign')}`
      : 'share of the impurity they remove';
  return `Features that weigh most ${style.quiet('(')}${meaning}${style.quiet(')')}\n${formatTable(rows, { align: ['left', 'right', 'left'] })}`;
}

function findPanel<K extends PanelKind>(panels: readonly AnyPanel[], kind: K): PanelOf<K> | undefined {
  return panels.find((panel) => panel.kind === kind) as PanelOf<K> | undefined;
}
