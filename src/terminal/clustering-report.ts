import { counted, printable } from '../errors.js';
import type { PanelData } from '../schema/panels/registry.js';
import type { AnyPanel, PanelOf, ResultDocument } from '../schema/result-document.js';
import { noiseCluster } from '../schema/vocabulary.js';
import { formatCount, formatFigure, formatPercent, formatShare } from './number-format.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

/** How much a terminal shows; the document has more. */
const shownClusters = 20;
const shownFamilies = 3;
const shownFeatures = 3;

type Cluster = PanelData<'clusters'>['clusters'][number];

/** A clustering for people: how good it is, each cluster's size and labels, what sets it apart. */
export function clusteringReport(document: ResultDocument, panels: readonly AnyPanel[], style: Style): string {
  const panel = panels.find(({ kind }) => kind === 'clusters') as PanelOf<'clusters'> | undefined;
  const shown = panel?.data.clusters.filter(({ name }, k) => k < shownClusters || name === noiseCluster) ?? [];
  const more = (panel?.data.clusters.length ?? 0) - shown.length;
  const sections = [
    head(document, style),
    document.warnings
      .map((warning) => wrapText(`${style.uncertain('note:')} ${printable(warning, 1000)}`, style.tableWidth, '      '))
      .join('\n'),
    qualitySection(document, style),
    choiceSection(panels.find(({ kind }) => kind === 'cluster-choice') as PanelOf<'cluster-choice'> | undefined, style),
    sizesSection(shown, panel?.data.instances ?? 0, more, style),
    ...shown.map((cluster) => clusterSection(cluster, style)),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function head({ project, dataset, settings, headline }: ResultDocument, style: Style): string {
  const title = `${style.title(`${printable(project)}/${printable(dataset.name)}`)}  clusters by ${String(settings.algorithm)}${projectionOf(settings)}`;
  const only = settings.only === 'all' ? '' : ` (only ${String(settings.only)})`;
  const noise = headline.noise ? `, ${formatCount(headline.noise)} in none` : '';
  const shape = `${counted(headline.instances ?? 0, 'instance')}${only}, ${counted(dataset.columns, 'feature')}: ${counted(headline.clusters ?? 0, 'cluster')}${noise}`;
  return `${wrapText(title, style.tableWidth)}\n${wrapText(shape, style.tableWidth, '  ')}`;
}

function projectionOf({ projection }: ResultDocument['settings']): string {
  return projection === undefined ? '' : ` after ${printable(String(projection), 40)}`;
}

function qualitySection({ headline }: ResultDocument, style: Style): string {
  const figures: [string, string][] = [
    ['inertia', roundFigure(headline.inertia)],
    ['silhouette', formatShare(headline.silhouette)],
  ];
  const columns = ['', 'homogeneity', 'completeness', 'V-measure', 'adj. Rand', 'adj. mutual inf.'];
  const names = ['homogeneity', 'completeness', 'vMeasure', 'adjustedRand', 'adjustedMutualInformation'];
  const rows = ['', 'family.']
    .filter((prefix) => (headline[`${prefix}vMeasure`] ?? null) !== null)
    .map((prefix) => [
      prefix === '' ? 'with labels' : 'with families',
      ...names.map((name) => formatShare(headline[`${prefix}${name}`])),
    ]);
  const own = formatTable(figures, { align: ['left', 'right'] });
  if (rows.length === 0) return own;
  return `${own}\n\nAgreement (1: the same grouping; the last two are 0 for chance)\n${formatTable(rows, { head: columns, width: style.tableWidth })}`;
}

const criteria = { bic: 'BIC (least)', silhouette: 'silhouette (largest)', gap: 'gap statistic' } as const;
/** Columns of a bar. */
const barWidth = 24;

/** The curve that the number of clusters was chosen by; that of a radius is left to the page. */
function choiceSection(panel: PanelOf<'cluster-choice'> | undefined, style: Style): string {
  if (!panel || panel.data.by === 'neighbour-distance') return '';
  const { by, x, y, error, chosen } = panel.data;
  const [low, high] = [Math.min(...y), Math.max(...y)];
  const rows = x.map((clusters, k) => [
    `${clusters === chosen ? '*' : ' '} ${clusters}`,
    formatFigure(y[k]),
    ...(error ? [formatFigure(error[k])] : []),
    '='.repeat(1 + Math.round(((y[k] - low) / (high - low || 1)) * (barWidth - 1))),
  ]);
  const titles = ['clusters', criteria[by], ...(error ? ['error'] : []), ''];
  const align = titles.map((column) => (column === '' ? 'left' : 'right'));
  return formatTable(rows, { head: titles, align, width: style.tableWidth });
}

/** A large figure whole: four digits would look like all of it. */
function roundFigure(value: number | null | undefined): string {
  return (value ?? 0) >= 1000 ? formatCount(Math.round(value ?? 0)) : formatFigure(value);
}

function sizesSection(clusters: readonly Cluster[], instances: number, more: number, style: Style): string {
  const labelled = clusters.some(({ malicious, benign }) => malicious + benign > 0);
  const rows = clusters.map(({ name, size, malicious, benign, silhouette, families, familyCount }) => [
    name,
    formatCount(size),
    formatPercent(size / instances),
    formatShare(silhouette),
    ...(labelled ? [malicious + benign === 0 ? '–' : formatPercent(malicious / (malicious + benign))] : []),
    ...(families.length > 0 ? [familiesText(families, familyCount)] : ['']),
  ]);
  const columns = ['cluster', 'size', 'share', 'silhouette', ...(labelled ? ['malicious'] : []), 'families'];
  const align = columns.map((column, k) => (column === 'families' || k === 0 ? 'left' : 'right'));
  const rest = more > 0 ? `\n  ${style.quiet(`and ${formatCount(more)} more in the document`)}` : '';
  return `${formatTable(rows, { head: columns, align, width: style.tableWidth })}${rest}`;
}

function familiesText(families: Cluster['families'], count: number): string {
  const shown = families
    .slice(0, shownFamilies)
    .map(({ family, instances }) => `${printable(family, 24)} ${formatCount(instances)}`);
  const more = count - shown.length;
  return [...shown, ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', ');
}

function clusterSection({ name, features, rule, members }: Cluster, style: Style): string {
  const lines = [style.title(name === noiseCluster ? 'in no cluster' : `cluster ${name}`)];
  if (rule) {
    const conditions = rule.conditions
      .map(
        ({ feature, above, threshold }) => `${printable(feature, 40)} ${above ? '>' : '<='} ${formatFigure(threshold)}`,
      )
      .join(' and ');
    const worth = `(holds ${formatPercent(rule.recall)} of it; ${formatPercent(rule.precision)} of what meets it)`;
    lines.push(wrapText(`  ${conditions}  ${style.quiet(worth)}`, style.tableWidth, '    '));
  }
  for (const { feature, inside, outside, difference } of features.slice(0, shownFeatures)) {
    const sign = difference > 0 ? '+' : '';
    const text = `  ${printable(feature, 40)}: mean ${formatFigure(inside)}, elsewhere ${formatFigure(outside)} (${sign}${formatFigure(Number(difference.toFixed(2)))} deviations)`;
    lines.push(wrapText(text, style.tableWidth, '    '));
  }
  const typical = (members.centre.length > 0 ? members.centre : members.random).slice(0, 3);
  const idents = typical.map(({ ident, instanceId }) => printable(ident || instanceId, 40)).join(', ');
  if (idents) lines.push(wrapText(`  for instance: ${idents}`, style.tableWidth, '    '));
  return lines.join('\n');
}
