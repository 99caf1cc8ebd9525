import { counted, printable } from '../errors.js';
import type { FeaturePage, Instance, NearestInstances } from '../schema/api/instance.js';
import { formatCount, formatFigure, undefinedFigure } from './number-format.js';
import { partName } from './part-name.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

type Group = NearestInstances['groups'][number];
type Neighbour = Group['nearest'][number];

const outputWords = {
  score: 'above 0 speaks for malicious',
  probability: 'the probability of being malicious',
} as const;

/** Of each class. */
const shownDifferences = 5;

/** One instance for people: what was said of it and why, and the instances nearest to it. */
export function instanceReport(
  instance: Instance,
  features: FeaturePage['features'],
  nearest: NearestInstances,
  style: Style,
): string {
  const sections = [
    title(instance, style),
    predictions(instance, style),
    (instance.notes ?? [])
      .map((note) => wrapText(`${style.uncertain('note:')} ${printable(note, 1000)}`, style.width, '      '))
      .join('\n'),
    contributions(instance, features, style),
    ...nearest.groups.map((group) => groupSection(group, nearest, style)),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function title({ instanceId, ident, project, dataset, label, family }: Instance, style: Style): string {
  const where = `${printable(project, 40)}/${printable(dataset, 40)}`;
  const known = label === null ? 'no label' : inColour(label, label, style);
  const ofFamily = family === null ? '' : `, family ${printable(family, 60)}`;
  return `${style.title(printable(ident, 100))}  ${style.quiet(`instance ${printable(instanceId, 60)} of ${where}`)}\n${known}${ofFamily}`;
}

function inColour(text: string, meaning: string | null, style: Style): string {
  return meaning === 'malicious' ? style.malicious(text) : meaning === 'benign' ? style.benign(text) : text;
}

function predictions({ predictions: all }: Instance, style: Style): string {
  if (all.length === 0) return '';
  const rows = all.map(({ part, predicted, probability, score, rank }) => [
    partName(part),
    predicted === null ? undefinedFigure : inColour(printable(predicted, 40), predicted, style),
    formatFigure(probability),
    formatFigure(score),
    formatCount(rank),
  ]);
  const head = ['part', 'predicted', 'probability', 'score', 'rank'];
  return formatTable(rows, { head, align: ['left', 'left', 'right', 'right', 'right'], width: style.tableWidth });
}

function contributions(
  { explanation, noExplanation }: Instance,
  features: FeaturePage['features'],
  style: Style,
): string {
  if (explanation === null) {
    return noExplanation === null ? '' : wrapText(`No contributions: ${printable(noExplanation, 300)}.`, style.width);
  }
  const { base, total, output } = explanation;
  const sentence = `From ${formatFigure(base)} to ${formatFigure(total)} (${outputWords[output]}): the features that count most`;
  const rows = features.map(({ name, value, contribution }) => [
    printable(name, 60),
    cell(value),
    inColour(signed(contribution), (contribution ?? 0) > 0 ? 'malicious' : 'benign', style),
  ]);
  return `${wrapText(sentence, style.width)}\n${formatTable(rows, { head: ['', 'value', 'contribution'], width: style.tableWidth })}`;
}

const cell = (value: number | null): string => (value === null ? 'missing' : formatFigure(value));

const signed = (value: number | null): string =>
  value === null ? undefinedFigure : `${value > 0 ? '+' : ''}${formatFigure(value)}`;

function groupSection(group: Group, { searched, asked }: NearestInstances, style: Style): string {
  const side = group.relation === null ? '' : group.relation === 'other' ? ', the other side' : ', its own class';
  const of = counted(group.instances, `${searched.training ? 'training' : 'labelled'} instance`);
  const heading = `${style.title(`Nearest of ${printable(group.title, 40)}`)}${side}, of ${of}`;
  const column = asked === 'lead' ? 'lead then' : 'model then';
  return [heading, ...group.nearest.map((neighbour) => neighbourText(neighbour, column, style))].join('\n');
}

/** @param column what the model says with a value and those above it taken over */
function neighbourText(neighbour: Neighbour, column: string, style: Style): string {
  const { instanceId, ident, label, family, alike, distance, differing, differences } = neighbour;
  const facts = [
    `distance ${formatFigure(distance)}`,
    `${counted(differing, 'feature')} differ${differing === 1 ? 's' : ''}`,
    ...(alike > 1 ? [`${formatCount(alike - 1)} more alike`] : []),
    ...(family === null ? [] : [printable(family, 40)]),
  ];
  const line = `  ${inColour(printable(ident, 60), label, style)} ${style.quiet(`(${printable(instanceId, 60)})`)}: ${facts.join(', ')}`;
  const asked = differences.some(({ valueAfter }) => valueAfter !== null);
  const rows = differences
    .slice(0, shownDifferences)
    .map(({ name, own, theirs, difference, valueAfter }) => [
      printable(name, 50),
      cell(own),
      cell(theirs),
      difference === null ? '' : signed(difference),
      ...(asked ? [formatFigure(valueAfter)] : []),
    ]);
  if (rows.length === 0) return line;
  const head = ['', 'here', 'there', 'in deviations', ...(asked ? [column] : [])];
  return `${line}\n${formatTable(rows, { head, indent: 4, width: style.tableWidth })}${turningText(neighbour, style)}`;
}

/** What would have to be different for the model to call it otherwise. */
function turningText({ turning }: Neighbour, style: Style): string {
  if (turning === null) return '';
  const changes = turning.changes.map(
    ({ name, own, theirs }) => `${printable(name, 40)} ${cell(own)} → ${cell(theirs)}`,
  );
  const more = turning.count - changes.length;
  if (more > 0) changes.push(`${formatCount(more)} more`);
  const text = `the verdict turns (${formatFigure(turning.value)}) with ${changes.join(', ')}`;
  return `\n${wrapText(`    ${style.title('→')} ${text}`, style.width, '      ')}`;
}
