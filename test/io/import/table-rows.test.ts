import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { streamByteSource } from '../../../src/io/files/byte-source.js';
import { LineBlocks } from '../../../src/io/files/line-blocks.js';
import { type TableBatch, type TableNames, TableRows } from '../../../src/io/import/table-rows.js';
import { toDense } from '../../../src/ml/matrix/feature-matrix.js';

async function read(text: string, wanted: readonly string[], names: TableNames = {}, atOnce = 2) {
  const blocks = await LineBlocks.of(await streamByteSource(Readable.from([Buffer.from(text)]), 'table'), 'table');
  const table = TableRows.open(blocks, 'table', wanted, names);
  const batches: TableBatch[] = [];
  for await (const batch of table.batches(atOnce)) batches.push(batch);
  const { features, unused } = table;
  const rows = batches.flatMap(({ X }) =>
    Array.from({ length: X.rows }, (_, i) => [...toDense(X).values.subarray(i * X.columns, (i + 1) * X.columns)]),
  );
  return { features, unused, rows, ids: batches.flatMap((b) => b.ids), idents: batches.flatMap((b) => b.idents) };
}

const text = `sep=;
name;when;n;is it;a=b;a
"one; ""1""";today;1,5;Yes;1;x
two;;7;no;0;b=c

three;never;-;t;2.5;x=y
`;

it('makes features of numbers, words of yes or no, and texts; leaves all other columns aside', async () => {
  const { features, unused, rows, ids, idents } = await read(
    text,
    ['a=b', 'is it', 'a=x', 'absent', 'n', 'a=b=c', 'a=x=y'],
    { ident: 'NAME', decimalComma: true },
  );
  expect(features).toEqual(['a=b', 'is it', 'a=x', 'n', 'a=b=c', 'a=x=y']);
  expect(unused).toEqual(['when']);
  expect(ids).toEqual(['1', '2', '3']);
  expect(idents).toEqual(['one; "1"', 'two', 'three']);
  expect(rows).toEqual([
    [1, 1, 1, 1.5, 0, 0],
    [0, 0, 0, 7, 0, 0],
    [2.5, 1, 0, Number.NaN, 0, 1],
  ]);
});

it('takes the longest column that a feature may be of, and ids by column or by their own name', async () => {
  const table = 'instance_id,a,a=b\nq,x,c\nr,b=c,d\n';
  expect(await read(table, ['a=x', 'a=b=c'])).toMatchObject({
    ids: ['q', 'r'],
    rows: [
      [1, 1],
      [0, 0],
    ],
  });
  expect((await read(table, ['a=x'], { id: 'a' })).ids).toEqual(['x', 'b=c']);
});

it('tells by line and column what is no number, a blank id, a ragged row, a column that is not there', async () => {
  await expect(read(text, ['n', 'a'], { id: 'name' })).rejects.toThrow(
    /table:3:n: found "1,5", expected a number for the feature "n"[^]*table:3:a: found "x"/,
  );
  await expect(read(text, ['a=x'], { id: 'when' })).rejects.toThrow('table:4:when: found a blank cell, expected an id');
  await expect(read('a,b\n1,2\n3\n', ['a'])).rejects.toThrow('table:3: found 1 cells, expected 2');
  await expect(read('a,b\n1,2\n', ['a'], { id: 'c' })).rejects.toThrow('--id: there is no column "c"');
  await expect(read('\n\n', ['a'])).rejects.toThrow('found no header');
});

it('reads the rows of an ARFF file, sparse ones too', async () => {
  const arff = "@relation r\n@attribute bytes real\n@attribute 'the proto' {tcp,udp}\n@data\n5,'udp'\n% none\n{0 7}\n";
  expect(await read(arff, ['the proto=udp', 'bytes', 'the proto=tcp'])).toMatchObject({
    features: ['the proto=udp', 'bytes', 'the proto=tcp'],
    ids: ['1', '2'],
    rows: [
      [1, 5, 0],
      [0, 7, 1],
    ],
  });
});
