import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultList } from '../../../src/io/faults.js';
import { hashMatrix } from '../../../src/io/features/content-hash.js';
import type { FeatureFile } from '../../../src/io/features/feature-file.js';
import { type FeatureTable, readFeatures } from '../../../src/io/features/read-features.js';
import { InstanceIds } from '../../../src/io/instance-ids.js';
import { toDense } from '../../../src/ml/matrix/feature-matrix.js';
import { temporaryFolder } from '../temporary-dataset.js';

function featureFile(folder: string, name: string, content: string | Uint8Array): FeatureFile {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { path, shown: name, bytes: content.length, format: name.includes('.libsvm') ? 'libsvm' : 'csv' };
}

async function read(ids: readonly string[], contents: Record<string, string | Uint8Array>): Promise<FeatureTable> {
  const folder = temporaryFolder();
  const faults = new FaultList();
  const files = Object.entries(contents).map(([name, content]) => featureFile(folder, name, content));
  const table = await readFeatures(files, new InstanceIds(ids), Int32Array.from(ids.keys()), ids.length, faults);
  faults.throwIfAny();
  if (!table) throw new Error('no table and no fault');
  return table;
}

const cells = ({ X }: FeatureTable): number[][] =>
  Array.from({ length: X.rows }, (_, i) => [...toDense(X).values.subarray(i * X.columns, (i + 1) * X.columns)]);

const numberText = fc.oneof(
  fc.constantFrom('0', '1', '0', '0.00', '-0', '.5', '5.', '+3', '1e-7', '17'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((value) => value.toExponential(18)),
);
const missingText = fc.constantFrom('', 'NaN', 'nan', 'NA', 'null', 'NULL', '?', ' ', '""');
const cellText = fc.oneof({ weight: 9, arbitrary: numberText }, { weight: 1, arbitrary: missingText });
const dressed = fc
  .tuple(cellText, fc.constantFrom('', '', '', ' ', '\t'), fc.boolean())
  .map(([text, blank, quoted]) =>
    quoted && !text.includes('"') ? `${blank}"${text}"${blank}` : `${blank}${text}${blank}`,
  );

/** What a cell says, read the slow and obvious way. */
function valueOf(text: string): number {
  const bare = text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();
  return ['', 'nan', 'na', 'null', '?'].includes(bare.toLowerCase()) ? Number.NaN : Number(bare);
}

describe('readFeatures', () => {
  it('reads every spelling of a cell as Number() does, rows in any order, LF or CRLF', async () => {
    const table = fc.integer({ min: 1, max: 6 }).chain((width) =>
      fc.tuple(
        fc.uniqueArray(
          fc.string({ unit: fc.constantFrom('a', 'b', '0', '7', 'é', ' ', ','), maxLength: 4 }).map((id) => `x${id}x`),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        fc.infiniteStream(fc.array(dressed, { minLength: width, maxLength: width })),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        fc.integer(),
      ),
    );
    await fc.assert(
      fc.asyncProperty(table, async ([ids, stream, end, bom, lastEnd, seed]) => {
        const rows = ids.map(() => stream.next().value as string[]);
        const order = [...ids.keys()].sort((a, b) => Math.sin(seed + a) - Math.sin(seed + b));
        const line = (i: number): string => [ids[i].includes(',') ? `"${ids[i]}"` : ids[i], ...rows[i]].join(',');
        const header = ['instance_id', ...rows[0].map((_, j) => `f${j}`)].join(',');
        const text = `${bom ? '\uFEFF' : ''}${[header, ...order.map(line)].join(end)}${lastEnd ? end : ''}`;
        const read1 = await read(ids, { 'f.csv': text });
        // -0 is kept in a dense matrix; compressed rows have no zeros at all.
        const zero = (value: number): number => (value === 0 && read1.X.kind === 'sparse' ? 0 : value);
        expect(cells(read1)).toEqual(rows.map((row) => row.map((cell) => zero(valueOf(cell)))));
      }),
      { numRuns: 300 },
    );
  });

  it('reads files larger than a block, plain and compressed, with quotes across the border', async () => {
    const count = 60_000;
    const ids = Array.from({ length: count }, (_, i) => (i % 1000 === 0 ? `id\n${i}` : String(i)));
    const value = (i: number, j: number): number => Math.sin(i * 31 + j) * 10 ** ((i + j) % 9);
    const line = (id: string, i: number): string => {
      const numbers = [0, 1, 2, 3].map((j) => (i % 7 === j ? `"${value(i, j)}"` : value(i, j)));
      return `${id.includes('\n') ? `"${id}"` : id},${numbers.join(',')}`;
    };
    const text = `instance_id,a,b,c,d\n${ids.map(line).join('\n')}\n`;
    const forms: Record<string, string | Uint8Array>[] = [{ 'f.csv': text }, { 'f.csv.gz': gzipSync(text) }];
    for (const contents of forms) {
      const table = await read(ids, contents);
      const { values } = toDense(table.X);
      let wrong = 0;
      for (let i = 0; i < count; i++) for (let j = 0; j < 4; j++) if (values[i * 4 + j] !== value(i, j)) wrong++;
      expect(wrong).toBe(0);
    }
  });

  it('joins files by instance_id, never by position', async () => {
    const table = await read(['p', 'q', 'r'], {
      'one.csv': 'instance_id,a,b\np,1,2\nq,3,4\nr,5,6\n',
      'two.csv': 'instance_id,c\nr,30\np,10\nq,20\n',
      'three.libsvm': 'q 2:7\nr\np 1:9 2:8\n',
    });
    expect(table.names).toEqual(['a', 'b', 'c', '1', '2']);
    expect(cells(table)).toEqual([
      [1, 2, 10, 9, 8],
      [3, 4, 20, 0, 7],
      [5, 6, 30, 0, 0],
    ]);
  });

  it('refuses a feature that two files have', async () => {
    const files = { 'one.csv': 'instance_id,a\np,1\n', 'two.csv': 'instance_id,a\np,2\n' };
    await expect(read(['p'], files)).rejects.toThrow('two.csv: found one in one.csv and one features named "a"');
  });

  it('chooses dense or sparse by content alone', async () => {
    const ids = Array.from({ length: 3000 }, (_, i) => String(i));
    const file = (cell: (i: number, j: number) => string | number): string =>
      `instance_id,a,b,c,d\n${ids.map((id, i) => [id, ...[0, 1, 2, 3].map((j) => cell(i, j))].join(',')).join('\n')}\n`;
    const quarter = await read(ids, { 'f.csv': file((_, j) => (j === 0 ? 1 : 0)) });
    expect(quarter.X.kind).toBe('dense');
    const less = await read(ids, { 'f.csv': file((i, j) => (j === 0 && i > 0 ? 2 : 0)) });
    expect(less.X.kind).toBe('sparse');
    // A dense beginning before a sparse rest, and the other way round, in files of more than one block.
    const many = Array.from({ length: 400_000 }, (_, i) => String(i));
    const long = (cell: (i: number) => string): string =>
      `instance_id,a,b\n${many.map((id, i) => `${id},${cell(i)}`).join('\n')}\n`;
    expect((await read(many, { 'f.csv': long((i) => (i < 1000 ? '5,6' : '0,0')) })).X.kind).toBe('sparse');
    const denseEnd = await read(many, { 'f.csv': long((i) => (i < 1000 ? '0,0' : '5,6')) });
    expect(denseEnd.X.kind).toBe('dense');
    expect(denseEnd.summary.nonZeros).toBe(2 * 399_000);
    const late = await read(many, { 'f.csv': long((i) => (i === 399_999 ? '1,NA' : '0,0')) });
    expect(late.X.kind).toBe('dense');
    expect([...late.summary.missing]).toEqual([0, 1]);
  });

  it('hashes a matrix alike from CSV and from libsvm text', async () => {
    const csv = await read(['0', '1'], { 'f.csv': 'instance_id,1,2,3,4,5\n0,0,0,7,0,0\n1,0,0.5,0,0,-0\n' });
    const libsvm = await read(['0', '1'], { 'f.libsvm': '0 3:7 5:0\n1 2:0.5\n' });
    expect(hashMatrix(csv.X)).toBe(hashMatrix(libsvm.X));
    expect(hashMatrix(toDense(csv.X))).toBe(hashMatrix(csv.X));
  });

  it('infers binary columns from 0 and 1 alone', async () => {
    const table = await read(['0', '1'], { 'f.csv': 'instance_id,a,b,c,d\n0,0,1,,\n1,1,2,1,\n' });
    expect(table.types).toEqual(['binary', 'numeric', 'binary', 'numeric']);
  });
});

describe('libsvm text', () => {
  it('takes entries in any order, comments, tabs, quoted ids and padded lines', async () => {
    const text = '# a comment\nx 2:1 1:0.25 # more\r\n\n  "y z"\t3:1e3\nw\n';
    const table = await read(['x', 'y z', 'w'], { 'f.libsvm': text });
    expect(cells(table)).toEqual([
      [0.25, 1, 0],
      [0, 0, 1000],
      [0, 0, 0],
    ]);
    expect(table.names).toEqual(['1', '2', '3']);
  });

  it('is compressed too, and may have missing values', async () => {
    const table = await read(['x', 'y'], { 'f.libsvm.gz': gzipSync('x 1:NA\ny 2:3\n') });
    expect(cells(table)).toEqual([
      [Number.NaN, 0],
      [0, 3],
    ]);
    expect(table.X.kind).toBe('dense');
  });

  it.each([
    ['x 0:1', 'f.libsvm:1: found the feature "0", expected a whole number from 1 to'],
    ['x 1000001:1', 'f.libsvm:1: found the feature "1000001", expected a whole number from 1 to 1000000 (beyond that'],
    ['x 99999999999:1', 'f.libsvm:1: found the feature "99999999999"'],
    ['x word:1', 'f.libsvm:1: found the feature "word"'],
    ['x 1', 'f.libsvm:1: found "1", expected feature:value'],
    ['x 1:abc', 'f.libsvm:1:1: found "abc", expected a finite decimal number'],
    ['x 1:inf', 'f.libsvm:1:1: found "inf"'],
    ['x 3:1 3:2', 'f.libsvm:1: found the feature 3 twice'],
    ['x 1:1\nx 1:1', 'f.libsvm:2:instance_id: found instance_id "x" again'],
    ['z 1:1', 'f.libsvm:1:instance_id: found unknown instance_id "z"'],
    ['x', 'f.libsvm: found no feature at all'],
  ])('%j is a fault', async (text, message) => {
    await expect(read(['x'], { 'f.libsvm': `${text}\n` })).rejects.toThrow(message);
  });
});
