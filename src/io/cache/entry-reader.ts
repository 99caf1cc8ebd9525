import { type FileHandle, open } from 'node:fs/promises';
import { type FeatureMatrix, sharedFloat64, sharedUint32 } from '../../ml/matrix/feature-matrix.js';
import { readWithoutWaiting } from '../files/regular-file.js';
import { allocateDense } from '../features/feature-collector.js';
import {
  cellBytes,
  cellsOffset,
  DamagedEntry,
  type EntryHead,
  footerBytes,
  magic,
  preambleBytes,
  startBytes,
} from './cache-entry.js';
import { readExactly, readSummed } from './checked-read.js';
import { Checksum, checksum } from './checksum.js';

const pieceBytes = 1 << 24;

/** An entry of the cache, open for reading: all of it, or single rows. */
export class EntryReader {
  private starts: Uint32Array | undefined;

  private constructor(
    private readonly handle: FileHandle,
    readonly head: EntryHead,
    private readonly offset: number,
  ) {}

  /** Undefined if there is no such entry that can be opened; throws DamagedEntry for one that is not whole. */
  static async open(path: string): Promise<EntryReader | undefined> {
    // Absent, or not to be had: either way the files themselves are read.
    const handle = await open(path, readWithoutWaiting).catch(() => undefined);
    if (!handle) return undefined;
    try {
      return await EntryReader.readHead(handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  private static async readHead(handle: FileHandle): Promise<EntryReader> {
    const file = await handle.stat();
    if (!file.isFile()) throw new DamagedEntry('it is no file');
    const preamble = Buffer.alloc(preambleBytes);
    if (file.size < preambleBytes) throw new DamagedEntry('it is cut short');
    await readExactly(handle, preamble, 0);
    if (preamble.toString('latin1', 0, magic.length) !== magic) throw new DamagedEntry('it begins with other bytes');
    const headBytes = preamble.readUInt32LE(magic.length);
    const offset = cellsOffset(headBytes);
    if (file.size < offset) throw new DamagedEntry('it is cut short');
    const text = new Uint8Array(offset - preambleBytes);
    await readExactly(handle, text, preambleBytes);
    if (checksum(text) !== preamble.readUInt32LE(magic.length + 4)) throw changed();
    const head = parseHead(Buffer.from(text.buffer, 0, headBytes).toString('utf8'));
    if (file.size !== offset + cellBytes(head) + footerBytes) throw new DamagedEntry('it is cut short');
    return new EntryReader(handle, head, offset);
  }

  /**
   * The matrix, on shared buffers: all rows, or those in `rows` (ascending), for which all are read, but not kept.
   * Throws DamagedEntry where the bytes are not those that were written.
   */
  async readMatrix(rows?: Uint32Array): Promise<FeatureMatrix> {
    const sum = new Checksum();
    const matrix = this.head.kind === 'dense' ? await this.readDense(rows, sum) : await this.readSparse(rows, sum);
    const footer = Buffer.alloc(footerBytes);
    await readExactly(this.handle, footer, this.offset + cellBytes(this.head));
    if (footer.readUInt32LE(0) !== sum.digest() || footer.readUInt32LE(4) !== 0) throw changed();
    return matrix;
  }

  private async readDense(wanted: Uint32Array | undefined, sum: Checksum): Promise<FeatureMatrix> {
    const { rows, columns } = this.head;
    const matrix = allocateDense(wanted?.length ?? rows, columns);
    if (!wanted) {
      await readSummed(this.handle, new Uint8Array(matrix.values.buffer), this.offset, sum);
      return matrix;
    }
    const rowsInPiece = Math.max(1, Math.floor(pieceBytes / (columns * 8)));
    const piece = new Float64Array(rowsInPiece * columns);
    let taken = 0;
    for (let first = 0; first < rows; first += rowsInPiece) {
      const count = Math.min(rowsInPiece, rows - first);
      const bytes = new Uint8Array(piece.buffer, 0, count * columns * 8);
      await readSummed(this.handle, bytes, this.offset + first * columns * 8, sum);
      for (; taken < wanted.length && wanted[taken] < first + count; taken++) {
        const from = (wanted[taken] - first) * columns;
        matrix.values.set(piece.subarray(from, from + columns), taken * columns);
      }
    }
    return matrix;
  }

  private async readSparse(wanted: Uint32Array | undefined, sum: Checksum): Promise<FeatureMatrix> {
    const { rows, columns } = this.head;
    const starts = await this.rowStarts(sum);
    const list = wanted ?? new Uint32Array(rows).map((_, row) => row);
    const rowStart = sharedUint32(list.length + 1);
    for (let i = 0; i < list.length; i++) rowStart[i + 1] = rowStart[i] + starts[list[i] + 1] - starts[list[i]];
    const columnIndex = sharedUint32(rowStart[list.length]);
    const values = sharedFloat64(rowStart[list.length]);
    // In words: the values of a row begin at a multiple of 4 bytes only.
    const valueWords = new Uint32Array(values.buffer);
    let taken = 0;
    for (let first = 0; first < rows; ) {
      let next = first + 1;
      while (next < rows && (starts[next + 1] - starts[first]) * 12 <= pieceBytes) next++;
      const piece = new Uint8Array((starts[next] - starts[first]) * 12);
      await readSummed(this.handle, piece, this.entryOffset(starts[first]), sum);
      const words = new Uint32Array(piece.buffer);
      for (; taken < list.length && list[taken] < next; taken++) {
        let at = (starts[list[taken]] - starts[first]) * 3;
        const end = rowStart[taken + 1];
        for (let k = rowStart[taken]; k < end; k++) columnIndex[k] = words[at++];
        for (let k = rowStart[taken] * 2; k < end * 2; k++) valueWords[k] = words[at++];
      }
      first = next;
    }
    return { kind: 'sparse', rows: list.length, columns, rowStart, columnIndex, values };
  }

  /** The cells of one row, unchecked: one read (the first time, for a sparse entry, the row starts too). */
  async readRow(row: number): Promise<Float64Array> {
    const { rows, columns, kind } = this.head;
    if (!(row >= 0 && row < rows)) throw new RangeError(`row ${row} of ${rows}`);
    const cells = new Float64Array(columns);
    if (kind === 'dense') {
      await readExactly(this.handle, new Uint8Array(cells.buffer), this.offset + row * columns * 8);
      return cells;
    }
    const starts = await this.rowStarts();
    const count = starts[row + 1] - starts[row];
    const bytes = new Uint8Array(count * 12);
    await readExactly(this.handle, bytes, this.entryOffset(starts[row]));
    const view = new DataView(bytes.buffer);
    for (let k = 0; k < count; k++) cells[view.getUint32(k * 4, true)] = view.getFloat64(count * 4 + k * 8, true);
    return cells;
  }

  /** Marks the entry as used, for the order in which entries are dropped. */
  async touch(): Promise<void> {
    const now = new Date();
    // A cache that cannot be written can be read all the same.
    await this.handle.utimes(now, now).catch(() => undefined);
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private entryOffset(entry: number): number {
    return this.offset + startBytes(this.head.rows) + entry * 12;
  }

  /** Where the entries of each row begin, and at the end their number. */
  private async rowStarts(sum?: Checksum): Promise<Uint32Array> {
    const { rows, entries } = this.head;
    if (this.starts && !sum) return this.starts;
    const padded = new Uint32Array(startBytes(rows) / 4);
    await readSummed(this.handle, new Uint8Array(padded.buffer), this.offset, sum ?? new Checksum());
    const starts = padded.subarray(0, rows + 1);
    // A wrong one could ask for any amount of memory before the checksum tells.
    const rising = starts.every((start, row) => row === 0 || start >= starts[row - 1]);
    if (!rising || starts[0] !== 0 || starts[rows] !== entries) throw changed();
    this.starts = starts;
    return starts;
  }
}

/** The head was checked as it was padded: a wrong length shows here only. */
function parseHead(text: string): EntryHead {
  try {
    return JSON.parse(text) as EntryHead;
  } catch {
    throw changed();
  }
}

function changed(): DamagedEntry {
  return new DamagedEntry('its bytes are not those that were written');
}
