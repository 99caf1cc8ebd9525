import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineBlocks } from '../../../src/io/files/line-blocks.js';
import { temporaryFolder } from '../temporary-dataset.js';

/** All bytes that the blocks of a file give, taking whole blocks or, at times, all but the last line. */
async function readBlocks(content: Uint8Array | string, capacity: number, leave = false): Promise<string> {
  const path = join(temporaryFolder(), 'lines');
  writeFileSync(path, content);
  const blocks = await LineBlocks.open(path, 'lines', capacity);
  const parts: Buffer[] = [];
  let from = blocks.begin;
  for (let turn = 0; ; turn++) {
    expect(blocks.bytes[blocks.end - 1]).toBe(10);
    const lastLine = blocks.bytes.lastIndexOf(10, blocks.end - 2) + 1;
    const consumed = leave && turn % 2 === 0 && !blocks.last ? Math.max(from, lastLine) : blocks.end;
    parts.push(Buffer.from(blocks.bytes.slice(from, consumed)));
    if (!(await blocks.next(consumed))) break;
    from = blocks.begin;
  }
  await blocks.close();
  return Buffer.concat(parts).toString();
}

describe('LineBlocks', () => {
  it('gives every byte once, in whole lines, whatever the size of a block', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'é', ',', '"'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 8, max: 200 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        async (lines, capacity, leave, compressed, ended) => {
          const text = `x${lines.join('\n')}${ended ? '\n' : ''}`;
          const content = compressed ? gzipSync(text) : text;
          expect(await readBlocks(content, capacity, leave)).toBe(text.endsWith('\n') ? text : `${text}\n`);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('doubles a block of which nothing can be used yet, so that a row of many lines ends in linear time', async () => {
    const path = join(temporaryFolder(), 'lines.gz');
    const text = 'a line\n'.repeat(1_000_000);
    writeFileSync(path, gzipSync(text));
    const blocks = await LineBlocks.open(path, 'lines', 1 << 12);
    let turns = 0;
    do turns++;
    while (!blocks.last && (await blocks.next(blocks.begin)));
    expect(blocks.end - blocks.begin).toBe(text.length);
    expect(turns).toBeLessThan(15);
    await blocks.close();
  });

  it('leaves a byte order mark out', async () => {
    expect(await readBlocks('\uFEFFa\nb', 64)).toBe('a\nb\n');
  });
});
