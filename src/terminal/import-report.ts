import { printable } from '../errors.js';
import type { ImportDocument } from '../schema/import-document.js';
import { formatBytes, formatCount } from './number-format.js';
import type { Style } from './style.js';
import { formatTable } from './table.js';
import { wrapText } from './wrap.js';

type Column = ImportDocument['columns'][number];

/** Columns of one kind that are told one by one; wide tables are cut, the document has all. */
const shownOfKind = 60;

/** What became of a table, for people: what each column was taken for and why, the labels, what to look at. */
export function importReport(document: ImportDocument, style: Style): string {
  const sections = [title(document, style), columns(document, style), labels(document), notes(document, style)];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function title({ project, dataset, source, headline }: ImportDocument, style: Style): string {
  const name = style.title(`${printable(project)}/${printable(dataset)}`);
  const shape = `${formatCount(headline.instances)} instances, ${formatCount(headline.features)} features`;
  const from = `from ${printable(source.file, 60)}, separated by ${source.delimiter}s`;
  return `${name}  ${shape}\n${style.quiet(from)}`;
}

function columns({ columns: all }: ImportDocument, style: Style): string {
  const used = all.filter(({ takenFor }) => !takenFor.includes('ignored'));
  const ignored = all.filter(({ takenFor }) => takenFor.includes('ignored'));
  const nameWidth = Math.min(28, Math.max(6, ...all.map(({ name }) => printable(name).length)));
  const name = (column: Column): string => printable(column.name, nameWidth).padEnd(nameWidth);
  const kindWidth = Math.max(...used.map(({ takenFor, features }) => kindWords(takenFor, features).length));
  const sections = [
    listed(`Columns used: ${formatCount(used.length)} of ${formatCount(all.length)}`, used, style, (column) => [
      name(column),
      kind(column, style),
      wrapText(reason(column), Math.max(24, style.width - nameWidth - kindWidth - 6)),
    ]),
    listed(
      `Left aside: ${formatCount(ignored.length)} ${style.quiet('(--one-hot COL makes features of text, --numeric COL of numbers)')}`,
      ignored,
      style,
      (column) => [name(column), wrapText(reason(column), Math.max(24, style.width - nameWidth - 4))],
    ),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function listed(heading: string, list: readonly Column[], style: Style, row: (column: Column) => string[]): string {
  if (list.length === 0) return '';
  const table = formatTable(list.slice(0, shownOfKind).map(row), { align: ['left', 'left', 'left'] });
  const more = list.length - shownOfKind;
  return `${heading}\n${table}${more > 0 ? `\n  ${style.quiet(`… and ${formatCount(more)} more (all of them with --json)`)}` : ''}`;
}

function kindWords(takenFor: Column['takenFor'], features: number): string {
  return takenFor.map((use) => (use === 'one-hot' ? `one-hot (${formatCount(features)})` : use)).join(', ');
}

function kind({ takenFor, features }: Column, style: Style): string {
  const text = kindWords(takenFor, features);
  return features > 0 ? style.all(text) : style.title(text);
}

function reason({ why, missing, renamed, takenFor }: Column): string {
  const holes = missing > 0 && !takenFor.includes('ignored') ? `; ${formatCount(missing)} missing` : '';
  const name = renamed === undefined ? '' : `; ${renamed}`;
  return printable(`${why}${holes}${name}`, 300);
}

function labels({ labels: counts }: ImportDocument): string {
  if (!counts) return '';
  const { malicious, benign, unlabelled } = counts;
  return `Labels: ${formatCount(malicious)} malicious, ${formatCount(benign)} benign, ${formatCount(unlabelled)} without`;
}

function notes({ warnings, folder, files, formerDataset }: ImportDocument, style: Style): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const lines = warnings.map((warning) =>
    wrapText(`${style.uncertain('note:')} ${printable(warning, 1000)}`, style.width, '      '),
  );
  if (formerDataset !== null) {
    lines.push(`${style.uncertain('note:')} the dataset that was there is kept in ${printable(formerDataset, 500)}`);
  }
  lines.push(`saved: ${printable(folder, 500)} ${style.quiet(`(${formatBytes(bytes)})`)}`);
  return lines.join('\n');
}
