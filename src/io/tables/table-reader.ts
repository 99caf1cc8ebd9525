import type { FaultList } from '../faults.js';
import { LineBlocks } from '../files/line-blocks.js';
import { utf8Fault } from '../files/utf8.js';
import { readQuotedRows } from './quoted-rows.js';
import { TableRows, type TableVisitor } from './table-rows.js';

const quote = 34;

/**
 * Reads a CSV file of text (idents, labels, descriptions) row by row: commas, LF or CRLF, byte order mark, quotes by
 * RFC 4180, empty lines skipped, gzip read as it is. Wrong encoding, ragged rows and an open quote go to `faults`;
 * reading stops when that is full. As long as no quote has been seen, lines are simply split; from the block with the
 * first quote on, cells are. Resolves to whether every row was handed to the visitor: if not, rows that other files
 * speak of may be missing.
 */
export async function readTable(
  path: string,
  shown: string,
  visitor: TableVisitor,
  faults: FaultList,
): Promise<boolean> {
  const reading = tableBlocks(path, shown, visitor, faults);
  for (;;) {
    const { done, value } = await reading.next();
    if (done) return value;
  }
}

/** The same, block by block: whoever goes on decides when the next rows are handed over. */
export async function* tableBlocks(
  path: string,
  shown: string,
  visitor: TableVisitor,
  faults: FaultList,
): AsyncGenerator<void, boolean> {
  const blocks = await LineBlocks.open(path, shown);
  try {
    const table = new TableRows(shown, visitor, faults);
    do {
      const text = blocks.bytes.subarray(blocks.begin, blocks.end);
      const invalid = utf8Fault(text, shown, table.line);
      if (invalid) {
        faults.add(invalid);
        return false;
      }
      if (text.includes(quote)) return (yield* readQuotedRows(blocks, table)) && table.whole && !table.stopped;
      table.addLines(Buffer.from(text.buffer, text.byteOffset, text.length).toString('utf8'));
      yield;
    } while (!table.stopped && (await blocks.next(blocks.end)));
    return table.whole && !table.stopped;
  } finally {
    await blocks.close();
  }
}
