import Table from 'cli-table3';

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
}

/** Rows as an aligned table without a frame. Cells are ready to print: data goes through `printable` before. */
export function formatTable(rows: readonly (readonly string[])[], options: TableOptions = {}): string {
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
