import type { CsvError, InfoRecord } from 'csv-parse';
import type { LineBlocks } from '../files/line-blocks.js';
import { utf8Fault } from '../files/utf8.js';
import type { TableRows } from './table-rows.js';

/** One row may not be longer: a quote that is never closed must not swallow the machine's memory. */
const longestRecord = 1 << 26;

/** Reads the rest of a table, from the block at hand on, with csv-parse. */
export async function readQuotedRows(blocks: LineBlocks, table: TableRows): Promise<void> {
  const { Parser } = await import('csv-parse');
  const parser = new Parser({
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    // A quote inside an unquoted cell (5" pipe) is a character like any other.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
    info: true,
  });
  const linesBefore = table.line - 1;
  let nextLine = table.line;
  const feeding = feed(blocks, table, parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: InfoRecord }>) {
      // The counter stands on the record's last line; inside quotes a record has line feeds of its own.
      const inside = record.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
      nextLine = linesBefore + info.lines + 1;
      table.addRow(record, nextLine - 1 - inside);
      if (table.stopped) break;
    }
  } catch (error) {
    if (!isCsvError(error)) throw error;
    // The parser's own line is where it gave up, which for an open quote is the end of the file.
    table.addFault({ line: nextLine, ...explain(error) });
  } finally {
    parser.destroy();
    await feeding;
  }
}

/** Writes the blocks to the parser, waiting where it is full; ends early when the parser is destroyed. */
async function feed(blocks: LineBlocks, table: TableRows, parser: import('csv-parse').Parser): Promise<void> {
  let line = table.line;
  do {
    const text = blocks.bytes.slice(blocks.begin, blocks.end);
    const invalid = utf8Fault(text, table.shown, line);
    if (invalid) {
      table.faults.add(invalid);
      break;
    }
    for (const byte of text) if (byte === 10) line++;
    if (parser.destroyed) return;
    if (!parser.write(text)) {
      await new Promise<void>((resolve) => {
        parser.once('drain', resolve);
        parser.once('close', resolve);
      });
    }
  } while (!parser.destroyed && (await blocks.next(blocks.end)));
  if (!parser.destroyed) parser.end();
}

function isCsvError(error: unknown): error is CsvError {
  return (
    error instanceof Error &&
    typeof (error as CsvError).code === 'string' &&
    (error as CsvError).code.startsWith('CSV_')
  );
}

function explain(error: CsvError): { found: string; expected: string } {
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return { found: 'a quote that is never closed', expected: 'a closing quote' };
    case 'CSV_MAX_RECORD_SIZE':
      return {
        found: `a row longer than ${longestRecord >> 20} MiB (perhaps an open quote)`,
        expected: 'one instance a line',
      };
    default:
      return { found: `wrong quoting (${error.code})`, expected: 'quotes around the whole cell, doubled inside it' };
  }
}
