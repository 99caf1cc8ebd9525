import type { FileHandle } from 'node:fs/promises';
import { printable, UserError } from '../../errors.js';
import type { RowTexts } from '../../rows/row-texts.js';
import type { CodedColumn } from '../../schema/prediction-table.js';
import {
  type RowsBlock,
  type RowsColumnLayout,
  type RowsHeader,
  type RowsTextBlocks,
  rowsHeaderSchema,
} from '../../schema/rows-header.js';
import { openRegularFile } from '../files/regular-file.js';
import { aligned, numberWidth, rowsMagic } from './rows-layout.js';

/** A text column as bytes: a row becomes a string when asked for. */
export interface TextColumn extends RowTexts {
  toArray(): string[];
}

type NumbersOf = { f64: Float64Array; i32: Int32Array; u32: Uint32Array };

const bytesPerRead = 2 ** 28;
/** A header names a few columns. */
const largestHeader = 2 ** 20;

/** An open rows.bin: reads the columns asked for and nothing else. */
export class RowsReader {
  private constructor(
    private readonly handle: FileHandle,
    private readonly path: string,
    private readonly dataStart: number,
    readonly header: RowsHeader,
  ) {}

  /** Throws UserError if the file is missing, is no rows file, or is shorter than its header says. */
  static async open(path: string): Promise<RowsReader> {
    const handle = await openRegularFile(path).catch((error: NodeJS.ErrnoException) => {
      throw new UserError(`${path} cannot be read: ${error.message}`, { cause: error });
    });
    try {
      const { header, dataStart } = await readHeader(handle, path);
      return new RowsReader(handle, path, dataStart, header);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get rows(): number {
    return this.header.rows;
  }

  async numbers<T extends keyof NumbersOf>(name: string, type: T): Promise<NumbersOf[T]> {
    const column = this.column(name, type);
    if (!('values' in column)) throw damaged(this.path, `it has no ${type} column "${printable(name)}"`);
    return this.readNumbers(column.values, type);
  }

  async text(name: string): Promise<TextColumn> {
    const column = this.column(name, 'text');
    if (column.type !== 'text') throw damaged(this.path, `it has no text column "${printable(name)}"`);
    return this.readText(column);
  }

  /** Does the file have such a column? */
  has(name: string): boolean {
    return this.header.columns.some((column) => column.name === name);
  }

  async coded(name: string): Promise<CodedColumn> {
    const column = this.column(name, 'coded');
    if (column.type !== 'coded') throw damaged(this.path, `it has no coded column "${printable(name)}"`);
    const names = await this.readText(column.names);
    const codes = await this.readNumbers(column.codes, 'i32');
    for (let row = 0; row < codes.length; row++) {
      if (codes[row] >= -1 && codes[row] < names.length) continue;
      throw damaged(this.path, `row ${row} of column "${printable(name)}" has no such name`);
    }
    return { names: names.toArray(), codes };
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private column(name: string, type: RowsColumnLayout['type']): RowsColumnLayout {
    const found = this.header.columns.find((column) => column.name === name);
    if (found?.type !== type) throw damaged(this.path, `it has no ${type} column "${printable(name)}"`);
    return found;
  }

  private async readNumbers<T extends keyof NumbersOf>(block: RowsBlock, type: T): Promise<NumbersOf[T]> {
    const bytes = await this.readBlock(block);
    const n = block.bytes / numberWidth[type];
    const views = { f64: Float64Array, i32: Int32Array, u32: Uint32Array };
    if (littleEndian) return new views[type](bytes.buffer, bytes.byteOffset, n) as NumbersOf[T];
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const values = new views[type](n);
    for (let i = 0; i < n; i++) {
      if (type === 'f64') values[i] = view.getFloat64(i * 8, true);
      else values[i] = type === 'i32' ? view.getInt32(i * 4, true) : view.getUint32(i * 4, true);
    }
    return values as NumbersOf[T];
  }

  private async readText(blocks: RowsTextBlocks): Promise<TextColumn> {
    const offsets = await this.readNumbers(blocks.offsets, 'f64');
    const bytes = await this.readBlock(blocks.text);
    this.checkOffsets(offsets, bytes.length);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const at = (row: number): string => text.toString('utf8', offsets[row], offsets[row + 1]);
    const toArray = (): string[] => Array.from({ length: blocks.count }, (_, row) => at(row));
    return { length: blocks.count, at, toArray, bytes, offsets };
  }

  /** Each text begins where the one before it ends: who goes along them must come to an end. */
  private checkOffsets(offsets: Float64Array, end: number): void {
    let sound = offsets[0] === 0 && offsets[offsets.length - 1] === end;
    for (let row = 1; sound && row < offsets.length; row++) {
      sound = offsets[row] >= offsets[row - 1] && Number.isInteger(offsets[row]);
    }
    if (!sound) throw damaged(this.path, 'its texts are misplaced');
  }

  private async readBlock({ offset, bytes }: RowsBlock): Promise<Uint8Array<ArrayBuffer>> {
    // A buffer of its own begins at 0, so typed arrays over it are aligned.
    const target = new Uint8Array(bytes);
    let done = 0;
    while (done < bytes) {
      const length = Math.min(bytesPerRead, bytes - done);
      const { bytesRead } = await this.handle.read(target, done, length, this.dataStart + offset + done);
      if (bytesRead === 0) throw damaged(this.path, 'it ends too early');
      done += bytesRead;
    }
    return target;
  }
}

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

async function readHeader(handle: FileHandle, path: string): Promise<{ header: RowsHeader; dataStart: number }> {
  const prefix = Buffer.alloc(16);
  await handle.read(prefix, 0, 16, 0);
  if (!prefix.subarray(0, 7).equals(rowsMagic.subarray(0, 7))) throw damaged(path, 'it is no rows file');
  if (prefix[7] > rowsMagic[7])
    throw new UserError(`${path} was written by a newer secuml`, { hint: 'upgrade secuml' });
  const length = Number(prefix.readBigUInt64LE(8));
  const { size } = await handle.stat();
  if (length > largestHeader) throw damaged(path, 'its header is too long');
  if (16 + length > size) throw damaged(path, 'it ends too early');
  const json = Buffer.alloc(length);
  await handle.read(json, 0, length, 16);
  const header = parseHeader(json.toString(), path);
  const dataStart = 16 + length;
  for (const column of header.columns) checkColumn(column, header.rows, size - dataStart, path);
  return { header, dataStart };
}

function parseHeader(json: string, path: string): RowsHeader {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw damaged(path, 'its header is no JSON');
  }
  const header = rowsHeaderSchema.safeParse(parsed);
  if (!header.success) throw damaged(path, `its header is wrong: ${header.error.issues[0].message}`);
  return header.data;
}

/** Every block has the size that its rows need and lies inside the file. */
function checkColumn(column: RowsColumnLayout, rows: number, available: number, path: string): void {
  const expect = (block: RowsBlock, bytes: number): void => {
    if (block.bytes !== bytes || block.offset % 8 !== 0)
      throw damaged(path, `column "${printable(column.name)}" is misplaced`);
    if (aligned(block.offset + block.bytes) > available) throw damaged(path, 'it ends too early');
  };
  const expectText = (blocks: RowsTextBlocks): void => {
    expect(blocks.offsets, (blocks.count + 1) * 8);
    expect(blocks.text, blocks.text.bytes);
  };
  if (column.type === 'coded') {
    expect(column.codes, rows * 4);
    expectText(column.names);
  } else if (column.type === 'text') {
    if (column.count !== rows)
      throw damaged(path, `column "${printable(column.name)}" has ${column.count} rows of ${rows}`);
    expectText(column);
  } else {
    expect(column.values, rows * numberWidth[column.type]);
  }
}

function damaged(path: string, what: string): UserError {
  return new UserError(`${path} is damaged: ${what}`);
}
