import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EntryReader } from '../../../src/io/cache/entry-reader.js';
import { toDense } from '../../../src/ml/matrix/feature-matrix.js';
import { openDataset } from '../../../src/workspace/dataset/open-dataset.js';
import { temporaryDataset, temporaryFolder } from '../../io/temporary-dataset.js';

const plain = {
  'idents.csv':
    'instance_id,ident,timestamp,host\n0,a,2024-01-02 03:04:05,h1\n007,"b, c",2024-01-02T03:04:05+01:00,\n7,d,,h1\n',
  'features/features.csv': 'instance_id,x,y\n7,5,6\n007,3,4\n0,1,2\n',
  'labels/true_labels.csv': 'instance_id,label,family\n7,BENIGN,web\n0,malicious,worm\n',
  'labels/init_labels.csv': 'instance_id,label\n0,1\n007,False\n',
};

/** A dataset of `rows` rows and 3 columns with a given way to write its features. */
function numbered(rows: number, cell = (i: number, j: number): number => Math.sin(i * 3 + j)): Record<string, string> {
  const ids = Array.from({ length: rows }, (_, i) => i);
  return {
    'idents.csv': `instance_id,ident\n${ids.map((i) => `${i},name ${i}`).join('\n')}\n`,
    'features/features.csv': `instance_id,a,b,c\n${ids.map((i) => [i, cell(i, 0), cell(i, 1), cell(i, 2)].join(',')).join('\n')}\n`,
    'labels/true_labels.csv': `instance_id,label\n${ids.map((i) => `${i},${i % 5 === 0 ? 'malicious' : 'benign'}`).join('\n')}\n`,
  };
}

describe('openDataset', () => {
  it('joins idents, features and labels by instance_id, which is text', async () => {
    const { dataset, report } = await openDataset(temporaryDataset(plain));
    expect(dataset.ids).toEqual(['0', '007', '7']);
    expect(dataset.idents).toEqual(['a', 'b, c', 'd']);
    expect([...toDense(dataset.X).values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...(dataset.labels?.label ?? [])]).toEqual([1, -1, 0]);
    expect(dataset.labels?.families).toEqual(['web', 'worm']);
    expect([...(dataset.labels?.family ?? [])]).toEqual([1, -1, 0]);
    expect([...(dataset.timestamps ?? [])]).toEqual([
      Date.UTC(2024, 0, 2, 3, 4, 5),
      Date.UTC(2024, 0, 2, 2, 4, 5),
      Number.NaN,
    ]);
    expect(dataset.groups?.get('host')).toEqual({ group: Int32Array.of(0, -1, 0), names: ['h1'] });
    expect(dataset.truth).toBeUndefined();
    expect(report.labels).toEqual({
      source: 'true_labels.csv',
      malicious: 1,
      benign: 1,
      unlabelled: 1,
      families: { malicious: 1, benign: 1 },
    });
    expect(report.timestamps).toEqual({
      first: '2024-01-02T02:04:05.000Z',
      last: '2024-01-02T03:04:05.000Z',
      missing: 1,
    });
    expect(report.notes).toEqual([]);
  });

  it('takes the ground truth for evaluation only where other labels are asked for', async () => {
    for (const name of ['init_labels.csv', 'init_labels']) {
      const { dataset, report } = await openDataset({ ...temporaryDataset(plain), labels: name });
      expect([...(dataset.labels?.label ?? [])]).toEqual([1, 0, -1]);
      expect([...(dataset.truth?.label ?? [])]).toEqual([1, -1, 0]);
      expect(report.notes).toEqual([
        'true_labels.csv is used for evaluation only; the labels are those of init_labels.csv',
      ]);
    }
    const { dataset } = await openDataset({ ...temporaryDataset(plain), labels: 'true_labels.csv' });
    expect(dataset.truth).toBeUndefined();
  });

  it('reads the layout with labels in idents.csv and annotations beside it', async () => {
    const other = {
      'idents.csv': 'instance_id,ident,label,family\n0,a,1,worm\n1,b,0,\n2,c,,\n',
      'features/features.csv': 'instance_id,x\n0,1\n1,2\n2,3\n',
      'annotations/partial.csv': 'instance_id,label,family\n1,1,trojan\n',
    };
    const { dataset } = await openDataset(temporaryDataset(other));
    expect([...(dataset.labels?.label ?? [])]).toEqual([1, 0, -1]);
    expect(dataset.groups?.size).toBe(0);
    const annotated = await openDataset({ ...temporaryDataset(other), labels: 'partial.csv' });
    expect([...(annotated.dataset.labels?.label ?? [])]).toEqual([-1, 1, -1]);
    expect([...(annotated.dataset.truth?.label ?? [])]).toEqual([1, 0, -1]);
    expect(annotated.report.notes[0]).toContain('idents.csv is used for evaluation only');
  });

  it('has no labels where there are none, and says what could be chosen', async () => {
    const { 'labels/true_labels.csv': _, ...rest } = plain;
    const { dataset, report } = await openDataset(temporaryDataset(rest));
    expect(dataset.labels).toBeUndefined();
    expect(report.notes).toEqual(['no labels are used: choose with --labels among init_labels.csv']);
  });

  it('takes labels from a label set', async () => {
    const request = { ...temporaryDataset(plain), labels: 'set:alice' };
    const { dataset, report } = await openDataset(request, async (wanted) => {
      expect(wanted).toEqual({ project: 'P', dataset: 'D', kind: 'set', name: 'alice' });
      const labels = new Map([
        ['007', { label: 1, family: 'bot' }],
        ['gone', { label: 0, family: null }],
      ] as const);
      return { labels, warnings: ['the log was torn'] };
    });
    expect([...(dataset.labels?.label ?? [])]).toEqual([-1, 1, -1]);
    expect(dataset.labels?.families).toEqual(['bot']);
    expect(report.notes[0]).toBe('the log was torn');
    expect(report.notes[1]).toContain('set:alice has 1 answer for instances that the dataset does not have');
  });

  it('reads feature folders, several files, and files without their extension', async () => {
    const several = {
      ...plain,
      'features/part/one.csv': 'instance_id,p\n0,1\n7,2\n007,3\n',
      'features/part/two.csv.gz': gzipSync('instance_id,q\n7,20\n0,10\n007,30\n'),
      'features/part/two_description.csv': 'id,name,description,type\nq,Queue,"a, b",numeric\n',
    };
    const { dataset } = await openDataset({ ...temporaryDataset(several), features: ['features', 'part'] });
    expect(dataset.featureNames).toEqual(['x', 'y', 'p', 'Queue']);
    expect([...toDense(dataset.X).values]).toEqual([1, 2, 1, 10, 3, 4, 3, 30, 5, 6, 2, 20]);
    await expect(
      openDataset({ ...temporaryDataset({ ...plain, 'features/b.csv': 'instance_id,x\n' }), features: ['b', 'b'] }),
    ).rejects.toThrow('is asked for twice');
  });

  it('wants a choice among several feature files', async () => {
    const { 'features/features.csv': text, ...rest } = plain;
    const two = { ...rest, 'features/a.csv': text, 'features/b.csv': text };
    await expect(openDataset(temporaryDataset(two))).rejects.toThrow('holds several feature files');
    expect((await openDataset(temporaryDataset({ ...rest, 'features/only.csv': text }))).dataset.X.columns).toBe(2);
  });

  it('filters features in and out', async () => {
    const files = { ...plain, 'features/keep.txt': '\uFEFFy\r\n\r\n' };
    const kept = await openDataset({ ...temporaryDataset(files), filterIn: 'keep.txt' });
    expect(kept.dataset.featureNames).toEqual(['y']);
    expect([...toDense(kept.dataset.X).values]).toEqual([2, 4, 6]);
    const left = await openDataset({ ...temporaryDataset(files), filterOut: 'keep.txt' });
    expect(left.dataset.featureNames).toEqual(['x']);
    const wrong = temporaryDataset({ ...plain, 'features/keep.txt': 'y\nz\n' });
    await expect(openDataset({ ...wrong, filterIn: 'keep.txt' })).rejects.toThrow(
      'keep.txt:2: found unknown feature "z"',
    );
    await expect(openDataset({ ...wrong, filterIn: 'a', filterOut: 'b' })).rejects.toThrow('exclude each other');
  });

  it('samples by seed and instance_id, whatever the order of the rows', async () => {
    const files = numbered(200);
    const request = temporaryDataset(files);
    const { dataset, report } = await openDataset({ ...request, sample: 20, seed: 3 });
    expect(dataset.ids).toHaveLength(20);
    expect(report.sampledFrom).toBe(200);
    expect(report.notes).toContain('a sample of 20 of 200 instances is used');
    dataset.ids.forEach((id, i) => {
      expect(toDense(dataset.X).values[i * 3]).toBe(Math.sin(Number(id) * 3));
      expect(dataset.labels?.label[i]).toBe(Number(id) % 5 === 0 ? 1 : 0);
    });
    const [header, ...lines] = files['idents.csv'].trim().split('\n');
    writeFileSync(join(request.folder, 'idents.csv'), `${[header, ...lines.toReversed()].join('\n')}\n`);
    const again = await openDataset({ ...request, sample: 20, seed: 3 });
    expect(new Set(again.dataset.ids)).toEqual(new Set(dataset.ids));
    const larger = await openDataset({ ...request, sample: 50, seed: 3 });
    expect(larger.dataset.ids).toEqual(expect.arrayContaining([...dataset.ids]));
    const other = await openDataset({ ...request, sample: 20, seed: 4 });
    expect(new Set(other.dataset.ids)).not.toEqual(new Set(dataset.ids));
    expect((await openDataset({ ...request, sample: 500 })).report.sampledFrom).toBeUndefined();
  });

  it('hashes what it read: the same for the same content, another for any change', async () => {
    const hash = async (files: Record<string, string | Uint8Array>, options = {}): Promise<string> =>
      (await openDataset({ ...temporaryDataset(files), ...options })).dataset.hash;
    const base = await hash(plain);
    const { 'features/features.csv': text, ...rest } = plain;
    expect(await hash({ ...rest, 'features/features.csv.gz': gzipSync(text) })).toBe(base);
    expect(await hash({ ...plain, 'features/features.csv': text.replace('5,6', '5.0,"6"') })).toBe(base);
    const changes = [
      { 'features/features.csv': text.replace('5,6', '5,6.5') },
      { 'features/features.csv': text.replace('x,y', 'x,z') },
      { 'idents.csv': plain['idents.csv'].replace('h1', 'h2') },
      { 'idents.csv': plain['idents.csv'].replace(',d,', ',e,') },
      { 'labels/true_labels.csv': plain['labels/true_labels.csv'].replace('web', 'mail') },
    ];
    const hashes = await Promise.all(changes.map((change) => hash({ ...plain, ...change })));
    expect(new Set([base, ...hashes, await hash(plain, { sample: 2 })]).size).toBe(changes.length + 2);
  });
});

describe('the cache of parsed features', () => {
  const dense = numbered(500);
  const sparse = numbered(500, (i, j) => (i % 10 === 0 && j === 1 ? i / 7 : 0));
  const entries = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.features'));

  it.each([
    ['dense', dense],
    ['sparse', sparse],
  ] as const)('gives back the same dataset, %s', async (kind, files) => {
    const request = { ...temporaryDataset(files), cacheDirectory: join(temporaryFolder(), 'cache') };
    const first = await openDataset(request);
    const second = await openDataset(request);
    expect([first.report.cacheHit, second.report.cacheHit]).toEqual([false, true]);
    expect(second.dataset).toEqual(first.dataset);
    expect(second.dataset.X.kind).toBe(kind);
    expect(second.dataset.X.values.buffer).toBeInstanceOf(SharedArrayBuffer);
    const sampled = await openDataset({ ...request, sample: 50 });
    expect(sampled.report.cacheHit).toBe(true);
    expect(sampled.dataset).toEqual((await openDataset({ ...request, cacheDirectory: undefined, sample: 50 })).dataset);

    const entry = await EntryReader.open(join(request.cacheDirectory, entries(request.cacheDirectory)[0]));
    const { values } = toDense(first.dataset.X);
    for (const row of [0, 10, 137, 499]) expect(await entry?.readRow(row)).toEqual(values.slice(row * 3, row * 3 + 3));
    await expect(entry?.readRow(500)).rejects.toThrow(RangeError);
    await entry?.close();
  });

  it('notices a changed feature file, other ids and another description', async () => {
    const request = { ...temporaryDataset(dense), cacheDirectory: temporaryFolder() };
    await openDataset(request);
    writeFileSync(
      join(request.folder, 'features/features.csv'),
      dense['features/features.csv'].replace('\n0,0,', '\n0,1,'),
    );
    const changed = await openDataset(request);
    expect(changed.report.cacheHit).toBe(false);
    expect(toDense(changed.dataset.X).values[0]).toBe(1);
    writeFileSync(join(request.folder, 'features/features_description.csv'), 'id,name\na,A\nb,B\nc,C\n');
    expect((await openDataset(request)).dataset.featureNames).toEqual(['A', 'B', 'C']);
    writeFileSync(join(request.folder, 'idents.csv'), `${dense['idents.csv'].split('\n').slice(0, -2).join('\n')}\n`);
    await expect(openDataset(request)).rejects.toThrow('unknown instance_id "499"');
  });

  it('--verify-input finds a change that kept size and time', async () => {
    const request = { ...temporaryDataset(dense), cacheDirectory: temporaryFolder() };
    await openDataset(request);
    const path = join(request.folder, 'features/features.csv');
    const { atime, mtime } = statSync(path);
    utimesSync(path, atime, mtime);
    await openDataset(request);
    writeFileSync(path, readFileSync(path, 'utf8').replace('\n0,0,', '\n0,7,'));
    utimesSync(path, atime, mtime);
    expect(toDense((await openDataset(request)).dataset.X).values[0]).toBe(0);
    const verified = await openDataset({ ...request, verifyInput: true });
    expect(toDense(verified.dataset.X).values[0]).toBe(7);
    expect(verified.report.cacheNotes[0]).toContain('the cache did not match');
    expect(toDense((await openDataset(request)).dataset.X).values[0]).toBe(7);
    expect((await openDataset({ ...request, verifyInput: true })).report.cacheNotes).toEqual([]);
  });

  it('survives entries cut short, two writers and a folder that cannot be written', async () => {
    const request = { ...temporaryDataset(dense), cacheDirectory: temporaryFolder() };
    const [one, two] = await Promise.all([openDataset(request), openDataset(request)]);
    expect(one.dataset).toEqual(two.dataset);
    expect(readdirSync(request.cacheDirectory)).toHaveLength(1);
    truncateSync(join(request.cacheDirectory, entries(request.cacheDirectory)[0]), 1000);
    const again = await openDataset(request);
    expect(again.report.cacheHit).toBe(false);
    expect(again.report.cacheNotes[0]).toMatch(/is damaged \(it is cut short\): it was dropped/);
    expect((await openDataset(request)).report).toMatchObject({ cacheHit: true, cacheNotes: [] });
    const notAFolder = join(temporaryFolder(), 'file');
    writeFileSync(notAFolder, '');
    const { dataset, report } = await openDataset({ ...request, cacheDirectory: notAFolder });
    expect(dataset.hash).toBe(one.dataset.hash);
    expect(report.cacheNotes[0]).toContain('could not be kept');
  });

  it.each([
    ['dense', dense],
    ['sparse', sparse],
  ])('believes no changed bit, %s', async (_, files) => {
    const request = { ...temporaryDataset(files), cacheDirectory: temporaryFolder() };
    const { dataset } = await openDataset(request);
    const path = join(request.cacheDirectory, entries(request.cacheDirectory)[0]);
    const whole = readFileSync(path);
    for (let k = 0; k < 60; k++) {
      const changed = Buffer.from(whole);
      changed[k < 20 ? k : Math.floor((k / 60) * whole.length)] ^= 1 << (k % 8);
      writeFileSync(path, changed);
      const sample = k % 3 === 0 ? 50 : undefined;
      const read = await openDataset({ ...request, sample });
      expect(read.report.cacheHit, `byte ${k}`).toBe(false);
      expect(read.report.cacheNotes[0]).toContain('is damaged');
      if (sample === undefined) expect(read.dataset).toEqual(dataset);
      expect(existsSync(path)).toBe(sample === undefined);
    }
  });

  it('reads the files where a folder stands in the place of an entry', async () => {
    const request = { ...temporaryDataset(dense), cacheDirectory: temporaryFolder() };
    const { dataset } = await openDataset(request);
    const path = join(request.cacheDirectory, entries(request.cacheDirectory)[0]);
    rmSync(path);
    mkdirSync(join(path, 'inside'), { recursive: true });
    const { report, dataset: same } = await openDataset(request);
    expect(same).toEqual(dataset);
    expect(report.cacheNotes[0]).toContain('it is no file');
    expect(existsSync(join(path, 'inside'))).toBe(true);
  });

  it('drops what was not used for longest above the limit', async () => {
    const cacheDirectory = temporaryFolder();
    const [a, b, c] = [0, 1, 2].map((k) => ({
      ...temporaryDataset(numbered(500, (i, j) => i + j + k)),
      cacheDirectory,
    }));
    await openDataset(a);
    const bytes = statSync(join(cacheDirectory, entries(cacheDirectory)[0])).size;
    await openDataset(b);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await openDataset(a)).report.cacheHit).toBe(true);
    await openDataset({ ...c, cacheLimitBytes: bytes * 2.5 });
    expect(entries(cacheDirectory)).toHaveLength(2);
    expect((await openDataset(a)).report.cacheHit).toBe(true);
    expect((await openDataset(c)).report.cacheHit).toBe(true);
    expect((await openDataset({ ...b, cacheLimitBytes: 0 })).report.cacheHit).toBe(false);
    expect(entries(cacheDirectory)).toHaveLength(0);
  });

  it('keeps nothing of a dataset with faults, however few the features have', async () => {
    const idents = dense['idents.csv'].trim().split('\n');
    for (const faults of [3, 40]) {
      const broken = idents
        .map((line, i) => `${line},${i === 0 ? 'timestamp' : i <= faults ? 'never' : ''}`)
        .join('\n');
      const request = { ...temporaryDataset({ ...dense, 'idents.csv': broken }), cacheDirectory: temporaryFolder() };
      await expect(openDataset(request)).rejects.toThrow('idents.csv:2:timestamp: found "never"');
      expect(readdirSync(request.cacheDirectory)).toEqual([]);
    }
  });

  it('does not confuse a copy of the files', async () => {
    const request = { ...temporaryDataset(dense), cacheDirectory: temporaryFolder() };
    const { dataset } = await openDataset(request);
    cpSync(join(request.inputDir, 'P', 'D'), join(request.inputDir, 'P', 'E'), { recursive: true });
    const copy = await openDataset({ ...request, dataset: 'E' });
    expect(copy.report.cacheHit).toBe(false);
    expect(copy.dataset.hash).toBe(dataset.hash);
  });
});

describe('a dataset that would take more memory than it may', () => {
  const sparseLines = Array.from({ length: 200 }, (_, i) => `${i} ${i + 1}:1 ${i + 500}:2\n`).join('');
  const { 'idents.csv': idents } = numbered(200);
  it.each([
    ['dense', numbered(200), 4800],
    ['sparse', { 'idents.csv': idents, 'features/f.libsvm': sparseLines }, 4800],
  ])('is refused where it is %s, read from its files or from the cache', async (_kind, files, bytes) => {
    const request = { ...temporaryDataset(files), cacheDirectory: temporaryFolder() };
    const refusal = /^the (features|idents) take \S+ GB of memory or more; at most \S+ GB are allowed$/;
    for (const cacheHit of [false, true]) {
      await expect(openDataset({ ...request, largestBytes: bytes - 1 })).rejects.toThrow(refusal);
      expect((await openDataset({ ...request, largestBytes: bytes })).report.cacheHit).toBe(cacheHit);
    }
    const half = { ...request, sample: 100 };
    await expect(openDataset({ ...half, largestBytes: bytes / 2 - 1 })).rejects.toThrow(refusal);
  });
});
