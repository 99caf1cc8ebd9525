import type { FaultList } from '../faults.js';
import { LineBlocks } from '../files/line-blocks.js';
import { utf8Fault } from '../files/utf8.js';
import { readQuotedRows } from './quoted-rows.js';
import { TableRows, type TableVisitor } from './table-rows.js';

const quote = 34;

/**
 * Reads a CSV file of text (idents, labels, descriptions) row by row: commas, LF or CRLF, byte order mark, quotes by
 * RFC 4180, empty lines skipped, gzip read as it is. Wrong encoding, ragged rows and an open quote go to `faults`;
 * reading stops when that is full. As long as no quote has been seen, lines are simply split, which is ten times as fast
 * as csv-parse; from the block with the first quote on, csv-parse takes over.
 */
export async function readTable(path: string, shown: string, visitor: TableVisitor, faults: FaultList): Promise<void> {
  const blocks = await LineBlocks.open(path, shown);
  try {
    const table = new TableRows(shown, visitor, faults);
    do {
      const text = blocks.bytes.subarray(blocks.begin, blocks.end);
      const invalid = utf8Fault(text, shown, table.line);
      if (invalid) return faults.add(invalid);
      if (text.includes(quote)) return await readQuotedRows(blocks, table);
      table.addLines(Buffer.from(text.buffer, text.byteOffset, text.length).toString('utf8'));
    } while (!table.stopped && (await blocks.next(blocks.end)));
  } finally {
    await blocks.close();
  }
}
