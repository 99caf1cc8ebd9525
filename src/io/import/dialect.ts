import { DataError } from '../../errors.js';
import { LineBlocks } from '../files/line-blocks.js';
import { type ArffHeader, arffHeader, isArff } from './arff.js';
import { splitRow } from './split-row.js';

/** The delimiters that are looked for, by name. */
export const delimiters = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;

export type DelimiterName = keyof typeof delimiters;

/** How a table is written. */
export interface Dialect {
  readonly delimiter: DelimiterName;
  /** Lines before the header: spreadsheets write `sep=;` there. */
  readonly skippedLines: number;
  /** The table is an ARFF file: its names stand in these lines, and its rows are quoted in its own way. */
  readonly arff?: ArffHeader;
}

const sampledRows = 100;
const sampledCharacters = 1 << 18;

/**
 * How the table in a file is written, from its first 100 rows: the delimiter that gives the most columns among those
 * that give every row the same number, else the one that gives the header the most. A first line `sep=;` decides.
 * Throws DataError for a file that is empty, UTF-16, broken gzip, or plainly no text table.
 */
export async function sniffDialect(path: string, shown: string): Promise<Dialect> {
  const blocks = await LineBlocks.open(path, shown);
  try {
    return dialectOfBlock(blocks, shown);
  } finally {
    await blocks.close();
  }
}

/** The same of the first block, which is left as it is. */
export function dialectOfBlock(blocks: LineBlocks, shown: string): Dialect {
  const block = blocks.bytes.subarray(blocks.begin, blocks.end);
  refuseOtherFormats(block, shown);
  const whole = Buffer.from(block.buffer, block.byteOffset, block.length);
  if (isArff(whole.toString('utf8', 0, sampledCharacters))) {
    const arff = arffHeader(whole.toString('utf8'), shown);
    return { delimiter: 'comma', skippedLines: arff.lines, arff };
  }
  const bytes = blocks.bytes.subarray(blocks.begin, Math.min(blocks.end, blocks.begin + sampledCharacters));
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  return dialectOf(text.slice(0, text.lastIndexOf('\n') + 1));
}

/** What people export by mistake would give a fault of its millionth byte, or a column called `{"a":1`. */
function refuseOtherFormats(bytes: Uint8Array, shown: string): void {
  const start = Buffer.from(bytes.subarray(0, 64)).toString('latin1').trimStart();
  const refuse = (found: string): never => {
    throw new DataError([
      { file: shown, found, expected: 'a table as text (CSV): a header line, then a line for each row' },
    ]);
  };
  if (start.startsWith('PK\u0003\u0004')) refuse('a zip archive, perhaps a spreadsheet (xlsx)');
  if (/^(\[\s*)?\{\s*"/.test(start)) refuse('JSON');
  if (/^<(\?xml|!doctype|html)/i.test(start)) refuse('XML or HTML');
  if (start.startsWith('PAR1')) refuse('a Parquet file');
}

/** The dialect of a text of whole lines. */
export function dialectOf(text: string): Dialect {
  const declared = /^"?sep=([,;\t|])"?\r?\n/i.exec(text);
  const names = Object.keys(delimiters) as DelimiterName[];
  if (declared) {
    const delimiter = names.find((name) => delimiters[name] === declared[1]) ?? 'comma';
    return { delimiter, skippedLines: 1 };
  }
  let best: { delimiter: DelimiterName; columns: number; even: boolean } = {
    delimiter: 'comma',
    columns: 1,
    even: false,
  };
  for (const delimiter of names) {
    const widths = rowWidths(text, delimiters[delimiter]);
    const columns = widths[0] ?? 1;
    const even = columns > 1 && widths.every((width) => width === columns);
    if ((even && !best.even && columns > 1) || (even === best.even && columns > best.columns)) {
      best = { delimiter, columns, even };
    }
  }
  return { delimiter: best.delimiter, skippedLines: 0 };
}

/** Numbers of cells of the first rows that are not empty. */
function rowWidths(text: string, delimiter: string): number[] {
  const widths: number[] = [];
  for (let p = 0; p < text.length && widths.length < sampledRows; ) {
    const row = splitRow(text, p, delimiter);
    // A quote that is open at the end of the sample may be closed after it.
    if (!row) break;
    if (row.next - p > 2 || row.cells[0].trim() !== '') widths.push(row.cells.length);
    p = row.next;
  }
  return widths;
}
