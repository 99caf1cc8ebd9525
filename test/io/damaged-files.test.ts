import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { openDataset } from '../../src/workspace/dataset/open-dataset.js';
import { temporaryDataset } from './temporary-dataset.js';

const files = {
  'idents.csv':
    'instance_id,ident,timestamp,host\r\n0,"a ""b""",2024-01-02 03:04:05,h\r\n1,é,,\r\n22,c,2020-01-01,h\r\n',
  'features/features.csv': 'instance_id,x,"y z",w\n0,1,2.5,1e-3\n1,NA, 4 ,"5"\n22,5,,-0.1234567890123456789\n',
  'features/words.libsvm': '0 1:2 7:0.5\n22 3:1\n1 2:2e2 # note\n',
  'features/features_description.csv': 'id,name,type\nx,X,numeric\ny z,"Y, Z",\nw,W,\n',
  'labels/true_labels.csv': 'instance_id,label,family\n0,malicious,"m,1"\n22,0,\n',
};
const names = Object.keys(files) as (keyof typeof files)[];
const oddBytes = [0, 9, 10, 13, 32, 34, 35, 44, 46, 48, 58, 101, 0x80, 0xc3, 0xff];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.integer({ min: 0, max: 12 }),
  insert: fc.array(fc.oneof(fc.constantFrom(...oddBytes), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
});

it('whatever bytes are changed, a dataset is read or refused in plain words, the cache or not', async () => {
  const { folder, ...request } = temporaryDataset(files);
  const damage = fc.tuple(fc.constantFrom(...names), fc.array(edit, { minLength: 1, maxLength: 3 }), fc.boolean());
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(damage, async ([name, edits, compressed]) => {
      let bytes = [...Buffer.from(files[name])];
      if (compressed && name === 'features/features.csv') bytes = [...gzipSync(files[name])];
      for (const { at, cut, insert } of edits) bytes.splice(Math.floor(at * bytes.length), cut, ...insert);
      writeFileSync(join(folder, name), Uint8Array.from(bytes));
      const opened = openDataset({
        ...request,
        features: ['features', 'words'],
        cacheDirectory: join(folder, 'cache'),
      });
      await opened.then(
        ({ dataset }) => {
          expect(dataset.X.rows).toBe(dataset.ids.length);
          for (const value of dataset.X.values) expect(value === Infinity || value === -Infinity).toBe(false);
        },
        (error: unknown) => {
          refused++;
          // Anything else would be a bug of ours, with a stack.
          if (!(error instanceof UserError)) throw error;
          expect(error.message).not.toBe('');
        },
      );
      writeFileSync(join(folder, name), files[name]);
    }),
    { numRuns: 250 },
  );
  expect(refused).toBeGreaterThan(50);
}, 60_000);
