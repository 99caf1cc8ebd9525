import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultList } from '../../../src/io/faults.js';
import type { FeatureFile } from '../../../src/io/features/feature-file.js';
import { FeatureRows } from '../../../src/io/features/feature-rows.js';
import { streamByteSource } from '../../../src/io/files/byte-source.js';
import { LineBlocks } from '../../../src/io/files/line-blocks.js';
import { toDense } from '../../../src/ml/matrix/feature-matrix.js';
import { temporaryFolder } from '../temporary-dataset.js';

/** The rows of files by id, in batches of `batch`. */
async function read(contents: readonly string[], batch = 2) {
  const folder = temporaryFolder();
  const files = contents.map((content, k): FeatureFile => {
    const path = join(folder, `${k}.csv`);
    writeFileSync(path, content);
    return { path, shown: `${k}.csv`, bytes: content.length, format: 'csv' };
  });
  return rowsOf(files, (file) => LineBlocks.open(file.path, file.shown), batch);
}

async function rowsOf(files: readonly FeatureFile[], open: (file: FeatureFile) => Promise<LineBlocks>, batch: number) {
  const rows = await FeatureRows.open(files, open, () => batch, new FaultList());
  const found: [id: string, ...cells: number[]][] = [];
  for await (const { ids, X } of rows.batches()) {
    expect(ids.length).toBeLessThanOrEqual(batch);
    const { values } = toDense(X);
    ids.forEach((id, i) => found.push([id, ...values.subarray(i * X.columns, (i + 1) * X.columns)]));
  }
  return { names: rows.names, found };
}

describe('rows of feature files that come on their own', () => {
  it('are read as they come, side by side, whatever the batch', async () => {
    const cells = fc.array(
      fc.tuple(fc.integer({ min: -9, max: 9 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
      {
        maxLength: 30,
      },
    );
    await fc.assert(
      fc.asyncProperty(cells, fc.integer({ min: 1, max: 9 }), async (table, batch) => {
        const one = `instance_id,a\n${table.map(([a], i) => `r${i},${a}\n`).join('')}`;
        const two = `instance_id,b\r\n${table.map(([, b], i) => `"r${i}",${b}\r\n`).join('')}`;
        const { names, found } = await read([one, two], batch);
        expect(names).toEqual(['a', 'b']);
        // No sparse matrix and no file keeps the sign of a zero of its own.
        expect(found).toEqual(table.map(([a, b], i) => [`r${i}`, a + 0, expect.toSatisfy((x) => x === b)]));
      }),
      { numRuns: 25 },
    );
  });

  it('come from a stream, in pieces of any size, plain or gzipped', async () => {
    const text = `instance_id,a\n${Array.from({ length: 500 }, (_, i) => `r${i},${i}.5\n`).join('')}`;
    const file: FeatureFile = { path: '-', shown: 'standard input', bytes: 0, format: 'csv' };
    for (const bytes of [Buffer.from(text), gzipSync(text)]) {
      for (const size of [1, 7, 100_000]) {
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, k) =>
          bytes.subarray(k * size, (k + 1) * size),
        );
        const open = async () => LineBlocks.of(await streamByteSource(Readable.from(pieces), file.shown), file.shown);
        const { found } = await rowsOf([file], open, 64);
        expect(found).toHaveLength(500);
        expect(found[499]).toEqual(['r499', 499.5]);
      }
    }
  });

  it('tell faults by file, line and column', async () => {
    await expect(read(['instance_id,a\nx,1\ny,oops\n'])).rejects.toThrow('0.csv:3:a: found "oops"');
    await expect(read(['instance_id,a\nx,1\n ,2\n'])).rejects.toThrow('0.csv:3:instance_id: found a blank cell');
    await expect(read([`instance_id,a\n${'x'.repeat(191)},1\n`])).rejects.toThrow('found 191 characters');
    await expect(read(['instance_id,a\nx,1,2\n'])).rejects.toThrow('0.csv:2: found 3 cells, expected 2');
    await expect(read(['id,a\nx,1\n'])).rejects.toThrow('0.csv:1');
    await expect(read(['instance_id,a\nx,1\n', 'instance_id,a\nx,1\n'])).rejects.toThrow('distinct feature names');
    await expect(read(['instance_id,a\nx,1\n', 'instance_id,b\ny,1\n'])).rejects.toThrow('"x" here, "y" there');
    await expect(read(['instance_id,a\nx,1\n', 'instance_id,b\n'])).rejects.toThrow('"x" here, its end there');
  });
});
