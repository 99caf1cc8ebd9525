import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultList } from '../../../src/io/faults.js';
import type { FeatureFile } from '../../../src/io/features/feature-file.js';
import { readFeatures } from '../../../src/io/features/read-features.js';
import { readStreamHead, streamFeatures } from '../../../src/io/features/stream-features.js';
import { InstanceIds } from '../../../src/io/instance-ids.js';
import { toDense } from '../../../src/ml/matrix/feature-matrix.js';
import { temporaryFolder } from '../temporary-dataset.js';

function filesOf(contents: Readonly<Record<string, string>>): FeatureFile[] {
  const folder = temporaryFolder();
  return Object.entries(contents).map(([name, content]) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return { path, shown: name, bytes: content.length, format: name.endsWith('.libsvm') ? 'libsvm' : 'csv' };
  });
}

/** The rows of all batches, and how many each batch had. */
async function stream(files: readonly FeatureFile[], ids: readonly string[], batch: number) {
  const faults = new FaultList();
  const head = await readStreamHead(files, faults);
  faults.throwIfAny();
  if (!head) throw new Error('no head and no fault');
  const rows: number[][] = [];
  const sizes: number[] = [];
  for await (const X of streamFeatures(head, new InstanceIds(ids), batch, faults)) {
    sizes.push(X.rows);
    const { values } = toDense(X);
    for (let i = 0; i < X.rows; i++) rows.push([...values.subarray(i * X.columns, (i + 1) * X.columns)]);
  }
  return { rows, sizes, names: head.names };
}

const csv = (names: readonly string[], ids: readonly string[], rows: readonly (readonly string[])[]): string =>
  [['instance_id', ...names], ...rows.map((row, i) => [ids[i], ...row])].map((row) => `${row.join(',')}\n`).join('');

const cell = fc.constantFrom('0', '0', '1', '2.5', '-3e-7', '', '"4"', ' 7 ');

describe('streamed features', () => {
  it('are those of the whole, whatever the batch, from one file and from two', async () => {
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(table, fc.integer({ min: 1, max: 70 }), async (cells, batch) => {
        const ids = cells.map((_, i) => `id ${i}`);
        const files = filesOf({
          'one.csv': csv(
            ['a', 'b'],
            ids,
            cells.map(([a, b]) => [a, b]),
          ),
          'two.csv': csv(
            ['c'],
            ids,
            cells.map(([, , c]) => [c]),
          ),
        });
        const place = Int32Array.from(ids.keys());
        const whole = await readFeatures(files, new InstanceIds(ids), place, ids.length, new FaultList());
        const streamed = await stream(files, ids, batch);
        expect(streamed.names).toEqual(whole?.names);
        expect(streamed.rows.flat()).toEqual(whole && [...toDense(whole.X).values]);
        const full = Math.floor(ids.length / batch);
        const rest = ids.length % batch;
        expect(streamed.sizes).toEqual([...new Array<number>(full).fill(batch), ...(rest > 0 ? [rest] : [])]);
      }),
      { numRuns: 25 },
    );
  });

  it('come from files longer than a block', async () => {
    const ids = Array.from({ length: 40_000 }, (_, i) => `instance-${i}`);
    const rows = ids.map((_, i) => [`${i}.25`, `${-i}`, '123456789.125']);
    const { rows: read, sizes } = await stream(filesOf({ 'f.csv': csv(['a', 'b', 'c'], ids, rows) }), ids, 1000);
    expect(sizes).toHaveLength(40);
    expect(read.every(([a, b], i) => a === i + 0.25 && b === -i)).toBe(true);
  });

  const ids = ['a', 'b', 'c', 'd'];
  const refused = (content: string, batch = 2) => stream(filesOf({ 'f.csv': content }), ids, batch);

  it('may come in another order within a batch, not from one batch to the next', async () => {
    const swapped = await refused('instance_id,x\nb,2\na,1\nc,3\nd,4\n');
    expect(swapped.rows).toEqual([[1], [2], [3], [4]]);
    await expect(refused('instance_id,x\na,1\nc,3\nb,2\nd,4\n')).rejects.toThrow(
      /order of idents.csv; instance_id "b" does not stand among the first 2 rows of f.csv/,
    );
  });

  it('tell faults by file and line: cells, unknown, repeated and absent instances', async () => {
    await expect(refused('instance_id,x\na,1\nb,2\nc,oops\nd,4\n')).rejects.toThrow(/f.csv:4.*"oops"/s);
    await expect(refused('instance_id,x\na,1\nb,2\nz,3\nc,3\nd,4\n')).rejects.toThrow(/f.csv:4.*"z"/s);
    await expect(refused('instance_id,x\na,1\nb,2\nc,3\nd,4\na,5\n')).rejects.toThrow(/f.csv:6.*"a" again/s);
    await expect(refused('instance_id,x\na,1\nb,2\nc,3\n')).rejects.toThrow(/no row for 1 of 4 instances: "d"/);
    await expect(refused('instance_id,x\na,1\nb,2\n')).rejects.toThrow(/no row for 2 of 4 instances/);
  });

  it('are not those of libsvm text, which says so', async () => {
    await expect(stream(filesOf({ 'f.libsvm': 'a 1:2\n' }), ['a'], 2)).rejects.toThrow(/libsvm text.*--streaming/);
  });
});
