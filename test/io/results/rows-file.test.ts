import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import {
  readPredictionColumns,
  readPredictionRows,
  writePredictionRows,
} from '../../../src/io/results/prediction-rows.js';
import { RowsReader } from '../../../src/io/results/rows-reader.js';
import { writeRowsFile } from '../../../src/io/results/rows-writer.js';
import { textsOf } from '../../../src/rows/row-texts.js';
import { textRanks } from '../../../src/rows/text-ranks.js';
import { exampleCoordinates, examplePredictions } from '../../workspace/example-result.js';

const folder = mkdtempSync(join(tmpdir(), 'secuml-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const newPath = (): string => join(folder, `rows-${count++}.bin`);

describe('rows.bin', () => {
  it('gives back any columns as they were', async () => {
    const rows = fc.array(
      fc.record({
        f: fc.double(),
        i: fc.integer(),
        u: fc.nat(),
        t: fc.string({ unit: 'grapheme' }),
        c: fc.integer({ min: -1, max: 2 }),
      }),
      { maxLength: 50 },
    );
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.uniqueArray(fc.string({ unit: 'grapheme' }), { minLength: 3, maxLength: 3 }),
        async (drawn, names) => {
          const path = newPath();
          const values = Float64Array.from(drawn, (row) => row.f);
          const texts = drawn.map((row) => row.t);
          const coded = { names, codes: Int32Array.from(drawn, (row) => row.c) };
          const written = await writeRowsFile(path, 'any', drawn.length, [
            { name: 'text', type: 'text', values: texts },
            { name: 'f', type: 'f64', values },
            { name: 'i', type: 'i32', values: Int32Array.from(drawn, (row) => row.i) },
            { name: 'c', type: 'coded', values: coded },
            { name: 'u', type: 'u32', values: Uint32Array.from(drawn, (row) => row.u) },
          ]);
          const bytes = readFileSync(path);
          expect(written).toStrictEqual({
            bytes: bytes.length,
            sha256: createHash('sha256').update(bytes).digest('hex'),
          });
          const reader = await RowsReader.open(path);
          expect(reader.rows).toBe(drawn.length);
          expect(reader.header.table).toBe('any');
          expect(await reader.numbers('u', 'u32')).toStrictEqual(Uint32Array.from(drawn, (row) => row.u));
          expect(await reader.numbers('f', 'f64')).toStrictEqual(values);
          expect(await reader.numbers('i', 'i32')).toStrictEqual(Int32Array.from(drawn, (row) => row.i));
          expect(await reader.coded('c')).toStrictEqual(coded);
          const text = await reader.text('text');
          expect(text.toArray()).toStrictEqual(texts);
          if (drawn.length > 0) expect(text.at(drawn.length - 1)).toBe(texts.at(-1));
          await reader.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives the same bytes for the same rows, whatever the bits of a NaN', async () => {
    const odd = new Float64Array(new BigUint64Array([0xfff8000000000001n]).buffer);
    const [one, two] = [newPath(), newPath()];
    await writeRowsFile(one, 't', 1, [{ name: 'f', type: 'f64', values: odd }]);
    await writeRowsFile(two, 't', 1, [{ name: 'f', type: 'f64', values: Float64Array.of(Number.NaN) }]);
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
  });

  it('has a layout that others can read', async () => {
    const path = newPath();
    await writeRowsFile(path, 't', 2, [
      { name: 'id', type: 'text', values: ['a', 'éé'] },
      { name: 'f', type: 'f64', values: Float64Array.of(1, -2) },
    ]);
    const bytes = readFileSync(path);
    expect(bytes.toString('latin1', 0, 7)).toBe('SECUMLR');
    expect(bytes[7]).toBe(1);
    const length = Number(bytes.readBigUInt64LE(8));
    expect(length % 8).toBe(0);
    const data = bytes.subarray(16 + length);
    const { columns } = JSON.parse(bytes.toString('utf8', 16, 16 + length));
    const [id, f] = columns;
    expect([0, 8, 16].map((at) => data.readDoubleLE(id.offsets.offset + at))).toStrictEqual([0, 1, 5]);
    expect(data.toString('utf8', id.text.offset, id.text.offset + id.text.bytes)).toBe('aéé');
    expect(f.values.offset % 8).toBe(0);
    expect(data.readDoubleLE(f.values.offset + 8)).toBe(-2);
  });

  it('keeps a whole prediction table, of more rows than one piece', async () => {
    const path = newPath();
    const table = examplePredictions(70_000);
    await writePredictionRows(path, table);
    expect(await readPredictionRows(path)).toStrictEqual(table);
  });

  it('keeps the coordinates of a projection', async () => {
    const path = newPath();
    const table = exampleCoordinates(30, 11);
    await writePredictionRows(path, table);
    expect(await readPredictionRows(path)).toStrictEqual(table);
    expect((await readPredictionColumns(path)).coordinates).toStrictEqual(table.coordinates);
  });

  it('gives columns to query, and works out the orders that a small file does not have', async () => {
    const path = newPath();
    const table = { ...examplePredictions(4), ident: ['b', 'a', 'ü', 'a'] };
    await writePredictionRows(path, table);
    const columns = await readPredictionColumns(path);
    expect([...columns.identOrder]).toStrictEqual([2, 0, 3, 0]);
    expect([...columns.instanceIdOrder]).toStrictEqual([0, 1, 2, 3]);
    expect([0, 1, 2, 3].map(columns.ident.at)).toStrictEqual(table.ident);
    expect(columns.probability).toStrictEqual(table.probability);
  });

  it('stores the orders of the texts of many rows', async () => {
    const path = newPath();
    const table = examplePredictions(100_000);
    await writePredictionRows(path, table);
    const reader = await RowsReader.open(path);
    expect(reader.has('ident_order') && reader.has('instance_id_order')).toBe(true);
    await reader.close();
    const columns = await readPredictionColumns(path);
    expect(columns.identOrder).toStrictEqual(textRanks(textsOf(table.ident)));
    expect(columns.instanceIdOrder).toStrictEqual(textRanks(textsOf(table.instanceId)));
  });

  it('refuses what is damaged, at every length it can be cut to', async () => {
    const path = newPath();
    await writePredictionRows(path, examplePredictions(3));
    const whole = readFileSync(path);
    for (let length = 0; length < whole.length; length += 7) {
      truncateSync(path, 0);
      writeFileSync(path, whole.subarray(0, length));
      await expect(readPredictionRows(path), `${length} bytes`).rejects.toMatchObject({ name: 'UserError' });
    }
    const newer = Buffer.from(whole);
    newer[7] = 2;
    writeFileSync(path, newer);
    await expect(RowsReader.open(path)).rejects.toThrow(/newer secuml/);
    await expect(RowsReader.open(join(folder, 'none'))).rejects.toMatchObject({ name: 'UserError' });
    writeFileSync(path, whole);
    const reader = await RowsReader.open(path);
    await expect(reader.text('score')).rejects.toThrow(/no text column "score"/);
    await expect(reader.numbers('nothing', 'f64')).rejects.toThrow(/no f64 column "nothing"/);
    await reader.close();
  });

  it('refuses texts and codes that would lead a reader astray', async () => {
    const path = newPath();
    await writePredictionRows(path, examplePredictions(20));
    const whole = readFileSync(path);
    const length = Number(whole.readBigUInt64LE(8));
    const header = JSON.parse(whole.toString('utf8', 16, 16 + length)) as {
      columns: { name: string; offsets: { offset: number }; codes: { offset: number } }[];
    };
    const column = (name: string) => header.columns.find((one) => one.name === name);
    const change = async (write: (bytes: Buffer) => void): Promise<void> => {
      const bytes = Buffer.from(whole);
      write(bytes);
      writeFileSync(path, bytes);
      await expect(readPredictionColumns(path)).rejects.toThrow(/is damaged: /);
    };
    const start = 16 + length;
    const offsets = start + (column('ident')?.offsets.offset ?? Number.NaN);
    for (const row of [0, 7, 20]) {
      for (const value of [Number.NaN, -1, 0.5, 2 ** 32, 1e300, Number.POSITIVE_INFINITY]) {
        await change((bytes) => bytes.writeDoubleLE(value, offsets + row * 8));
      }
    }
    const codes = start + (column('family')?.codes.offset ?? Number.NaN);
    for (const code of [-2, 2, 2 ** 31 - 1]) await change((bytes) => bytes.writeInt32LE(code, codes + 4 * 5));
    await change((bytes) => bytes.writeBigUInt64LE(2n ** 40n, 8));
  });
});
