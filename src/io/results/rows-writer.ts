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
  const offsets: Offsets = new Map();
  const header: RowsHeader = { table, rows, columns: layoutColumns(columns, offsets) };
  return writeFileBy(path, async (writer) => {
    const json = Buffer.from(JSON.stringify(header));
    const prefix = Buffer.alloc(16 + aligned(json.length), 0x20);
    prefix.set(rowsMagic);
    prefix.writeBigUInt64LE(BigInt(aligned(json.length)), 8);
    prefix.set(json, 16);
    await writer.write(prefix);
    for (const column of columns) await writeColumn(writer, column, offsets);
  });
}

/** Where the texts of each list begin. */
type Offsets = Map<readonly string[], Float64Array>;

function layoutColumns(columns: readonly RowsColumn[], offsets: Offsets): RowsColumnLayout[] {
  let end = 0;
  const take = (bytes: number): RowsBlock => {
    const block = { offset: end, bytes };
    end += aligned(bytes);
    return block;
  };
  const takeText = (values: readonly string[]): RowsTextBlocks => {
    const starts = textOffsets(values);
    offsets.set(values, starts);
    return { count: values.length, offsets: take(starts.byteLength), text: take(starts[values.length]) };
  };
  return columns.map((column): RowsColumnLayout => {
    const { name, type } = column;
    if (type === 'text') return { name, type, ...takeText(column.values) };
    if (type === 'coded')
      return { name, type, codes: take(column.values.codes.byteLength), names: takeText(column.values.names) };
    return { name, type, values: take(column.values.byteLength) };
  });
}

async function writeColumn(writer: FileWriter, column: RowsColumn, offsets: Offsets): Promise<void> {
  switch (column.type) {
    case 'text':
      return writeText(writer, column.values, offsets);
    case 'coded':
      await writeNumbers(writer, column.values.codes);
      return writeText(writer, column.values.names, offsets);
    default:
      return writeNumbers(writer, column.values);
  }
}

async function writeNumbers(writer: FileWriter, values: Float64Array | Int32Array | Uint32Array): Promise<void> {
  for (let start = 0; start < values.length; start += valuesPerWrite) {
    await writer.write(littleEndianBytes(values.subarray(start, start + valuesPerWrite)));
  }
  await pad(writer, values.byteLength);
}

/** The values as the file has them: on nearly every machine, their own bytes. */
function littleEndianBytes(values: Float64Array | Int32Array | Uint32Array): Uint8Array {
  const plain = values instanceof Float64Array ? withCanonicalNaN(values) : values;
  const bytes = Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
  if (littleEndian) return bytes;
  const swapped = Buffer.from(bytes);
  return values.BYTES_PER_ELEMENT === 8 ? swapped.swap64() : swapped.swap32();
}

const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** NaN has many bit patterns, and which one an operation gives depends on the machine: the file has this one. */
const canonicalNaN = 0x7ff8000000000000n;

function withCanonicalNaN(values: Float64Array): Float64Array {
  let first = 0;
  // NaN alone differs from itself.
  while (first < values.length && values[first] === values[first]) first++;
  if (first === values.length) return values;
  const copy = values.slice();
  const bits = new BigUint64Array(copy.buffer, copy.byteOffset, copy.length);
  for (let i = first; i < copy.length; i++) if (Number.isNaN(copy[i])) bits[i] = canonicalNaN;
  return copy;
}

async function writeText(writer: FileWriter, values: readonly string[], offsets: Offsets): Promise<void> {
  const starts = offsets.get(values) ?? textOffsets(values);
  await writeNumbers(writer, starts);
  for (let start = 0; start < values.length; start += valuesPerWrite) {
    await writer.write(values.slice(start, start + valuesPerWrite).join(''));
  }
  await pad(writer, starts[values.length]);
}

/** Where each text begins in UTF-8, and where the last one ends. */
function textOffsets(values: readonly string[]): Float64Array {
  const offsets = new Float64Array(values.length + 1);
  for (let start = 0; start < values.length; start += valuesPerWrite) {
    const end = Math.min(values.length, start + valuesPerWrite);
    for (let i = start; i < end; i++) offsets[i + 1] = offsets[i] + values[i].length;
    // A piece of as many bytes as UTF-16 units is ASCII: its texts need not be measured one by one.
    if (Buffer.byteLength(values.slice(start, end).join('')) === offsets[end] - offsets[start]) continue;
    for (let i = start; i < end; i++) offsets[i + 1] = offsets[i] + Buffer.byteLength(values[i]);
  }
  return offsets;
}

async function pad(writer: FileWriter, written: number): Promise<void> {
  const missing = aligned(written) - written;
  if (missing > 0) await writer.write(new Uint8Array(missing));
}
