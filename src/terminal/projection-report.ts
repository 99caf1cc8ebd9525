import { counted, printable } from '../errors.js';
import type { PanelData } from '../schema/panels/registry.js';
import type { AnyPanel, PanelOf, ResultDocument } from '../schema/result-document.js';
import { formatFigure, formatPercent, formatShare } from './number-format.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

/** How much a terminal shows; the document has more. */
const shownComponents = 10;
const shownFeatures = 4;

/** A projection for people: how much the components keep, what they are made of, where instances lie. */
export function projectionReport(document: ResultDocument, panels: readonly AnyPanel[], style: Style): string {
  const of = <K extends 'component-variance' | 'component-features' | 'hexagons'>(kind: K): PanelOf<K> | undefined =>
    panels.find((panel) => panel.kind === kind) as PanelOf<K> | undefined;
  const variance = of('component-variance')?.data;
  const features = of('component-features')?.data;
  const picture = of('hexagons')?.data;
  const sections = [
    head(document, style),
    document.warnings
      .map((warning) => wrapText(`${style.uncertain('note:')} ${printable(warning, 1000)}`, style.tableWidth, '      '))
      .join('\n'),
    qualitySection(document),
    variance || features ? componentsSection(variance, features, document.headline.components ?? 0, style) : '',
    picture ? pictureSection(picture, style) : '',
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function head({ project, dataset, settings, headline }: ResultDocument, style: Style): string {
  const title = `${style.title(`${printable(project)}/${printable(dataset.name)}`)}  projection by ${String(settings.algorithm)}`;
  const shape = `${counted(headline.instances ?? 0, 'instance')}, ${counted(dataset.columns, 'feature')} in ${counted(headline.components ?? 0, 'component')}`;
  return `${wrapText(title, style.tableWidth)}\n${wrapText(shape, style.tableWidth, '  ')}`;
}

function qualitySection({ headline }: ResultDocument): string {
  const rows: [string, string, string][] = [
    ['class separation', formatShare(headline.classSeparation), 'distances within classes to those between: 1 is none'],
    [
      'trustworthiness',
      formatShare(headline.trustworthiness),
      'how far neighbours here are neighbours in the data: 1 is wholly',
    ],
  ];
  return formatTable(
    rows.filter(([name]) => name !== 'class separation' || headline.classSeparation !== null),
    { align: ['left', 'right', 'left'] },
  );
}

function componentsSection(
  variance: PanelData<'component-variance'> | undefined,
  features: PanelData<'component-features'> | undefined,
  components: number,
  style: Style,
): string {
  const shown = Math.min(shownComponents, components);
  const rows = Array.from({ length: shown }, (_, c) => [
    String(c + 1),
    ...(variance ? [formatPercent(variance.explained[c]), formatPercent(variance.cumulative[c])] : []),
    ...(features ? [strongest(features.components[c].features)] : []),
  ]);
  const columns = ['component', ...(variance ? ['variance', 'together'] : []), ...(features ? ['made of'] : [])];
  const align = columns.map((column) => (column === 'component' || column === 'made of' ? 'left' : 'right'));
  const more = components > shown ? `\n  ${style.quiet(`and ${components - shown} more in the document`)}` : '';
  return `${formatTable(rows, { head: columns, align, width: style.tableWidth })}${more}`;
}

function strongest(features: PanelData<'component-features'>['components'][number]['features']): string {
  return features
    .slice(0, shownFeatures)
    .map(
      ({ feature, weight }) =>
        `${printable(feature, 30)} ${weight > 0 ? '+' : ''}${formatFigure(Number(weight.toFixed(3)))}`,
    )
    .join(', ');
}

/** The first two components: a letter a hexagon, by what most of it is. */
function pictureSection({ hexagons, x, y }: PanelData<'hexagons'>, style: Style): string {
  const width = 62;
  const cells = new Map<number, { malicious: number; benign: number; instances: number }>();
  let top = 0;
  for (const { u, v, malicious, benign, instances } of hexagons) {
    const row = Math.round(v / 1.2);
    top = Math.max(top, row);
    const key = row * width + Math.min(width - 1, Math.round(2 * u));
    const cell = cells.get(key) ?? { malicious: 0, benign: 0, instances: 0 };
    cell.malicious += malicious;
    cell.benign += benign;
    cell.instances += instances;
    cells.set(key, cell);
  }
  const lines = Array.from({ length: top + 1 }, (_, k) => {
    const row = top - k;
    return Array.from({ length: width }, (_unused, column) => letter(cells.get(row * width + column), style))
      .join('')
      .trimEnd();
  });
  const legend = 'm malicious, b benign, x both, · no label; a capital from 100 instances on';
  const heading = x === y ? `Component ${x}` : `Components ${x} (across) and ${y} (upwards)`;
  return `${heading}\n${lines.map((line) => `  ${line}`).join('\n')}\n  ${style.quiet(legend)}`;
}

function letter(cell: { malicious: number; benign: number; instances: number } | undefined, style: Style): string {
  if (cell === undefined) return ' ';
  const { malicious, benign, instances } = cell;
  const loud = (text: string): string => (instances >= 100 ? text.toUpperCase() : text);
  if (malicious + benign === 0) return '·';
  const share = malicious / (malicious + benign);
  if (share > 0.9) return style.malicious(loud('m'));
  return share < 0.1 ? style.benign(loud('b')) : style.uncertain(loud('x'));
}
