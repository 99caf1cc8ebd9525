import { isUtf8 } from 'node:buffer';
import type { FaultList } from '../faults.js';
import { LineBlocks } from '../files/line-blocks.js';
import { cellForms, parseCell } from '../numbers/cell-text.js';
import { readNumber } from '../numbers/number-cell.js';
import { decode, unquote } from './csv-row.js';
import type { FeatureCollector, FeaturePart } from './feature-collector.js';
import { EntryRow } from './entry-row.js';
import type { FeatureFile } from './feature-file.js';
import { type RowJoin, unknownRow } from './row-join.js';

const space = 32;
const tab = 9;
const lineFeed = 10;
const carriageReturn = 13;
const colon = 58;
const hash = 35;
const quote = 34;

/**
 * Columns that a file without a description may name: every number up to the largest becomes a feature, so that a
 * mistyped one would cost seconds and gigabytes. A description may list more.
 */
const widest = 1_000_000;

/**
 * Reads a sparse feature file, lines `instance_id key:value key:value …`: libsvm text with the instance_id in place of
 * the label. Keys are the ids of the description, in any order; without one they are 1, 2, 3 …. What a line does
 * not name is 0. A `#` before a word begins a comment. Parameters as of `readCsvFeatures`; sets `part.width` where
 * there is no description.
 */
export async function readLibsvmFeatures(
  file: FeatureFile,
  ids: readonly string[] | undefined,
  part: FeaturePart,
  collector: FeatureCollector,
  join: RowJoin,
  place: Int32Array,
  faults: FaultList,
): Promise<void> {
  const blocks = await LineBlocks.open(file.path, file.shown);
  try {
    const rows = new LibsvmRows(file.shown, ids, part, join, place, faults);
    do {
      rows.read(blocks.bytes, blocks.begin, blocks.end);
      collector.review();
    } while (!faults.full && (await blocks.next(blocks.end)));
    if (!faults.full) join.checkComplete();
    if (part.width === 0 && faults.count === 0) {
      faults.add({ file: file.shown, found: 'no feature at all', expected: 'lines such as: instance_id 1:0.5 7:2' });
    }
  } finally {
    await blocks.close();
  }
}

class LibsvmRows {
  private line = 0;
  private readonly value = new Float64Array(1);
  private readonly entries = new EntryRow();
  private readonly columnOf: ReadonlyMap<string, number> | undefined;

  constructor(
    private readonly shown: string,
    private readonly ids: readonly string[] | undefined,
    private readonly part: FeaturePart,
    private readonly join: RowJoin,
    private readonly place: Int32Array,
    private readonly faults: FaultList,
  ) {
    const counted = ids?.every((id, j) => id === String(j + 1)) ?? true;
    this.columnOf = counted ? undefined : new Map(ids?.map((id, j) => [id, j]));
  }

  read(bytes: Uint8Array, begin: number, end: number): void {
    for (let p = begin; p < end && !this.faults.full; ) {
      this.line++;
      const lineEnd = bytes.indexOf(lineFeed, p);
      const from = skipBlanks(bytes, p);
      if (from < lineEnd && bytes[from] !== hash) this.readLine(bytes, from, lineEnd);
      p = lineEnd + 1;
    }
  }

  private readLine(bytes: Uint8Array, from: number, lineEnd: number): void {
    const { join } = this;
    let row = join.matchExpected(bytes, from, space);
    let p = join.idEnd;
    if (row === unknownRow) {
      p = wordEnd(bytes, from, lineEnd);
      if (!isUtf8(bytes.subarray(from, p))) return this.fault('bytes that are not UTF-8', 'UTF-8 text');
      const id = unquote(decode(bytes, from, p)).trim();
      row = join.lookUp(id);
      if (row === unknownRow) return join.addUnknown(id, this.line);
    }
    if (!join.take(row, this.line)) return;
    this.entries.clear();
    for (p = skipBlanks(bytes, p); p < lineEnd && bytes[p] !== hash; p = skipBlanks(bytes, p)) {
      p = this.readEntry(bytes, p, lineEnd);
      if (p < 0) return;
    }
    const twice = this.entries.sort();
    if (twice >= 0)
      return this.fault(`the feature ${this.ids?.[twice] ?? twice + 1} twice`, 'each feature once in a line');
    const target = this.place[row];
    if (target >= 0) this.store(target);
  }

  /** Reads `key:value`; returns the position after it, or -1 with a fault. */
  private readEntry(bytes: Uint8Array, from: number, lineEnd: number): number {
    const wordTo = wordEnd(bytes, from, lineEnd);
    // A name may hold colons itself: the last one counts.
    const mark = bytes.lastIndexOf(colon, wordTo - 1);
    if (mark <= from) {
      this.fault(`"${decode(bytes, from, wordTo)}"`, 'feature:value, such as 7:0.5');
      return -1;
    }
    const column = this.columnOf ? this.namedColumn(bytes, from, mark) : this.countedColumn(bytes, from, mark);
    if (column < 0) return -1;
    const after = readNumber(bytes, mark + 1, this.value, 0);
    if (after !== wordTo) {
      const text = decode(bytes, mark + 1, wordTo);
      const value = parseCell(text);
      if (value === undefined) {
        this.fault(`"${text}"`, cellForms, this.ids?.[column] ?? column + 1);
        return -1;
      }
      this.value[0] = value;
    }
    this.entries.add(column, this.value[0]);
    return wordTo;
  }

  private namedColumn(bytes: Uint8Array, from: number, to: number): number {
    const key = decode(bytes, from, to);
    const column = this.columnOf?.get(key) ?? -1;
    if (column < 0) this.fault(`unknown feature "${key}"`, 'an id of the description file');
    return column;
  }

  private countedColumn(bytes: Uint8Array, from: number, to: number): number {
    let index = 0;
    for (let p = from; p < to; p++) {
      if (!(bytes[p] >= 48 && bytes[p] <= 57) || index > widest) {
        index = 0;
        break;
      }
      index = index * 10 + bytes[p] - 48;
    }
    const most = this.ids?.length ?? widest;
    if (index >= 1 && index <= most) return index - 1;
    const more = this.ids ? '' : ' (beyond that, list the features in a description file)';
    this.fault(`the feature "${decode(bytes, from, to)}"`, `a whole number from 1 to ${most}${more}`);
    return -1;
  }

  private store(target: number): void {
    const { part, entries, ids } = this;
    if (!ids && entries.count > 0) part.width = Math.max(part.width, entries.columns[entries.count - 1] + 1);
    if (!part.dense) return part.sparse.addEntries(target, entries.columns, entries.values, entries.count);
    const base = target * part.dense.stride + part.dense.offset;
    for (let k = 0; k < entries.count; k++) part.dense.values[base + entries.columns[k]] = entries.values[k];
  }

  private fault(found: string, expected: string, column?: string | number): void {
    this.faults.add({ file: this.shown, line: this.line, column, found, expected });
  }
}

function skipBlanks(bytes: Uint8Array, start: number): number {
  let p = start;
  while (bytes[p] === space || bytes[p] === tab || bytes[p] === carriageReturn) p++;
  return p;
}

/** The position after the word at `from`; blanks inside quotes belong to it. */
function wordEnd(bytes: Uint8Array, from: number, lineEnd: number): number {
  let p = from;
  if (bytes[p] === quote) {
    for (let open = true; open && ++p < lineEnd; )
      if (bytes[p] === quote) open = bytes[p + 1] === quote && ++p < lineEnd;
  }
  while (p < lineEnd && bytes[p] !== space && bytes[p] !== tab && bytes[p] !== carriageReturn) p++;
  return p;
}
