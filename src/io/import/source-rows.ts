import type { FaultList } from '../faults.js';
import { LineBlocks } from '../files/line-blocks.js';
import { utf8Fault } from '../files/utf8.js';
import { type ArffHeader, arffRow } from './arff.js';
import { type Dialect, delimiters } from './dialect.js';
import { splitRow } from './split-row.js';

/** The table to import: where it is, and how people know it. */
export interface SourceFile {
  readonly path: string;
  /** For faults: the path as typed, or `standard input`. */
  readonly shown: string;
  readonly dialect: Dialect;
}

/** What takes the rows of a table; the first one is the header. */
export interface RowVisitor {
  /** Cells as they are, not trimmed; `line` is where the row begins. */
  row(cells: readonly string[], line: number): void;
  /** After each block of about a megabyte; it may throw to stop the reading. */
  block?(bytes: number): void;
  /** After each block too: time to write what the rows have become. */
  flush?(): Promise<void>;
}

/**
 * Reads a table row by row, block by block: LF or CRLF, byte order mark, quotes, gzip, ARFF; empty lines do not count. Wrong
 * encoding and a quote that is never closed go to `faults`, and reading stops when these are full. Memory does not grow
 * with the file. Cells may be parts of the block's text: what is kept must be copied (see keptText).
 */
export async function readSourceRows(source: SourceFile, visitor: RowVisitor, faults: FaultList): Promise<void> {
  const { path, shown, dialect } = source;
  const blocks = await LineBlocks.open(path, shown);
  for await (const bytes of rowsOfBlocks(blocks, shown, dialect, visitor, faults)) {
    visitor.block?.(bytes);
    await visitor.flush?.();
  }
}

/** The same of blocks that are open, which are closed at the end; yields the bytes that each block came to. */
export async function* rowsOfBlocks(
  blocks: LineBlocks,
  shown: string,
  dialect: Dialect,
  visitor: Pick<RowVisitor, 'row'>,
  faults: FaultList,
): AsyncGenerator<number> {
  const delimiter = delimiters[dialect.delimiter];
  let line = 1;
  try {
    do {
      const bytes = blocks.bytes.subarray(blocks.begin, blocks.end);
      const invalid = utf8Fault(bytes, shown, line);
      if (invalid) return faults.add(invalid);
      const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
      const read = dialect.arff
        ? readArffBlock(text, line, shown, dialect.arff, visitor, faults)
        : readBlock(text, line, delimiter, dialect.skippedLines, visitor, faults);
      if (faults.full) return;
      line = read.line;
      const left = read.end < text.length ? Buffer.byteLength(text.slice(read.end)) : 0;
      if (left > 0 && blocks.last) {
        return faults.add({ file: shown, line, found: 'a quote that is never closed', expected: 'a closing quote' });
      }
      yield bytes.length - left;
      if (!(await blocks.next(blocks.end - left))) return;
    } while (blocks.begin < blocks.end);
  } finally {
    await blocks.close();
  }
}

/** Hands the rows of a block to the visitor; `end` is where a row begins whose quote is open at the block's end. */
function readBlock(
  text: string,
  firstLine: number,
  delimiter: string,
  skippedLines: number,
  visitor: Pick<RowVisitor, 'row'>,
  faults: FaultList,
): { line: number; end: number } {
  let line = firstLine;
  let p = 0;
  let quote = text.indexOf('"');
  while (p < text.length && !faults.full) {
    const feed = text.indexOf('\n', p);
    if (line <= skippedLines) {
      p = feed + 1;
      line++;
      continue;
    }
    if (quote >= 0 && quote < p) quote = text.indexOf('"', p);
    if (quote >= 0 && quote < feed) {
      const row = splitRow(text, p, delimiter);
      if (!row) break;
      visitor.row(row.cells, line);
      p = row.next;
      line += row.lines;
      continue;
    }
    const end = feed > p && text.charCodeAt(feed - 1) === 13 ? feed - 1 : feed;
    if (end > p) visitor.row(text.slice(p, end).split(delimiter), line);
    p = feed + 1;
    line++;
  }
  return { line, end: p };
}

/** The same of an ARFF file, each row of which is one line; its names come as the first row. */
function readArffBlock(
  text: string,
  firstLine: number,
  shown: string,
  header: ArffHeader,
  visitor: Pick<RowVisitor, 'row'>,
  faults: FaultList,
): { line: number; end: number } {
  let line = firstLine;
  let p = 0;
  for (; p < text.length && !faults.full; line++) {
    const feed = text.indexOf('\n', p);
    if (line === header.lines) visitor.row(header.names, line);
    else if (line > header.lines) {
      const row = arffRow(text.slice(p, feed), header);
      if (row && 'found' in row) faults.add({ file: shown, line, ...row });
      else if (row) visitor.row(row, line);
    }
    p = feed + 1;
  }
  return { line, end: p };
}

/** A copy of its own: a short part of a text keeps the whole text in memory. */
export function keptText(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf8').toString('utf8');
}
