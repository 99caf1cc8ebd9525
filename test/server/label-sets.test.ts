import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labelHistorySchema } from '../../src/schema/api/instance.js';
import {
  labelPageSchema,
  labelSetListSchema,
  labelSetPageSchema,
  operationDoneSchema,
  operationPreviewSchema,
} from '../../src/schema/api/labels.js';
import { openWorkspace } from '../../src/workspace/workspace.js';
import { startTestServer, type TestServer } from './running-server.js';

let test: TestServer;
const hostile = '<img src=x onerror=alert(1)>/\u202e';
const base = '/api/label-sets/P/D/main';

beforeAll(async () => {
  test = await startTestServer();
  const workspace = await openWorkspace(test.configuration);
  const answer = (id: string, label: 'malicious' | 'benign', family: string | null, author: string | null) => {
    return { instanceId: id, ident: `file ${id}`, label, family, author, source: 'page', iteration: null };
  };
  await workspace.labels.append({ project: 'P', dataset: 'D', set: 'main' }, [
    answer('1', 'malicious', 'worm', 'ann'),
    answer('2', 'malicious', 'worm', 'ben'),
    answer('3', 'malicious', hostile, null),
    answer('4', 'benign', null, 'ann'),
  ]);
  await workspace.labels.append({ project: 'P', dataset: 'E', set: 'other' }, [answer('1', 'benign', null, null)]);
  await workspace.close();
});
afterAll(() => test.close());

const worm = { label: 'malicious', family: 'worm' };
const preview = async (change: unknown) => test.post(`${base}/preview`, change);
const operate = async (change: unknown, expected: number) =>
  test.post(`${base}/operations`, { change, author: 'cleo', expected });
const page = async () => labelSetPageSchema.parse((await test.get(base)).json);

describe('label sets', () => {
  it('are listed, all or those of a dataset', async () => {
    const { sets } = labelSetListSchema.parse((await test.get('/api/label-sets')).json);
    expect(sets.map(({ project, dataset, set, labels }) => [project, dataset, set, labels])).toEqual([
      ['P', 'D', 'main', 4],
      ['P', 'E', 'other', 1],
    ]);
    const some = labelSetListSchema.parse((await test.get('/api/label-sets?project=P&dataset=E')).json);
    expect(some.sets).toMatchObject([{ set: 'other', benign: 1, malicious: 0, families: 0 }]);
  });

  it('tell their families and authors with their sizes', async () => {
    expect(await page()).toMatchObject({
      labels: 4,
      malicious: 3,
      families: [
        { ...worm, instances: 2 },
        { label: 'malicious', family: hostile, instances: 1 },
        { label: 'benign', family: null, instances: 1 },
      ],
      authors: [
        { author: 'ann', instances: 2 },
        { author: 'ben', instances: 1 },
        { author: null, instances: 1 },
      ],
      operations: [],
      undo: null,
    });
    expect((await test.get('/api/label-sets/P/D/none')).status).toBe(400);
    expect((await test.get('/api/label-sets/..%2f../D/main')).status).toBe(400);
  });

  it('are filtered and sorted', async () => {
    const ids = async (query: string): Promise<string[]> => {
      const { rows } = labelPageSchema.parse((await test.get(`${base}/instances?${query}`)).json);
      return rows.map(({ instanceId }) => instanceId);
    };
    expect(await ids('')).toEqual(['4', '3', '2', '1']);
    expect(await ids('sort=instanceId&direction=ascending&offset=1&limit=2')).toEqual(['2', '3']);
    expect(await ids('label=malicious&family=worm&author=ben')).toEqual(['2']);
    expect(await ids('unnamed=true')).toEqual(['4']);
    expect(await ids('author=')).toEqual(['3']);
    expect(await ids('text=ONERROR')).toEqual(['3']);
    expect((await test.get(`${base}/instances?sort=nothing`)).status).toBe(400);
  });

  it('are downloaded in the format of the dataset', async () => {
    const { text, headers } = await test.send(`${base}/labels.csv`);
    expect(text).toBe(
      `instance_id,label,family\n1,malicious,worm\n2,malicious,worm\n3,malicious,${hostile}\n4,benign,\n`,
    );
    expect(headers['content-disposition']).toContain('P-D-main.csv');
  });

  it('are changed as was looked at, told, and taken back', async () => {
    const change = { operation: 'merge', from: [worm, { label: 'malicious', family: hostile }], to: ' m ' };
    expect(operationPreviewSchema.parse((await preview(change)).json)).toMatchObject({
      changes: 3,
      examples: [
        { instanceId: '1', family: 'm', label: 'malicious' },
        { instanceId: '2', family: 'm' },
        { instanceId: '3', family: 'm' },
      ],
    });
    expect((await page()).events).toBe(4);
    const refused = await operate(change, 2);
    expect(refused).toMatchObject({
      status: 409,
      json: { error: expect.stringContaining('3 labels would change now') },
    });
    const done = operationDoneSchema.parse((await operate(change, 3)).json);
    expect(done).toMatchObject({ changed: 3, range: { first: 5, last: 7 }, warning: null });
    const after = await page();
    expect(after.families[0]).toEqual({ label: 'malicious', family: 'm', instances: 3 });
    expect(after.undo).toMatchObject({ kind: 'family merge', first: 5, author: 'cleo', written: 3, holding: 3 });
    const { json } = await test.get('/api/labels/P/D/main/1');
    expect(labelHistorySchema.parse(json).events.map(({ source }) => source)).toEqual(['page', 'family merge 5-7']);

    const undo = { operation: 'undo', number: 5 };
    expect(operationPreviewSchema.parse((await preview(undo)).json).changes).toBe(3);
    expect((await operate(undo, 3)).status).toBe(200);
    expect(await page()).toMatchObject({
      undo: null,
      families: [{ ...worm, instances: 2 }, {}, {}],
      operations: [{ kind: 'labels undo' }, { kind: 'family merge', undone: true, holding: 0 }],
    });
    expect(await preview(undo)).toMatchObject({ status: 400 });
  });

  it('refuse what makes no sense', async () => {
    for (const change of [
      { operation: 'rename', from: worm, to: '   ' },
      { operation: 'rename', from: { label: 'malicious', family: 'none' }, to: 'x' },
      { operation: 'split', from: worm, instances: [], to: 'x' },
      { operation: 'split', from: worm, instances: ['4'], to: 'x' },
      { operation: 'swap', from: [] },
      { operation: 'nothing' },
    ])
      expect((await preview(change)).status, JSON.stringify(change)).toBe(400);
    expect((await operate({ operation: 'rename', from: worm, to: 'f'.repeat(191) }, 2)).status).toBe(400);
    expect((await test.post('/api/label-sets/P/D/truth/preview', { operation: 'swap', from: [worm] })).status).toBe(
      400,
    );
  });

  it('of 100,000 labels are filtered, sorted and paged within 100 ms of CPU once read', async () => {
    const folder = join(test.configuration.outputDir, 'P', 'D', 'labels');
    await mkdir(folder, { recursive: true });
    const lines = Array.from({ length: 100_000 }, (_, i) => {
      const [label, family] = i % 3 === 0 ? ['malicious', `family ${i % 200}`] : ['benign', null];
      const event = { n: i + 1, at: '2026-01-01T00:00:00.000Z', author: i % 2 ? 'ann' : 'ben', instance_id: `${i}` };
      const rest = { ident: `file ${(i * 7919) % 100_000}.exe`, label, family, previous: null, source: 'page' };
      return JSON.stringify({ ...event, ...rest, iteration: null });
    });
    await appendFile(join(folder, 'large.jsonl'), `${lines.join('\n')}\n`);
    const large = '/api/label-sets/P/D/large';
    expect(labelSetPageSchema.parse((await test.get(large)).json)).toMatchObject({
      labels: 100_000,
      malicious: 33_334,
    });
    const times: number[] = [];
    for (const query of [
      'sort=ident&direction=ascending',
      'sort=family',
      'text=999&sort=author',
      'label=malicious&family=family%20100&sort=ident',
      'sort=instanceId&offset=90000&limit=1000',
    ]) {
      const start = performance.now();
      const { status, json } = await test.get(`${large}/instances?${query}`);
      times.push(performance.now() - start);
      expect(status).toBe(200);
      expect(labelPageSchema.parse(json).rows.length, query).toBeGreaterThan(0);
    }
    // The machine may be busy with other tests: the figure of the guide is measured by bench/label-rows.mjs.
    expect(Math.min(...times)).toBeLessThan(100);
  });
});
