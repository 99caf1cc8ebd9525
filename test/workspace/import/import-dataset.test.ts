import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import type { ColumnRequest } from '../../../src/io/import/column-request.js';
import { type ImportDocument, importDocumentSchema } from '../../../src/schema/import-document.js';
import { importDataset } from '../../../src/workspace/import/import-dataset.js';
import { openDataset } from '../../../src/workspace/dataset/open-dataset.js';
import { temporaryFolder } from '../../io/temporary-dataset.js';

const noLabels = { hasSet: async () => false } as never;
const quietWatch = { stdin: Readable.from([]), poll: () => {}, progress: () => {} };

async function imported(
  text: string | Uint8Array,
  columns: ColumnRequest = {},
  inputDir = temporaryFolder(),
  replace = false,
) {
  const file = join(temporaryFolder(), 'export.csv');
  writeFileSync(file, text);
  const request = { inputDir, project: 'P', dataset: 'D', file, columns, replace };
  const document = importDocumentSchema.parse(await importDataset(request, quietWatch));
  return { document, inputDir, read: (name: string) => readFileSync(join(inputDir, 'P/D', name), 'utf8') };
}

function arffFile(text: string): string {
  const file = join(temporaryFolder(), 'flows.arff');
  writeFileSync(file, text);
  return file;
}

async function problem(text: string, columns: ColumnRequest = {}): Promise<string> {
  const inputDir = temporaryFolder();
  const error = await imported(text, columns, inputDir).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  // Nothing half-made stays.
  expect(readdirSync(inputDir)).toEqual([]);
  const { message, hint } = error as UserError;
  return `${message}\n${hint ?? ''}`;
}

function kinds({ columns }: ImportDocument): Record<string, string> {
  return Object.fromEntries(columns.map(({ name, takenFor }) => [name, takenFor.join('+')]));
}

/** A table of n rows from a function of the row. */
function table(header: string, n: number, row: (i: number) => string): string {
  return `${header}\n${Array.from({ length: n }, (_, i) => `${row(i)}\n`).join('')}`;
}

describe('importDataset', () => {
  it('takes each column for what it plainly is, and leaves the rest aside', async () => {
    const text = table(
      'time,bytes,tls,proto,user,vendor,n,note',
      60,
      (i) =>
        `2024-03-01 00:00:${i < 10 ? '0' : ''}${i},${i * 7.5},${i % 3 ? 'Yes' : 'No'},${i % 5 ? 'tcp' : 'udp'},u${i},ACME,${i + 5},`,
    );
    const { document, read } = await imported(text);
    expect(kinds(document)).toEqual({
      time: 'timestamp',
      bytes: 'number',
      tls: 'boolean',
      proto: 'one-hot',
      user: 'ignored',
      vendor: 'ignored',
      n: 'ignored',
      note: 'ignored',
    });
    expect(document.columns.slice(4).map(({ why }) => why)).toEqual([
      'text with 60 different values: more than 50',
      'the same in every row: ACME',
      'a row number: it rises by 1 from row to row; --numeric keeps it',
      'empty',
    ]);
    expect(read('features/features.csv').split('\n').slice(0, 3)).toEqual([
      'instance_id,bytes,tls,proto=tcp,proto=udp',
      '1,0,0,0,1',
      '2,7.5,1,1,0',
    ]);
    expect(read('idents.csv').split('\n')[1]).toBe('1,row 1,2024-03-01 00:00:00');
    expect(read('features/features_description.csv')).toContain(
      'proto=udp,proto=udp,"1 where proto is ""udp""",binary\n',
    );
  });

  it('reads semicolons, tabs, a byte order mark, CRLF, gzip and decimal commas', async () => {
    const rows = table('a;b', 4, (i) => `${i},5;${i % 2 ? 'x' : 'y'}`);
    const marked = `\ufeff${rows.replaceAll('\n', '\r\n')}`;
    const { document, read } = await imported(gzipSync(marked), { decimalComma: true });
    expect(document.source.delimiter).toBe('semicolon');
    expect(read('features/features.csv')).toBe('instance_id,a,b=x,b=y\n1,0.5,0,1\n2,1.5,1,0\n3,2.5,0,1\n4,3.5,1,0\n');
    const tabs = await imported(rows.replaceAll(';', '\t'), { decimalComma: true });
    expect(tabs.read('features/features.csv')).toBe(read('features/features.csv'));
  });

  it('keeps missing cells missing, and says how many', async () => {
    const cells = ['1', '-', 'N/A', '', 'NaN', '2.5'];
    const { document, read } = await imported(table('a,b', 6, (i) => `${cells[i]},${i % 2}`));
    expect(read('features/features.csv')).toBe('instance_id,a,b\n1,1,0\n2,,1\n3,,0\n4,,1\n5,,0\n6,2.5,1\n');
    expect(document.columns[0].missing).toBe(4);
    expect(document.warnings.join()).toContain('cells are missing in 1 of the feature columns');
  });

  it('reads labels by the words that every labels file may hold, and leaves blank ones out', async () => {
    const words = ['malicious', 'BENIGN', '', '1', 'false'];
    const { document, read } = await imported(
      table('x,label', 5, (i) => `${i * i},${words[i]}`),
      { label: 'label' },
    );
    expect(read('labels/true_labels.csv')).toBe('instance_id,label\n1,malicious\n2,benign\n4,malicious\n5,benign\n');
    expect(document.labels).toEqual({ malicious: 2, benign: 2, unlabelled: 1 });
  });

  it('lists the values of labels that it cannot read, and takes --malicious and --benign', async () => {
    const words = ['True Positive', 'False Positive', 'Benign', 'open'];
    const text = table('x,verdict', 8, (i) => `${i * i},${words[i % 4]}`);
    const told = await problem(text, { label: 'verdict' });
    expect(told).toContain('"True Positive" (2 rows)');
    expect(told).toContain("--malicious 'True Positive'");
    const others = await imported(text, { label: 'verdict', malicious: ['True Positive'] });
    expect(others.document.labels).toEqual({ malicious: 2, benign: 6, unlabelled: 0 });
    const both = { label: 'verdict', malicious: ['True Positive'], benign: ['False Positive,Benign'] };
    expect((await imported(text, both)).document.labels).toEqual({ malicious: 2, benign: 4, unlabelled: 2 });
    expect(await problem(text, { label: 'verdict', malicious: ['true positive'] })).toMatch(
      /no row of column "verdict" says "true positive"[^]*"Benign" \(2 rows\)/,
    );
  });

  it('warns of features that tell the label or are named like it', async () => {
    const text = table('x,score,colour,attack,bad', 40, (i) => {
      const bad = i % 4 === 0;
      return `${i % 7},${bad ? 5 + i : 4 - i},${bad ? 'red' : ['blue', 'green'][i % 2]},${i % 5},${bad ? 1 : 0}`;
    });
    const { warnings } = (await imported(text, { label: 'bad' })).document;
    const told = warnings.join('\n');
    expect(told).toContain('"score" alone tells the label (up to 3 benign, from 5 malicious)');
    expect(told).toContain('"colour" alone tells the label (each of its 3 values occurs with one label only)');
    expect(told).toContain('"attack" is named like a label');
    expect(told).not.toContain('"x"');
  });

  it('says which column may be the label, which the names, while nobody has said so', async () => {
    const text = table('file,bytes,verdict', 40, (i) => `f${i}.exe,${(i * 7) % 13},${i % 4 === 0 ? 'bad' : 'fine'}`);
    const told = (await imported(text)).document.warnings.join('\n');
    expect(told).toContain('--label COL --malicious VALUE takes it as the label (it has "fine", "bad")');
    expect(told).toContain('--ident COL gives them a name that people know (perhaps "file")');
    const named = (await imported(text, { ident: 'file', label: 'verdict', malicious: ['bad'] })).document.warnings;
    expect(named).toEqual([]);
    const ignored = (await imported(text, { ignore: ['file'] })).document.warnings.join('\n');
    expect(ignored).not.toContain('perhaps');
  });

  it('tells what it cannot take: ragged rows, blank, long and repeated ids, up to 20 by place', async () => {
    const ids = ['a', 'b', 'a', '', 'x'.repeat(191)];
    const text = `${table('key,v', 5, (i) => `${ids[i]},${i}`)}c,1,2\n`;
    const told = await problem(text, { id: 'key' });
    expect(told).toMatch(/export\.csv:4:key: found the id "a" again \(first in line 2\)/);
    expect(told).toMatch(/export\.csv:5:key: found a blank cell/);
    expect(told).toMatch(/export\.csv:6:key: found 191 characters/);
    expect(told).toMatch(/export\.csv:7: found 3 cells, expected 2/);
    expect(
      (
        await problem(
          table('key,v', 50, () => 'same,1'),
          { id: 'key' },
        )
      ).split('\n'),
    ).toHaveLength(21);
  });

  it('says what it was given where that is no table', async () => {
    expect(await problem('{"a": 1}\n{"a": 2}\n')).toContain('found JSON, expected a table as text');
    expect(await problem('PK\u0003\u0004xyz\n')).toContain('perhaps a spreadsheet');
    expect(await problem('a,b\r1,2\r3,4\r')).toContain('carriage return alone');
    expect(await problem('a,b\n1,"open\n2,3\n')).toMatch(/export\.csv:2: found a quote that is never closed/);
    expect(await problem('a,b\n')).toContain('a header and no rows');
    expect(await problem('user,host\nx,y\nz,w\n')).toMatch(
      /no column of .* can be a feature:\n {2}user: text, and most/,
    );
  });

  it('names columns that have no name or that of another, and finds them by it', async () => {
    const { document } = await imported(
      table('v,,v, W ', 4, (i) => `${i},${i * 2},${i * 3},${i * i}`),
      { ignore: ['v_2,w'] },
    );
    expect(kinds(document)).toEqual({ v: 'number', column_2: 'number', v_2: 'ignored', W: 'ignored' });
    expect(await problem('a,b\n1,2\n', { ignore: ['c'] })).toMatch(/--ignore: there is no column "c"[^]*a, b/);
  });

  it('reads dates whose order must be told only when it is', async () => {
    const text = table('seen,v', 12, (i) => `${(i % 12) + 1}/05/2024 10:00:00,${i * i}`);
    const unclear = await imported(text);
    expect(kinds(unclear.document).seen).toBe('ignored');
    expect(unclear.document.columns[0].why).toContain('--date-order');
    expect(await problem(text, { timestamp: 'seen' })).toContain('--date-order dmy or mdy');
    const told = await imported(text, { timestamp: 'seen', dateOrder: 'mdy' });
    expect(told.read('idents.csv').split('\n')[2]).toBe('2,row 2,2024-02-05 10:00:00');
    expect(
      await problem(
        table('seen,v', 3, (i) => `${i ? 'soon' : '2024-01-01'},${i}`),
        { timestamp: 'seen' },
      ),
    ).toMatch(/export\.csv:3:seen: found "soon"/);
  });

  it('refuses a dataset that is there, and with --replace moves it aside', async () => {
    const first = await imported('a,b\n1,2\n3,4\n');
    await expect(imported('a,b\n5,6\n7,8\n', {}, first.inputDir)).rejects.toThrow(/is there already/);
    const second = await imported('a,b\n5,6\n7,8\n', {}, first.inputDir, true);
    expect(second.read('features/features.csv')).toBe('instance_id,a,b\n1,5,6\n2,7,8\n');
    const { formerDataset } = second.document;
    expect(readFileSync(join(formerDataset ?? '', 'features/features.csv'), 'utf8')).toBe(
      'instance_id,a,b\n1,1,2\n2,3,4\n',
    );
  });

  it('reads standard input as it reads a file', async () => {
    const inputDir = temporaryFolder();
    const stdin = Readable.from([Buffer.from('a,b\n1,'), Buffer.from('2\n3,4\n')]);
    const request = { inputDir, project: 'P', dataset: 'D', file: '-', columns: {}, replace: false };
    const { source } = await importDataset(request, { ...quietWatch, stdin });
    expect(source.file).toBe('standard input');
    expect(readFileSync(join(inputDir, 'P/D/features/features.csv'), 'utf8')).toBe('instance_id,a,b\n1,1,2\n2,3,4\n');
    expect(readdirSync(join(inputDir, 'P'))).toEqual(['D']);
  });

  it('reads an ARFF file, its texts and classes in columns of their own, and says which of its lines is wrong', async () => {
    const header = `@relation flows\n@attribute 'src bytes' real\n@attribute proto {tcp, 'u dp'}\n@attribute class {normal,neptune}\n@data\n`;
    const rows = Array.from(
      { length: 20 },
      (_, i) => `${i * i + 0.5},${i % 2 ? "'u dp'" : 'tcp'},${i % 3 ? 'normal' : 'neptune'}`,
    );
    const columns = { label: 'class', benign: ['normal'], family: 'class' };
    const { document, read } = await imported(`${header}${rows.join('\n')}\n{0 9, 2 neptune}\n{1 'u dp'}`, columns);
    expect(kinds(document)).toEqual({ 'src bytes': 'number', proto: 'one-hot', class: 'label+family' });
    expect(document.headline.instances).toBe(22);
    expect(document.labels).toMatchObject({ malicious: 8, benign: 14 });
    expect(read('features/features.csv').split('\n').slice(-3)).toEqual(['21,9,1,0', '22,0,0,1', '']);
    expect(await problem(`${header}${rows.join('\n')}\n1,'tcp\n{3 1}\n1,tcp\n`, columns)).toMatch(
      /export.csv:26: found a quote.*\n.*:27: found "3 1" in a sparse row.*\n.*:28: found 2 cells/,
    );
    await expect(
      importDataset(
        {
          inputDir: temporaryFolder(),
          project: 'P',
          dataset: 'D',
          file: arffFile(header),
          columns,
          delimiter: 'tab',
          replace: false,
        },
        quietWatch,
      ),
    ).rejects.toThrow('is an ARFF file');
  });

  it('makes what the dataset reader reads back to the same values, whatever the texts', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'B', '=', '"', ',', ';', '\n', '\r', ' ', '\u202e', '\u0000', '😀', '1'),
    });
    const row = fc.record({
      id: text,
      ident: text,
      word: fc.constantFrom('=cmd|x', 'b"c', 'd\ne', ''),
      value: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => value !== 0),
    });
    const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(row, { minLength: 8, maxLength: 20, selector: ({ id }) => id.trim() }),
        async (rows) => {
          const good = rows.filter(({ id }) => id.trim() !== '');
          const lines = good.map(({ id, ident, word, value }) =>
            [id, ident, word, String(value)].map(quoted).join(','),
          );
          const { inputDir } = await imported(`id,ident,word,value\n${lines.join('\n')}\n`, {
            id: 'id',
            ident: 'ident',
            oneHot: ['word'],
            numeric: ['value'],
          });
          const request = { inputDir, project: 'P', dataset: 'D', seed: 0 };
          const { dataset } = await openDataset(request, noLabels);
          expect([...dataset.ids]).toEqual(good.map(({ id }) => id.trim()));
          expect([...dataset.idents]).toEqual(good.map(({ ident }) => ident));
          const { X, featureNames } = dataset;
          if (X.kind !== 'dense') throw new Error('a quarter of these cells or more are not 0');
          const d = featureNames.length;
          good.forEach(({ word, value }, i) => {
            expect(X.values[i * d + d - 1]).toBe(value);
            const hot = featureNames.filter((name, j) => name.startsWith('word=') && X.values[i * d + j] === 1);
            expect(hot).toEqual(word === '' ? [] : [`word=${word}`]);
          });
        },
      ),
      { numRuns: 40 },
    );
  });
});
