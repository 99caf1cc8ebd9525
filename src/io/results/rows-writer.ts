import type { CodedColumn } from '../../schema/prediction-table.js';
import type { RowsBlock, RowsColumnLayout, RowsHeader, RowsTextBlocks } from '../../schema/rows-header.js';
import { type FileWriter, type WrittenFile, writeFileBy } from './file-writer.js';
import { aligned, rowsMagic } from './rows-layout.js';

/** A column to write; all columns of a file have the same number of rows. */
export type RowsColumn =
  | { readonly name: string; readonly type: 'f64'; readonly values: Float64Array }
  | { readonly name: string; readonly type: 'i32'; readonly values: Int32Array }
  | { readonly name: string; readonly type: 'u32'; readonly values: Uint32Array }
  | { readonly name: string; readonly type: 'text'; readonly values: readonly string[] }
  | { readonly name: string; readonly type: 'coded'; readonly values: CodedColumn };

/** Values turned into bytes at once: memory beyond the columns themselves stays at a few megabytes. */
const valuesPerWrite = 65_536;

/** Writes rows.bin (see rows-layout.ts): the same columns give the same bytes. */
export async function writeRowsFile(
  path: string,
  table: string,
  rows: number,
  columns: readonly RowsColumn[],
): Promise<WrittenFile> {
  const header: RowsHeader = { table, rows, columns: layoutColumns(columns) };
  return writeFileBy(path, async (writer) => {
    const json = Buffer.from(JSON.stringify(header));
    const prefix = Buffer.alloc(16 + aligned(json.length), 0x20);
    prefix.set(rowsMagic);
    prefix.writeBigUInt64LE(BigInt(aligned(json.length)), 8);
    prefix.set(json, 16);
    await writer.write(prefix);
    for (const column of columns) await writeColumn(writer, column);
  });
}

function layoutColumns(columns: readonly RowsColumn[]): RowsColumnLayout[] {
  let end = 0;
  const take = (bytes: number): RowsBlock => {
    const block = { offset: end, bytes };
    end += aligned(bytes);
    return block;
  };
  const takeText = (values: readonly string[]): RowsTextBlocks => {
    let bytes = 0;
    for (const value of values) bytes += Buffer.byteLength(value);
    return { count: values.length, offsets: take((values.length + 1) * 8), text: take(bytes) };
  };
  return columns.map((column): RowsColumnLayout => {
    const { name, type } = column;
    if (type === 'text') return { name, type, ...takeText(column.values) };
    if (type === 'coded')
      return { name, type, codes: take(column.values.codes.byteLength), names: takeText(column.values.names) };
    return { name, type, values: take(column.values.byteLength) };
  });
}

async function writeColumn(writer: FileWriter, column: RowsColumn): Promise<void> {
  switch (column.type) {
    case 'text':
      return writeText(writer, column.values);
    case 'coded':
      await writeNumbers(writer, column.values.codes);
      return writeText(writer, column.values.names);
    default:
      return writeNumbers(writer, column.values);
  }
}

async function writeNumbers(writer: FileWriter, values: Float64Array | Int32Array | Uint32Array): Promise<void> {
  const width = values.BYTES_PER_ELEMENT;
  for (let start = 0; start < values.length; start += valuesPerWrite) {
    const n = Math.min(valuesPerWrite, values.length - start);
    const bytes = Buffer.alloc(n * width);
    for (let i = 0; i < n; i++) putNumber(bytes, i * width, values, start + i);
    await writer.write(bytes);
  }
  await pad(writer, values.byteLength);
}

function putNumber(bytes: Buffer, at: number, values: Float64Array | Int32Array | Uint32Array, i: number): void {
  const value = values[i];
  if (values instanceof Int32Array) bytes.writeInt32LE(value, at);
  else if (values instanceof Uint32Array) bytes.writeUInt32LE(value, at);
  else if (Number.isNaN(value)) bytes.writeBigUInt64LE(canonicalNaN, at);
  else bytes.writeDoubleLE(value, at);
}

/** NaN has many bit patterns, and which one an operation gives depends on the machine: the file has this one. */
const canonicalNaN = 0x7ff8000000000000n;

async function writeText(writer: FileWriter, values: readonly string[]): Promise<void> {
  const offsets = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) offsets[i + 1] = offsets[i] + Buffer.byteLength(values[i]);
  await writeNumbers(writer, offsets);
  for (let start = 0; start < values.length; start += valuesPerWrite) {
    await writer.write(values.slice(start, start + valuesPerWrite).join(''));
  }
  await pad(writer, offsets[values.length]);
}

async function pad(writer: FileWriter, written: number): Promise<void> {
  const missing = aligned(written) - written;
  if (missing > 0) await writer.write(new Uint8Array(missing));
}
