import { type FileHandle, open } from 'node:fs/promises';
import { type FeatureMatrix, sharedFloat64, sharedUint32 } from '../../ml/matrix/feature-matrix.js';
import { allocateDense } from '../features/feature-collector.js';
import { cellBytes, cellsOffset, type EntryHead, magic, preambleBytes, startBytes } from './cache-entry.js';

const pieceBytes = 1 << 24;

/** An entry of the cache, open for reading: all of it, or single rows. */
export class EntryReader {
  private starts: Uint32Array | undefined;

  private constructor(
    private readonly handle: FileHandle,
    readonly head: EntryHead,
    private readonly offset: number,
  ) {}

  /** Undefined if there is no such entry that can be read, is whole and of this layout. */
  static async open(path: string): Promise<EntryReader | undefined> {
    // Absent, or not to be had: either way the files themselves are read.
    const handle = await open(path, 'r').catch(() => undefined);
    if (!handle) return undefined;
    const reader = await EntryReader.readHead(handle);
    if (!reader) await handle.close();
    return reader;
  }

  private static async readHead(handle: FileHandle): Promise<EntryReader | undefined> {
    const { size } = await handle.stat();
    const preamble = Buffer.alloc(preambleBytes);
    if (size < preambleBytes) return undefined;
    await readExactly(handle, preamble, 0);
    if (preamble.toString('latin1', 0, magic.length) !== magic) return undefined;
    const headBytes = preamble.readUInt32LE(magic.length);
    if (size < preambleBytes + headBytes) return undefined;
    const text = Buffer.alloc(headBytes);
    await readExactly(handle, text, preambleBytes);
    const head = parseHead(text.toString('utf8'));
    const offset = cellsOffset(headBytes);
    return head && size === offset + cellBytes(head) ? new EntryReader(handle, head, offset) : undefined;
  }

  /** The whole matrix, on shared buffers. */
  async readAll(): Promise<FeatureMatrix> {
    const { rows, columns, entries, kind } = this.head;
    if (kind === 'dense') {
      const matrix = allocateDense(rows, columns);
      await readExactly(this.handle, new Uint8Array(matrix.values.buffer), this.offset);
      return matrix;
    }
    const rowStart = sharedUint32(rows + 1);
    rowStart.set(await this.rowStarts());
    const columnIndex = sharedUint32(entries);
    const values = sharedFloat64(entries);
    const columnBytes = new Uint8Array(columnIndex.buffer);
    const valueBytes = new Uint8Array(values.buffer);
    for (let first = 0; first < rows; ) {
      let next = first + 1;
      while (next < rows && (rowStart[next + 1] - rowStart[first]) * 12 <= pieceBytes) next++;
      const piece = new Uint8Array((rowStart[next] - rowStart[first]) * 12);
      await readExactly(this.handle, piece, this.entryOffset(rowStart[first]));
      for (let i = first, at = 0; i < next; i++) {
        const from = rowStart[i];
        const count = rowStart[i + 1] - from;
        columnBytes.set(piece.subarray(at, at + count * 4), from * 4);
        valueBytes.set(piece.subarray(at + count * 4, at + count * 12), from * 8);
        at += count * 12;
      }
      first = next;
    }
    return { kind: 'sparse', rows, columns, rowStart, columnIndex, values };
  }

  /** The cells of one row: one read (the first time, for a sparse entry, the row starts too). */
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

  private async rowStarts(): Promise<Uint32Array> {
    if (!this.starts) {
      const starts = new Uint32Array(this.head.rows + 1);
      await readExactly(this.handle, new Uint8Array(starts.buffer), this.offset);
      this.starts = starts;
    }
    return this.starts;
  }
}

function parseHead(text: string): EntryHead | undefined {
  try {
    const head = JSON.parse(text) as EntryHead;
    const whole = [head.rows, head.columns, head.entries].every((count) => Number.isSafeInteger(count) && count >= 0);
    return whole && head.names.length === head.columns ? head : undefined;
  } catch {
    return undefined;
  }
}

async function readExactly(handle: FileHandle, into: Uint8Array, position: number): Promise<void> {
  for (let filled = 0; filled < into.length; ) {
    const length = Math.min(pieceBytes, into.length - filled);
    const { bytesRead } = await handle.read(into, filled, length, position + filled);
    if (bytesRead === 0) throw new Error('an entry of the cache became shorter while it was read');
    filled += bytesRead;
  }
}
