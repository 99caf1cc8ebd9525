import { isUtf8 } from 'node:buffer';
import type { FaultList } from '../faults.js';
import { LineBlocks } from '../files/line-blocks.js';
import { cellForms, parseCell } from '../numbers/cell-text.js';
import { readCells } from './csv-cells.js';
import { type CsvHead, readCsvHead, sampleDensity } from './csv-head.js';
import { cellEnd, decode, splitCsvRow, unquote } from './csv-row.js';
import type { FeatureCollector, FeaturePart } from './feature-collector.js';
import type { FeatureColumns, FeatureFile } from './feature-file.js';
import { type RowIds, type RowJoin, unknownRow } from './row-join.js';

const comma = 44;
const lineFeed = 10;
const carriageReturn = 13;
/** What of a file is read to know its columns. */
const peekBytes = 1 << 16;

/** Reads the header and the first rows; undefined, with a fault, if the header is wrong. */
export async function peekCsv(file: FeatureFile, faults: FaultList): Promise<FeatureColumns | undefined> {
  const blocks = await LineBlocks.open(file.path, file.shown, peekBytes);
  try {
    const head = readCsvHead(blocks, file.shown, faults);
    return head && { ids: head.ids, density: sampleDensity(blocks, head) };
  } finally {
    await blocks.close();
  }
}

/**
 * Reads all rows of a CSV feature file into `part`. `place` says which row of the matrix an instance has, -1 for one
 * that is not wanted (it is checked all the same).
 */
export async function readCsvFeatures(
  file: FeatureFile,
  part: FeaturePart,
  collector: FeatureCollector,
  join: RowJoin,
  place: Int32Array,
  faults: FaultList,
): Promise<void> {
  const blocks = await LineBlocks.open(file.path, file.shown);
  try {
    const head = readCsvHead(blocks, file.shown, faults);
    if (!head) return;
    const rows = new CsvFeatureRows(file.shown, head, part, join, place, faults);
    let from = head.next;
    for (;;) {
      const consumed = rows.read(blocks.bytes, from, blocks.end, blocks.last);
      collector.review();
      if (faults.full || !(await blocks.next(consumed))) break;
      from = blocks.begin;
    }
    if (!faults.full) join.checkComplete();
  } finally {
    await blocks.close();
  }
}

/** Takes apart the rows of a CSV feature file, block by block. */
export class CsvFeatureRows {
  /** Rows of known instances so far, each instance once. */
  taken = 0;
  private line: number;
  private readonly width: number;
  private readonly scratch: Float64Array;

  constructor(
    private readonly shown: string,
    private readonly head: CsvHead,
    private readonly part: FeaturePart,
    private readonly join: RowIds,
    private readonly place: Int32Array,
    private readonly faults: FaultList,
  ) {
    this.line = head.line;
    this.width = head.ids.length;
    this.scratch = new Float64Array(this.width);
  }

  /**
   * Reads the rows of a block until `limit` are `taken`; returns where it stopped: there, at its end, or before a row
   * with an open quote.
   */
  read(bytes: Uint8Array, from: number, end: number, last: boolean, limit = Number.POSITIVE_INFINITY): number {
    const { part, join, place, scratch, width } = this;
    const { dense } = part;
    let p = from;
    while (p < end && this.taken < limit) {
      if (bytes[p] === lineFeed || (bytes[p] === carriageReturn && bytes[p + 1] === lineFeed)) {
        p += bytes[p] === lineFeed ? 1 : 2;
        this.line++;
        continue;
      }
      let row = join.matchExpected(bytes, p, comma);
      const cellsFrom = row === unknownRow ? cellEnd(bytes, p, end) + 1 : join.idEnd + 1;
      let idLines = 0;
      if (row === unknownRow && cellsFrom > 0) {
        const id = unquote(decode(bytes, p, cellsFrom - 1)).trim();
        row = join.lookUp(id);
        idLines = id.split('\n').length - 1;
      }
      const target = row === unknownRow ? -1 : place[row];
      const inPlace = dense !== undefined && target >= 0;
      const after =
        cellsFrom === 0 || bytes[cellsFrom - 1] !== comma
          ? -1
          : inPlace
            ? readCells(bytes, cellsFrom, end, dense.values, target * dense.stride + dense.offset, width)
            : readCells(bytes, cellsFrom, end, scratch, 0, width);
      if (after < 0 || row === unknownRow) {
        const next = this.explain(bytes, p, end, last);
        if (next < 0) return p;
        p = next;
        if (this.faults.full) return end;
        continue;
      }
      if (join.take(row, this.line)) {
        this.taken++;
        if (target >= 0 && !dense) part.sparse.addCells(target, scratch, width);
      }
      this.line += 1 + idLines;
      p = after + 1;
    }
    return p;
  }

  /**
   * Takes apart the row at `start`, with which something is wrong, and adds a fault for each such thing. Returns where
   * the next row begins, or -1 if a quote is open and the next block may close it.
   */
  private explain(bytes: Uint8Array, start: number, end: number, last: boolean): number {
    const { head, width, line } = this;
    const faultsBefore = this.faults.count;
    const fault = (found: string, expected: string, column?: string): void =>
      this.faults.add({ file: this.shown, line, column, found, expected });
    const row = splitCsvRow(bytes, start, end);
    if (!row) {
      if (!last) return -1;
      fault('a quote that is never closed', 'a closing quote');
      return end;
    }
    this.line += row.lines;
    if (!isUtf8(bytes.subarray(start, row.next))) fault('bytes that are not UTF-8', 'UTF-8 text');
    const [idCell, ...cells] = row.cells;
    const id = idCell.trim();
    const known = this.join.lookUp(id);
    if (known === unknownRow) this.join.addUnknown(id, line);
    else this.join.take(known, line);
    if (cells.length !== width) {
      fault(`${cells.length + 1} ${cells.length === 0 ? 'cell' : 'cells'}`, `${width + 1}, as in the header`);
      return row.next;
    }
    cells.forEach((cell, j) => {
      const text = cell.trim();
      if (parseCell(text) === undefined) fault(`"${text}"`, cellForms, head.ids[j]);
    });
    if (this.faults.count === faultsBefore)
      throw new Error(`line ${line} of ${this.shown} was refused without a reason`);
    return row.next;
  }
}
