import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { NamesOfRows } from '../../../src/workspace/predict/names-of-rows.js';
import { temporaryDataset } from '../../io/temporary-dataset.js';

function namesOf(csv: string): NamesOfRows {
  const { folder } = temporaryDataset({ 'idents.csv': csv });
  const names = new NamesOfRows({ path: join(folder, 'idents.csv'), shown: 'idents.csv', bytes: csv.length });
  onTestFinished(() => names.close());
  return names;
}

const csvOf = (ids: readonly string[]): string =>
  `instance_id,ident\n${ids.map((id) => `${id},"the ""${id}"", quoted"\n`).join('')}`;

describe('the idents of rows', () => {
  it('are found in whatever order the rows come', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `r${i}`);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(ids, { minLength: 12 }),
        fc.integer({ min: 0, max: 12 }),
        async (order, same) => {
          const rows = [...ids.slice(0, same), ...order.filter((id) => ids.indexOf(id) >= same)];
          const names = namesOf(csvOf(ids));
          const idents = [...(await names.next(rows.slice(0, 5))), ...(await names.next(rows.slice(5)))];
          await names.finish('features.csv');
          expect(idents).toEqual(rows.map((id) => `the "${id}", quoted`));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('are refused for rows that are unknown or come twice, and where rows are absent', async () => {
    const names = () => namesOf(csvOf(['a', 'b', 'c']));
    await expect(names().next(['a', 'z'])).rejects.toThrow('idents.csv:instance_id: found no instance "z"');
    await expect(names().next(['a', 'a'])).rejects.toThrow('"a", which has two rows');
    const short = names();
    await short.next(['a', 'b']);
    await expect(short.finish('features.csv')).rejects.toThrow('features.csv: found no row for 1 of 3 instances: "c"');
    await expect(namesOf('instance_id,name\na,b\n').next(['a'])).rejects.toThrow('ident');
  });

  it('come from files of many blocks', async () => {
    const ids = Array.from({ length: 60_000 }, (_, i) => `a rather long instance_id ${i}`);
    const names = namesOf(csvOf(ids));
    const idents = await names.next(ids);
    await names.finish('features.csv');
    expect(idents[59_999]).toBe('the "a rather long instance_id 59999", quoted');
  });
});
