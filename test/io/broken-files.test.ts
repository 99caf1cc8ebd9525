import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DataError, UserError } from '../../src/errors.js';
import { openDataset } from '../../src/workspace/dataset/open-dataset.js';
import { temporaryDataset } from './temporary-dataset.js';

const good = {
  'idents.csv': 'instance_id,ident\n0,a\n1,b\n2,c\n',
  'features/features.csv': 'instance_id,x,y\n0,1,2\n1,3,4\n2,5,6\n',
  'labels/true_labels.csv': 'instance_id,label,family\n0,malicious,m\n1,benign,b\n2,benign,b\n',
};

type Files = Record<string, string | Uint8Array>;

/** The message of the error that opening `good` with these files changed throws, paths relative to the dataset. */
async function failure(changed: Files, options: object = {}): Promise<string> {
  const { folder, ...request } = temporaryDataset({ ...good, ...changed });
  const error = await openDataset({ ...request, ...options }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  const { message, hint } = error as UserError;
  return `${message}${hint ? ` [${hint}]` : ''}`.replaceAll(`${folder}/`, '').replaceAll(request.inputDir, 'INPUT');
}

const features = (text: string | Uint8Array): Files => ({ 'features/features.csv': text });
const idents = (text: string | Uint8Array): Files => ({ 'idents.csv': text });
const labels = (text: string | Uint8Array): Files => ({ 'labels/true_labels.csv': text });
const rows = (...lines: string[]): Files => features(`instance_id,x,y\n${lines.join('\n')}\n`);

const longId = 'é'.repeat(191);

describe('a broken file is told by file, line and column', () => {
  const cases: [what: string, files: Files, message: string][] = [
    [
      'text',
      rows('0,1,2', '1,abc,4', '2,5,6'),
      'features/features.csv:3:x: found "abc", expected a finite decimal number',
    ],
    ['inf', rows('0,1,inf', '1,3,4', '2,5,6'), 'features/features.csv:2:y: found "inf"'],
    ['-Infinity', rows('0,-Infinity,2', '1,3,4', '2,5,6'), 'features.csv:2:x: found "-Infinity"'],
    ['a number too large', rows('0,1e999,2', '1,3,4', '2,5,6'), 'features.csv:2:x: found "1e999"'],
    ['hexadecimal', rows('0,0x10,2', '1,3,4', '2,5,6'), 'features.csv:2:x: found "0x10"'],
    ['grouped digits', rows('0,1_000,2', '1,3,4', '2,5,6'), 'features.csv:2:x: found "1_000"'],
    ['a decimal comma', rows('0,"1,5",2', '1,3,4', '2,5,6'), 'features.csv:2:x: found "1,5"'],
    ['a boolean', rows('0,true,2', '1,3,4', '2,5,6'), 'features.csv:2:x: found "true"'],
    ['another missing word', rows('0,None,2', '1,3,4', '2,5,6'), 'features.csv:2:x: found "None"'],
    ['two numbers', rows('0,1 2,2', '1,3,4', '2,5,6'), 'features.csv:2:x: found "1 2"'],
    ['NUL bytes', rows('0,\0,2', '1,3,4', '2,5,6'), 'features.csv:2:x: found "\\u{0}"'],
    ['escape sequences', rows('0,\x1b[2J,2', '1,3,4', '2,5,6'), 'found "\\u{1b}[2J"'],
    [
      'too few cells',
      rows('0,1', '1,3,4', '2,5,6'),
      'features/features.csv:2: found 2 cells, expected 3, as in the header',
    ],
    [
      'a last row of one cell',
      rows('0,1,2', '1,3,4', '2'),
      'features/features.csv:4: found 1 cell, expected 3, as in the header',
    ],
    ['too many cells', rows('0,1,2', '1,3,4,', '2,5,6'), 'features/features.csv:3: found 4 cells, expected 3'],
    ['one cell', rows('0', '1,3,4', '2,5,6'), 'features/features.csv:2: found 1 cell, expected 3'],
    [
      'an unknown id',
      rows('0,1,2', '1,3,4', '2,5,6', '9,5,6'),
      'features.csv:5:instance_id: found unknown instance_id "9"',
    ],
    [
      'an id written otherwise',
      rows('0,1,2', '01,3,4', '2,5,6'),
      'features.csv:3:instance_id: found unknown instance_id "01"',
    ],
    ['a blank id', rows('0,1,2', ',3,4', '2,5,6'), 'features.csv:3:instance_id: found a blank cell'],
    [
      'a repeated id',
      rows('0,1,2', '1,3,4', '1,5,6', '2,5,6'),
      'features.csv:4:instance_id: found instance_id "1" again (first in line 3)',
    ],
    [
      'an absent row',
      rows('0,1,2', '2,5,6'),
      'features/features.csv: found no row for 1 of 3 instances: "1", expected a row for every',
    ],
    ['an open quote', rows('0,1,2', '1,"3,4', '2,5,6'), 'features/features.csv:3: found a quote that is never closed'],
    [
      'an open quote in the id',
      rows('0,1,2', '"1,3,4', '2,5,6'),
      'features/features.csv:3: found a quote that is never closed',
    ],
    [
      'bad UTF-8 in a row',
      features(Buffer.from('instance_id,x\n0,1\n1,\xff\n2,3\n', 'latin1')),
      'features.csv:3: found bytes that are not UTF-8',
    ],
    [
      'bad UTF-8 in the header',
      features(Buffer.from('instance_id,\xe9t\xe9\n0,1\n1,2\n2,3\n', 'latin1')),
      'features.csv:1: found bytes that are not UTF-8',
    ],
    [
      'a header without instance_id',
      features('id,x\n0,1\n1,2\n2,3\n'),
      'features/features.csv:1: found the header id,x, expected the column instance_id',
    ],
    [
      'instance_id in another place',
      features('x,instance_id\n1,0\n1,1\n2,2\n'),
      'features.csv:1:1: found "x" as the first column',
    ],
    ['semicolons', features('instance_id;x\n0;1\n1;2\n2;3\n'), 'expected columns separated by commas, not by ";"'],
    ['tabs', features('instance_id\tx\n0\t1\n1\t2\n2\t3\n'), 'expected columns separated by commas, not by tabs'],
    [
      'a repeated feature',
      features('instance_id,x,y,x\n0,1,2,3\n'),
      'features.csv:1:4: found a second column named "x" (the first is column 2)',
    ],
    [
      'a feature without a name',
      features('instance_id,x,\n0,1,2\n'),
      'features.csv:1:3: found a column without a name',
    ],
    ['no feature', features('instance_id\n0\n1\n2\n'), 'features/features.csv:1: found no feature column'],
    ['an empty file', features(''), 'features/features.csv: found an empty file'],
    ['empty lines only', features('\n\n\r\n'), 'found empty lines only'],
    ['a byte order mark only', features('\uFEFF'), 'found empty lines only'],
    ['a header only', features('instance_id,x\n'), 'found no row for 3 of 3 instances: "0", "1", "2"'],
    [
      'UTF-16',
      features(Buffer.from('\uFEFFinstance_id,x\n0,1\n', 'utf16le')),
      'features/features.csv: found UTF-16 text, expected UTF-8',
    ],
    [
      'lone carriage returns',
      features('instance_id,x\r0,1\r1,2\r2,3\r'),
      'found lines that end in a carriage return alone',
    ],
    [
      'an open quote in the header',
      features('instance_id,"x\n0,1\n'),
      'found a quote in the header that is never closed',
    ],
    [
      'an image',
      features(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0])),
      'features.csv:1: found bytes that are not UTF-8',
    ],

    [
      'idents: no ident',
      idents('instance_id,name\n0,a\n'),
      'idents.csv:1: found the header instance_id,name, expected the column ident',
    ],
    [
      'idents: a repeated id',
      idents('instance_id,ident\n0,a\n1,b\n2,c\n1,d\n'),
      'idents.csv:5:instance_id: found instance_id "1" again (first in line 3)',
    ],
    ['idents: a blank id', idents('instance_id,ident\n0,a\n,b\n2,c\n'), 'idents.csv:3:instance_id: found a blank cell'],
    [
      'idents: a long id',
      idents(`instance_id,ident\n0,a\n1,b\n${longId},c\n`),
      'idents.csv:4:instance_id: found 191 characters',
    ],
    ['idents: ragged', idents('instance_id,ident\n0,a\n1\n2,c\n'), 'idents.csv:3: found 1 cell, expected 2'],
    ['idents: empty', idents(''), 'idents.csv: found an empty file'],
    ['idents: header only', idents('instance_id,ident\n'), 'idents.csv: found a header and no instances'],
    [
      'idents: bad UTF-8',
      idents(Buffer.from('instance_id,ident\n0,a\n1,\xff\n2,c\n', 'latin1')),
      'idents.csv:3: found bytes that are not UTF-8 (after "1,": 0xff)',
    ],
    [
      'idents: an open quote',
      idents('instance_id,ident\n0,"a\n1,b\n2,c\n'),
      'idents.csv:2: found a quote that is never closed',
    ],
    [
      'idents: a repeated column',
      idents('instance_id,ident,host,host\n0,a,b,c\n'),
      'idents.csv:1:host: found two columns named "host"',
    ],
    [
      'idents: a bad timestamp',
      idents('instance_id,ident,timestamp\n0,a,2020-02-30 00:00:00\n1,b,\n2,c,\n'),
      'idents.csv:2:timestamp: found "2020-02-30 00:00:00"',
    ],
    [
      'idents: a bad label',
      idents('instance_id,ident,label\n0,a,evil\n1,b,0\n2,c,1\n'),
      'idents.csv:2:label: found "evil", expected malicious or benign',
    ],
    [
      'idents: family without label',
      idents('instance_id,ident,family\n0,a,f\n1,b,\n2,c,\n'),
      'idents.csv:1:family: found a column family without a column label',
    ],

    [
      'labels: a bad word',
      labels('instance_id,label\n0,evil\n'),
      'labels/true_labels.csv:2:label: found "evil", expected malicious or benign',
    ],
    [
      'labels: an unknown id',
      labels('instance_id,label\n7,benign\n'),
      'true_labels.csv:2:instance_id: found unknown instance_id "7"',
    ],
    [
      'labels: a repeated id',
      labels('instance_id,label\n1,benign\n1,benign\n'),
      'true_labels.csv:3:instance_id: found instance_id "1" again (first in line 2)',
    ],
    [
      'labels: a family without a label',
      labels('instance_id,label,family\n1,,f\n'),
      'true_labels.csv:2:label: found no label, but the family "f"',
    ],
    [
      'labels: a long family',
      labels(`instance_id,label,family\n1,benign,${'x'.repeat(191)}\n`),
      'true_labels.csv:2:family: found 191 characters',
    ],
    [
      'labels: a wrong header',
      labels('instance_id,annotation\n1,benign\n'),
      'true_labels.csv:1: found the header instance_id,annotation, expected the column label',
    ],
    ['labels: ragged', labels('instance_id,label\n1,benign,x\n'), 'true_labels.csv:2: found 3 cells, expected 2'],
    ['labels: empty', labels(''), 'true_labels.csv: found an empty file'],

    [
      'description: an unknown feature',
      { 'features/features_description.csv': 'id,name\nx,X\ny,Y\nz,Z\n' },
      'features_description.csv:4:id: found unknown feature "z"',
    ],
    [
      'description: an absent feature',
      { 'features/features_description.csv': 'id,name\nx,X\n' },
      'features_description.csv: found no line for 1 of 2 features: "y"',
    ],
    [
      'description: a bad type',
      { 'features/features_description.csv': 'id,name,type\nx,X,text\ny,Y,\n' },
      'features_description.csv:2:type: found "text", expected binary or numeric',
    ],
    [
      'description: without names',
      { 'features/features_description.csv': 'id,type\nx,binary\n' },
      'features_description.csv:1: found the header id,type, expected the column name',
    ],
    [
      'description: not binary',
      { 'features/features_description.csv': 'id,name,type\nx,X,binary\ny,Y,\n' },
      'features_description.csv:2:type: found binary for "X"',
    ],
    [
      'description: one name twice',
      { 'features/features_description.csv': 'id,name\nx,X\ny,X\n' },
      'found two features named "X"',
    ],
  ];
  it.each(cases)('%s', async (_, files, message) => {
    expect(await failure(files)).toContain(message);
  });
});

describe('broken gzip', () => {
  const text = `instance_id,x,y\n${Array.from({ length: 3000 }, (_, i) => `${i},${Math.sin(i)},${i % 7}`).join('\n')}\n`;
  const whole = gzipSync(text);
  const many = { 'idents.csv': `instance_id,ident\n${Array.from({ length: 3000 }, (_, i) => `${i},i`).join('\n')}\n` };
  const gz = (bytes: Uint8Array): Promise<string> =>
    failure({ ...many, 'features/cut.csv.gz': bytes }, { features: ['cut'] });

  it.each([0.1, 0.5, 0.999])('cut at %s of its length', async (share) => {
    expect(await gz(whole.subarray(0, whole.length * share))).toContain(
      'features/cut.csv.gz: found gzip data that ends too early',
    );
  });

  it('damaged in the middle', async () => {
    const damaged = Uint8Array.from(whole);
    damaged.fill(0xaa, damaged.length / 2, damaged.length / 2 + 40);
    expect(await gz(damaged)).toMatch(/features\/cut\.csv\.gz: found damaged gzip data/);
  });

  it('no gzip at all', async () => {
    expect(await gz(Buffer.from(text))).toContain(
      'features/cut.csv.gz: found no gzip data, expected gzip data, as the name says',
    );
    expect(await gz(new Uint8Array())).toContain('features/cut.csv.gz: found an empty file');
  });
});

describe('files that leave a choice', () => {
  it.each<[string, Files]>([
    ['features.csv and features.csv.gz', { 'features/features.csv.gz': gzipSync(good['features/features.csv']) }],
    ['features.csv and features.libsvm', { 'features/features.libsvm': '0 1:1\n1 1:1\n2 1:1\n' }],
    ['idents.csv and idents.csv.gz', { 'idents.csv.gz': gzipSync(good['idents.csv']) }],
    [
      'true_labels.csv and true_labels.csv.gz',
      { 'labels/true_labels.csv.gz': gzipSync(good['labels/true_labels.csv']) },
    ],
  ])('%s', async (_, files) => {
    expect(await failure(files)).toMatch(/^there are .*: which of them\? \[remove/);
  });

  it('is none where the whole name is given', async () => {
    const { folder: _, ...request } = temporaryDataset({
      ...good,
      'features/features.csv.gz': gzipSync(good['features/features.csv'].replace('1,2', '7,2')),
    });
    const x = async (name: string): Promise<number> =>
      (await openDataset({ ...request, features: [name] })).dataset.X.values[0];
    expect([await x('features.csv'), await x('features.csv.gz')]).toEqual([1, 7]);
    await expect(openDataset({ ...request, features: ['features'] })).rejects.toThrow('which of them?');
  });

  it('between folders of feature files', async () => {
    const { 'features/features.csv': text, ...rest } = good;
    const { folder, ...request } = temporaryDataset({ ...rest, 'features/static/f.csv': text });
    const error = (await openDataset(request).catch((reason: unknown) => reason)) as UserError;
    expect(error.message).toContain('holds no feature file, only folders');
    expect(error.hint).toContain('--features static');
    expect((await openDataset({ ...request, features: ['static'] })).dataset.X.columns).toBe(2);
    expect(folder).toBeDefined();
  });
});

describe('many faults', () => {
  it('one cause is told once', async () => {
    const message = await failure(idents('instance_id,ident\n0,a\n1,b\n2,c\n1,d\n'));
    expect(message).toBe(
      'idents.csv:5:instance_id: found instance_id "1" again (first in line 3), expected each instance_id once',
    );
  });

  it.each([
    ['an open quote', 'instance_id,ident\n0,a\n1,"b\n2,c\n', 'idents.csv:3: found a quote that is never closed'],
    ['a family without a label', 'instance_id,ident,family\n0,a,b\n1,b,b\n2,c,b\n', 'idents.csv:1:family'],
    ['a header without ident', 'instance_id,name\n0,a\n1,b\n2,c\n', 'idents.csv:1: found the header'],
    ['a ragged row', 'instance_id,ident\n0,a\n1,b,c\n2,c\n', 'idents.csv:3: found 3 cells'],
    ['wrong encoding', Buffer.from('instance_id,ident\n0,a\n1,\xff\n2,c\n', 'latin1'), 'idents.csv:3: found bytes'],
  ])('%s in idents.csv is not told again for what other files name', async (_, text, expected) => {
    const message = await failure(idents(text));
    expect(message).toContain(expected);
    expect(message.split('\n')).toHaveLength(1);
  });

  it('are told together, over all files', async () => {
    const message = await failure({ ...rows('0,1,2', '1,a,b', '2,5,6'), ...labels('instance_id,label\n0,evil\n') });
    expect(message.split('\n')).toHaveLength(3);
  });

  it('stop at 20', async () => {
    const { folder: _, ...request } = temporaryDataset({
      'idents.csv': `instance_id,ident\n${Array.from({ length: 100 }, (_, i) => `${i},i`).join('\n')}\n`,
      'features/features.csv': `instance_id,x\n${Array.from({ length: 100 }, (_, i) => `${i},bad${i}`).join('\n')}\n`,
      'features/more.csv': 'instance_id,y\n0,bad\n',
    });
    const error = await openDataset({ ...request, features: ['features', 'more'] }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DataError);
    expect((error as DataError).faults).toHaveLength(20);
    expect((error as DataError).hint).toContain('the first 20 faults');
    const counting = openDataset({ ...request, features: ['features', 'more'], countFaults: true });
    const all = (await counting.catch((reason: unknown) => reason)) as DataError;
    expect(all.faults).toHaveLength(20);
    // 100 cells, one in the other file, and its 99 instances without a row as one.
    expect(all.total).toBe(102);
    expect(all.hint).toContain('the first 20 of 102 faults');
  });
});

describe('names', () => {
  const paths = ['..', '.', '../D', 'a/b', 'a\\b', '/etc', 'x\0y', '', '.hidden', 'x'.repeat(191)];
  it.each(paths)('project %j is refused', async (project) => {
    expect(await failure({}, { project })).toMatch(/project/);
  });
  it.each(paths)('dataset %j is refused', async (dataset) => {
    expect(await failure({}, { dataset })).toMatch(/dataset/);
  });
  it.each(['../idents.csv', '/etc/passwd', '..', 'a\\b', 'features/../../idents.csv'])(
    'features %j is refused',
    async (name) => {
      expect(await failure({}, { features: [name] })).toContain('a plain name is expected');
    },
  );
  it.each(['../idents.csv', '/etc/passwd', '..', 'sub/true_labels.csv'])('labels %j is refused', async (name) => {
    expect(await failure({}, { labels: name })).toContain('a plain name is expected');
  });

  it('what does not exist is answered with what does', async () => {
    expect(await failure({}, { project: 'Q' })).toBe(
      'there is no project "Q" in INPUT (did you mean "P"?) [projects in INPUT: P]',
    );
    expect(await failure({}, { dataset: 'DD' })).toBe(
      'there is no dataset "DD" of project P (did you mean "D"?) [datasets of project P: D]',
    );
    expect(await failure({}, { features: ['feature.csv'] })).toContain(
      'there is no feature file "feature.csv" (did you mean "features.csv"?)',
    );
    expect(await failure({}, { labels: 'init.csv' })).toContain('there are no labels "init.csv"');
    expect(await failure({}, { groupColumn: 'host' })).toContain(
      'has no column "host" to group by [its group columns: none]',
    );
    expect(await failure({}, { filterIn: 'nowhere.txt' })).toContain('the filter file nowhere.txt does not exist');
    expect(await failure({}, { inputDir: 'nowhere' })).toContain('the input folder nowhere does not exist');
  });

  it('a missing file is named', async () => {
    const { folder: _, ...request } = temporaryDataset({ 'idents.csv': good['idents.csv'] });
    await expect(openDataset(request)).rejects.toThrow('P/D/features/features.csv: found no such file');
    const other = temporaryDataset({ 'features/features.csv': good['features/features.csv'] });
    await expect(openDataset(other)).rejects.toThrow(
      'P/D/idents.csv: found no such file, expected a CSV with the columns instance_id and ident',
    );
  });
});
