import { decode } from '../features/csv-row.js';
import type { LineBlocks } from '../files/line-blocks.js';
import { utf8Fault } from '../files/utf8.js';
import type { TableRows } from './table-rows.js';

const quote = 34;
const comma = 44;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * Reads the rest of a table, from the block at hand on, with quotes by RFC 4180. Two things are taken as they stand:
 * a quote inside an unquoted cell (5" pipe), and text after a closing quote of the same line. A quote that is closed in
 * a later line and in the middle of a cell has swallowed rows: that is told where it opened, and ends the reading, as a
 * quote that is never closed does. False if the reading ended so.
 */
export async function* readQuotedRows(blocks: LineBlocks, table: TableRows): AsyncGenerator<void, boolean> {
  for (;;) {
    const { bytes, begin, end, last } = blocks;
    const invalid = utf8Fault(bytes.subarray(begin, end), table.shown, table.line);
    if (invalid) {
      table.faults.add(invalid);
      return false;
    }
    const rows = new QuotedRows(bytes, begin, end, table);
    const outcome = rows.read();
    if (outcome === 'broken') return false;
    if (outcome === 'open') {
      // Only where the row began is certain: the next block begins there, too.
      if (last) return table.openQuote(rows.openedIn, 'a quote that is never closed');
      if (!(await blocks.next(rows.rowStart))) return true;
      continue;
    }
    if (table.stopped) return true;
    yield;
    if (!(await blocks.next(end))) return true;
  }
}

/** The rows of one block of whole lines. */
class QuotedRows {
  /** Where the row at hand begins. */
  rowStart: number;
  /** The line in which the last quote opened. */
  openedIn = 0;
  private nextQuote: number;

  constructor(
    private readonly bytes: Uint8Array,
    begin: number,
    private readonly end: number,
    private readonly table: TableRows,
  ) {
    this.rowStart = begin;
    this.nextQuote = this.quoteFrom(begin);
  }

  /** Reads to the end of the block, to the row whose quote is open there, or to a broken quote, of which it tells. */
  read(): 'done' | 'open' | 'broken' {
    const { bytes, end, table } = this;
    while (this.rowStart < end && !table.stopped) {
      if (this.nextQuote < this.rowStart) this.nextQuote = this.quoteFrom(this.rowStart);
      const plainEnd = this.nextQuote > this.rowStart ? bytes.lastIndexOf(lineFeed, this.nextQuote - 1) + 1 : 0;
      if (plainEnd > this.rowStart) {
        table.addLines(decode(bytes, this.rowStart, plainEnd));
        this.rowStart = plainEnd;
        continue;
      }
      const outcome = this.readRow();
      if (outcome !== 'done') return outcome;
    }
    return 'done';
  }

  /** Reads the row at hand, which holds quotes. */
  private readRow(): 'done' | 'open' | 'broken' {
    const { bytes, end, table } = this;
    const cells: string[] = [];
    let line = table.line;
    for (let p = this.rowStart; ; p++) {
      const from = p;
      let text: string | undefined;
      if (bytes[p] === quote) {
        this.openedIn = line;
        const closed = this.closingQuote(p);
        if (closed < 0) return 'open';
        const inside = decode(bytes, from + 1, closed);
        const feeds = inside.split('\n').length - 1;
        const clean = this.endsCell(closed + 1);
        if (!clean && feeds > 0) {
          table.openQuote(line, `a quote that closes only in line ${line + feeds}, in the middle of a cell`);
          return 'broken';
        }
        line += feeds;
        if (clean) text = inside.replaceAll('""', '"');
        p = closed + 1;
      }
      while (p < end && bytes[p] !== comma && bytes[p] !== lineFeed) p++;
      const last = bytes[p] === lineFeed;
      cells.push(text ?? decode(bytes, from, last && p > from && bytes[p - 1] === carriageReturn ? p - 1 : p));
      if (!last) continue;
      this.rowStart = p + 1;
      table.addRow(cells, table.line);
      table.line = line + 1;
      return 'done';
    }
  }

  /** The quote that closes the one at `opening`: the first that is not doubled; -1 if there is none in the block. */
  private closingQuote(opening: number): number {
    for (let p = opening + 1; ; p += 2) {
      p = this.quoteFrom(p);
      if (p >= this.end) return -1;
      if (this.bytes[p + 1] !== quote) return p;
    }
  }

  /** The next quote at or after `p`; the end of the block if there is none. */
  private quoteFrom(p: number): number {
    const found = this.bytes.indexOf(quote, p);
    return found < 0 || found >= this.end ? this.end : found;
  }

  private endsCell(p: number): boolean {
    const { bytes } = this;
    return bytes[p] === comma || bytes[p] === lineFeed || (bytes[p] === carriageReturn && bytes[p + 1] === lineFeed);
  }
}
