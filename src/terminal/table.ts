import Table from 'cli-table3';
import { textWidth, wrapText } from './wrap.js';

const noFrame = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

export interface TableOptions {
  readonly head?: readonly string[];
  /** Alignment of each column; the first is left and the others right where absent. */
  readonly align?: readonly ('left' | 'right')[];
  readonly indent?: number;
  /** Columns there are; a wider table is written as a list of its rows. No limit where absent. */
  readonly width?: number;
}

/** A narrower last column is no help. */
const narrowestText = 24;

/**
 * Rows as an aligned table without a frame. Cells are ready to print: data goes through `printable` before. Where the
 * table is wider than `width`, a last column of text is wrapped; if that does not help, it becomes a list of its rows.
 */
export function formatTable(rows: readonly (readonly string[])[], options: TableOptions = {}): string {
  const { width = Number.POSITIVE_INFINITY, align, head } = options;
  const whole = aligned(rows, options);
  if (fits(whole, width)) return whole;
  const columns = Math.max(head?.length ?? 0, ...rows.map((row) => row.length));
  if ((align?.[columns - 1] ?? 'right') === 'left') {
    const before = aligned(
      rows.map((row) => row.slice(0, columns - 1)),
      { ...options, head: head?.slice(0, columns - 1) },
    );
    const room = width - Math.max(...before.split('\n').map(textWidth)) - noFrame.middle.length;
    const wrapped = rows.map((row) => row.map((cell, k) => (k === columns - 1 ? wrapText(cell, room) : cell)));
    const narrow = aligned(wrapped, options);
    if (room >= narrowestText && fits(narrow, width)) return narrow;
  }
  return rows.map((row) => listed(row, head, ' '.repeat(options.indent ?? 2), width)).join('\n');
}

function aligned(rows: readonly (readonly string[])[], options: TableOptions): string {
  const columns = Math.max(options.head?.length ?? 0, ...rows.map((row) => row.length));
  const table = new Table({
    head: options.head ? [...options.head] : [],
    chars: noFrame,
    // Without these, cli-table3 colours its head even where colours are off.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: Array.from({ length: columns }, (_, k) => options.align?.[k] ?? (k === 0 ? 'left' : 'right')),
  });
  table.push(...rows.map((row) => [...row]));
  const indent = ' '.repeat(options.indent ?? 2);
  return table
    .toString()
    .split('\n')
    .map((line) => (indent + line).trimEnd())
    .join('\n');
}

/** Whether no line of a text is wider than `width` columns. */
export function fits(text: string, width: number): boolean {
  return width === Number.POSITIVE_INFINITY || text.split('\n').every((line) => textWidth(line) <= width);
}

/** A row of a table that is too wide: its first cell, and below it the others, each after its head where there is one. */
function listed(row: readonly string[], head: readonly string[] | undefined, indent: string, width: number): string {
  const [first, ...others] = row;
  const inner = `${indent}  `;
  const cells = others
    .map((cell, k) => (cell === '' ? '' : [head?.[k + 1] ?? '', cell].filter((text) => text !== '').join(' ')))
    .filter((text) => text !== '');
  const below = cells.map((cell) => wrapText(inner + cell, width, `${inner}  `));
  return [wrapText(indent + first, width, indent), ...below].join('\n');
}
