import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultList } from '../../../src/io/faults.js';
import { readTable } from '../../../src/io/tables/table-reader.js';
import { temporaryFolder } from '../temporary-dataset.js';

type Row = readonly [line: number, ...cells: string[]];

async function read(content: string | Uint8Array): Promise<{ rows: Row[]; faults: string[] }> {
  const path = join(temporaryFolder(), 'table.csv');
  writeFileSync(path, content);
  const rows: Row[] = [];
  const faults = new FaultList();
  const visitor = {
    header: (names: readonly string[]) => {
      rows.push([1, ...names]);
      return true;
    },
    row: (cells: readonly string[], line: number) => void rows.push([line, ...cells]),
  };
  await readTable(path, 'table.csv', visitor, faults);
  let message = '';
  try {
    faults.throwIfAny();
  } catch (error) {
    message = (error as Error).message;
  }
  return { rows, faults: message === '' ? [] : message.split('\n') };
}

describe('readTable', () => {
  it('reads LF, CRLF, a byte order mark, empty lines and a last line without an end', async () => {
    const expected = [
      [1, 'a', 'b'],
      [2, '1', '2'],
      [4, '3', ''],
    ];
    expect((await read('a,b\n1,2\n\n3,\n')).rows).toEqual(expected);
    expect((await read('\uFEFFa , b\r\n1,2\r\n\r\n3,')).rows).toEqual(expected);
    expect((await read(gzipSync('a,b\n1,2\n\n3,\n'))).rows).toEqual(expected);
  });

  it('reads quotes, and keeps counting lines through line feeds inside them', async () => {
    const { rows, faults } = await read('a,b\n"1","x, ""y"""\n"2","two\nlines"\n\n5" pipe,z\r\n');
    expect(faults).toEqual([]);
    expect(rows).toEqual([
      [1, 'a', 'b'],
      [2, '1', 'x, "y"'],
      [3, '2', 'two\nlines'],
      [6, '5" pipe', 'z'],
    ]);
  });

  it('tells ragged rows by their line, with and without quotes', async () => {
    expect((await read('a,b\n1,2\n3\n4,5,6\n')).faults).toEqual([
      'table.csv:3: found 1 cell, expected 2, as in the header',
      'table.csv:4: found 3 cells, expected 2, as in the header',
    ]);
    expect((await read('a,b\n"x\ny",2\n3\n')).faults).toEqual([
      'table.csv:4: found 1 cell, expected 2, as in the header',
    ]);
  });

  it('gives tables with and without quotes the same rows', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '0', ' ', ';', '\t', "'", '😀'), maxLength: 6 });
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), async (body, end) => {
        const lines = ['a,b', ...body.map((cells) => cells.join(','))];
        const plain = await read(lines.join(end));
        const quoted = await read(lines.map((line, i) => (i === 0 ? '"a",b' : line)).join(end));
        expect(quoted).toEqual(plain);
        expect(plain.rows).toHaveLength(body.length + 1);
      }),
      { numRuns: 60 },
    );
  });

  it('takes text after a closing quote as it stands', async () => {
    expect((await read('a,b\n"foo" bar,1\n"a,b" c,""\n')).rows.slice(1)).toEqual([
      [2, '"foo" bar', '1'],
      [3, '"a,b" c', ''],
    ]);
  });

  it('tells where a quote opened that swallows rows, and nothing else', async () => {
    const body = Array.from({ length: 50 }, (_, i) => `${i},word ${i}`);
    const open = (...more: string[]): Promise<{ faults: string[] }> =>
      read(['a,b', ...body, '50,"open', ...body, ...more].join('\n'));
    expect((await open()).faults).toEqual([
      'table.csv:52: found a quote that is never closed, expected a closing quote at the end of the cell, and quotes inside it doubled',
    ]);
    expect((await open('7,"quoted"', '8')).faults).toEqual([
      expect.stringContaining('table.csv:52: found a quote that closes only in line 103, in the middle of a cell'),
    ]);
    const two = await read('a,b,c\n"two\nlines",1,"open\n3,4,5\n');
    expect(two.faults).toEqual([expect.stringContaining('table.csv:3: found a quote that is never closed')]);
  });

  it('splits what it is given as csv-parse does', async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', '\n', ' ', '\r\n', '😀'), maxLength: 6 }),
      fc.constant(''),
    );
    const rows = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('\n', '\r\n'), async (body, end) => {
        const text = ['a,b', ...body.map((cells) => cells.map((c) => `"${c.replaceAll('"', '""')}"`).join(','))].join(
          end,
        );
        const { rows: own, faults } = await read(text);
        expect(faults).toEqual([]);
        expect(own.slice(1).map(([, ...cells]) => cells)).toEqual(parse(text, { from_line: 2 }));
      }),
      { numRuns: 60 },
    );
  });

  it('reads more than a block, quotes beginning in a later one', async () => {
    const text = `a,b\n${Array.from({ length: 300_000 }, (_, i) => `${i},word ${i % 13}`).join('\n')}\n"q, r",s\nlast,row\n`;
    const { rows, faults } = await read(text);
    expect(faults).toEqual([]);
    expect(rows).toHaveLength(300_003);
    expect(rows[299_999]).toEqual([300_000, '299998', 'word 10']);
    expect(rows[300_001]).toEqual([300_002, 'q, r', 's']);
    expect(rows[300_002]).toEqual([300_003, 'last', 'row']);
  });
});
