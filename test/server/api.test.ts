import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { experimentPageSchema, homeSchema } from '../../src/schema/api/experiments.js';
import { keptAnswerSchema, labelHistorySchema, labelSetsSchema } from '../../src/schema/api/instance.js';
import { type RowsPage, rowsPageSchema } from '../../src/schema/api/rows.js';
import { openWorkspace } from '../../src/workspace/workspace.js';
import { examplePredictions, exampleStart } from '../workspace/example-result.js';
import { saveExperiment, startTestServer, type TestServer } from './running-server.js';

const rows = 5000;
/** What hurts in paths, queries, JSON and headers. */
const hostileId = `../a/b?c#d%2f&e=f "g'<script>\u202e\u{1f4a9}`;
const longId = 'ü'.repeat(190);

let test: TestServer;
let id: string;
let base: string;
beforeAll(async () => {
  test = await startTestServer();
  id = await saveExperiment(test.configuration, examplePredictions(rows, [hostileId, longId]));
  base = `/api/experiments/${id}`;
});
afterAll(() => test.close());

describe('home', () => {
  it('lists experiments with their figures, and datasets', async () => {
    mkdirSync(join(test.configuration.inputDir, 'P/D'), { recursive: true });
    writeFileSync(join(test.configuration.inputDir, 'P/D/idents.csv'), 'instance_id,ident\na,b\n');
    const { json } = await test.get('/api/home');
    const home = homeSchema.parse(json);
    expect(home.program).toBe('secuml test');
    expect(home.datasets).toEqual([{ project: 'P', dataset: 'D' }]);
    expect(home.experiments.find((one) => one.id === id)).toMatchObject({
      kind: 'classify',
      state: 'done',
      figures: [{ name: 'test.rocAuc', value: 0.1 + 0.2 }],
    });
  });

  it('shows what runs, what failed and what cannot be read, each as what it is', async () => {
    const workspace = await openWorkspace(test.configuration);
    const running = await workspace.begin(exampleStart);
    const failed = await workspace.begin(exampleStart);
    await failed.fail(new Error('no memory'));
    const [brokenId, newerId, goneId, wrongId] = [
      await saveExperiment(test.configuration),
      await saveExperiment(test.configuration),
      await saveExperiment(test.configuration),
      await saveExperiment(test.configuration),
    ];
    const directory = (one: string): string => join(test.configuration.outputDir, 'P/D', one);
    writeFileSync(join(directory(brokenId), 'result.json'), '{"schema":');
    writeFileSync(join(directory(newerId), 'result.json'), '{"schema":"secuml-result","version":99}');
    rmSync(directory(goneId), { recursive: true });
    const file = join(directory(wrongId), 'result.json');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('"classes":["benign","malicious"]', '"classes":{"length":2}'),
    );
    const states = await Promise.all(
      (await workspace.list()).map(async (record) => {
        const { json } = await test.get(`/api/experiments/${record.id}`);
        return { id: record.id, page: experimentPageSchema.parse(json) };
      }),
    );
    const page = (one: string) => states.find((state) => state.id === one)?.page;
    expect(page(running.id)).toMatchObject({ summary: { state: 'running' }, document: null, problem: null });
    expect(page(failed.id)).toMatchObject({ summary: { state: 'failed', error: 'no memory' }, document: null });
    expect(page(brokenId)).toMatchObject({ document: null, problem: expect.stringContaining('is no JSON') });
    expect(page(wrongId)).toMatchObject({ document: null, problem: expect.stringContaining('"confusion" is damaged') });
    expect(page(newerId)).toMatchObject({ document: null, problem: expect.stringContaining('newer secuml') });
    // The database has a copy of the document.
    expect(page(goneId)).toMatchObject({ summary: { state: 'done' }, problem: null });
    expect(page(id)).toMatchObject({ problem: null, document: { kind: 'classify' } });
    expect((await test.get(`/api/experiments/${goneId}/rows`)).json).toMatchObject({
      error: expect.stringContaining('has no predictions'),
    });
    expect((await test.get(`/api/experiments/${running.id}/rows`)).status).toBe(404);
    await running.fail(new Error('done with'));
    await workspace.close();
  });
});

describe('panels', () => {
  it('are given as they were saved', async () => {
    const { status, json } = await test.get(`${base}/panels/confusion:test`);
    expect(status).toBe(200);
    expect(json).toMatchObject({ classes: ['benign', 'malicious'] });
    expect((await test.get(`${base}/panels/${encodeURIComponent('confusion:test')}`)).status).toBe(200);
    expect((await test.get(`${base}/panels/nothing`)).status).toBe(404);
  });
});

describe('rows', () => {
  const page = async (query: string): Promise<RowsPage> =>
    rowsPageSchema.parse((await test.get(`${base}/rows?${query}`)).json);

  it('are sorted, cut into pages and counted', async () => {
    const table = examplePredictions(rows);
    const byProbability = Array.from(table.probability.keys()).sort(
      (a, b) => table.probability[b] - table.probability[a] || a - b,
    );
    const found = await page('sort=probability&direction=descending&offset=4990&limit=100');
    expect(found.total).toBe(rows);
    expect(found.rows.map(({ row }) => row)).toEqual(byProbability.slice(4990));
    const [first] = (await page('limit=1')).rows;
    expect(first).toEqual({
      row: 0,
      instanceId: hostileId,
      ident: hostileId,
      part: 'test',
      fold: null,
      label: null,
      family: null,
      probability: 0.5,
      score: 0,
      predicted: 'malicious',
      rank: 1,
    });
  });

  it('have equal counts in the page, the count, CSV and JSON at every threshold', async () => {
    const table = examplePredictions(rows);
    for (const threshold of [0, 0.001, 0.25, 0.5, 0.999, 1]) {
      const query = `part=train&outcome=false-positive&threshold=${threshold}`;
      const expected = Array.from(table.probability).filter(
        (value, i) => value > threshold && table.part.codes[i] === 0 && table.label.codes[i] === 0,
      ).length;
      expect((await page(query)).total).toBe(expected);
      expect((await test.get(`${base}/rows/count?${query}`)).json).toEqual({ count: expected });
      const csv = (await test.send(`${base}/download/csv?${query}`)).text;
      expect(csv.trimEnd().split('\n').length).toBe(expected + 1);
      const json = JSON.parse((await test.send(`${base}/download/json?${query}`)).text) as { rows: unknown[] };
      expect(json.rows.length).toBe(expected);
    }
  });

  it('say what is missing', async () => {
    expect(await test.get(`${base}/rows?outcome=error`)).toMatchObject({ status: 400 });
    expect(await test.get(`${base}/rows?sort=nothing`)).toMatchObject({ status: 400 });
    expect(await test.get('/api/experiments/20260101-000000-000-aaaa/rows')).toMatchObject({ status: 404 });
  });

  it('are downloaded whole, in the order of the file or the one asked for', async () => {
    const { headers, text } = await test.send(`${base}/download/csv`);
    expect(headers['content-disposition']).toContain(`attachment; filename="P-D-${id}.csv"`);
    const lines = text.trimEnd().split('\n');
    expect(lines[0]).toBe('instance_id,ident,part,fold,label,family,probability,score,predicted,rank');
    expect(lines.length).toBe(rows + 1);
    expect(lines[3]).toMatch(/^id-2,instance 2,train,,/);
    const sorted = (await test.send(`${base}/download/csv?sort=score&direction=descending`)).text.split('\n');
    expect(sorted.slice().sort()).toEqual([...lines, ''].sort());
    const scores = sorted.slice(1, -1).map((line) => Number(line.split(',').at(-3)));
    expect(scores).toEqual(scores.slice().sort((a, b) => b - a));
    expect((await test.get(`${base}/download/zip`)).status).toBe(404);
  });

  it('are compressed where the browser takes it', async () => {
    const path = `${base}/rows?limit=500`;
    const plain = await test.send(path);
    for (const [encoding, unpack] of [
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ] as const) {
      const packed = await test.send(path, { headers: { 'accept-encoding': encoding } });
      expect(packed.headers['content-encoding']).toBe(encoding);
      expect(packed.body.length).toBeLessThan(plain.body.length / 3);
      expect(unpack(packed.body).equals(plain.body)).toBe(true);
    }
    expect(
      (await test.send(path, { headers: { 'accept-encoding': 'br;q=0' } })).headers['content-encoding'],
    ).toBeUndefined();
  });
});

describe('labels', () => {
  const answer = { ident: 'x', label: 'malicious', family: 'worm', author: 'me', seen: 0 };
  const path = (set: string, ...more: string[]): string =>
    ['/api/labels', 'P', 'D', set, ...more].map((part, k) => (k === 0 ? part : encodeURIComponent(part))).join('/');

  it('are kept for any instance_id, with their history', async () => {
    for (const instanceId of [hostileId, longId, '.', '0']) {
      const kept = await test.post(path('main'), { ...answer, instanceId });
      expect(kept.status).toBe(200);
      expect(keptAnswerSchema.parse(kept.json)).toMatchObject({ overtook: null, event: { instance_id: instanceId } });
      const { json } = await test.get(path('main', instanceId));
      expect(labelHistorySchema.parse(json)).toMatchObject({
        label: 'malicious',
        family: 'worm',
        events: [{ author: 'me', label: 'malicious' }],
      });
    }
    expect(labelSetsSchema.parse((await test.get('/api/labels/P/D')).json)).toEqual({ sets: ['main'] });
  });

  it('tell of an answer that somebody else gave meanwhile, and are taken back', async () => {
    const set = path('second');
    const first = keptAnswerSchema.parse((await test.post(set, { ...answer, instanceId: 'a' })).json);
    const second = await test.post(set, { ...answer, instanceId: 'a', label: 'benign', author: 'you' });
    expect(keptAnswerSchema.parse(second.json).overtook).toEqual(first.event);
    await test.post(set, { ...answer, instanceId: 'a', label: null, family: null, seen: 2 });
    const history = labelHistorySchema.parse((await test.get(path('second', 'a'))).json);
    expect(history).toMatchObject({ label: null, family: null });
    expect(history.events.map(({ n, label }) => [n, label])).toEqual([
      [1, 'malicious'],
      [2, 'benign'],
      [3, null],
    ]);
  });

  it('go nowhere else than into their folder', async () => {
    for (const set of ['..', '../x', '/etc', '.hidden', 'a\0b', 'a\\b', 'truth', 'x'.repeat(191)]) {
      expect((await test.post(path(set), { ...answer, instanceId: 'a' })).status).toBe(400);
    }
    for (const project of ['..%2f..', '%2e%2e', 'removed', '..%2f..%2fescaped']) {
      expect((await test.post(`/api/labels/${project}/D/main`, { ...answer, instanceId: 'a' })).status).toBe(400);
      expect((await test.get(`/api/labels/${project}/D`)).status).toBe(400);
    }
    expect((await test.post(path('main'), { ...answer, instanceId: '' })).status).toBe(400);
    expect((await test.post(path('main'), { ...answer, instanceId: 'a', family: 'x'.repeat(191) })).status).toBe(400);
  });
});

describe('the database', () => {
  it('held by another process keeps no page waiting, only the answer that is written into it', async () => {
    const other = new Database(join(test.configuration.outputDir, 'secuml.db'));
    other.exec('begin immediate');
    let written = false;
    const posting = test
      .post('/api/labels/P/D/locked', {
        instanceId: 'a',
        ident: 'a',
        label: 'benign',
        family: null,
        author: null,
        seen: 0,
      })
      .then((reply) => {
        written = true;
        return reply;
      });
    for (let k = 0; k < 20; k++) {
      for (const path of ['/', '/api/home', base, `${base}/rows?sort=score`, '/api/labels/P/D']) {
        expect((await test.send(path)).status).toBe(200);
      }
    }
    expect(written).toBe(false);
    other.exec('rollback');
    other.close();
    expect(keptAnswerSchema.parse((await posting).json).warning).toBeNull();
  });
});

describe("a project's own views", () => {
  const view = async (name: string, instance: string) =>
    test.get(`${base}/instances/${encodeURIComponent(instance)}/views/${name}`);
  beforeAll(() => {
    const { inputDir } = test.configuration;
    const write = (path: string, text: string | Buffer): void => {
      mkdirSync(join(inputDir, path, '..'), { recursive: true });
      writeFileSync(join(inputDir, path), text);
    };
    write('P/views/mail/view.json', JSON.stringify({ title: 'Mail', kind: 'text', get: { D: 'get them' } }));
    write('P/views/page/view.json', JSON.stringify({ title: 'Page', kind: 'html' }));
    write('P/views/page/page.html', '<script>document.body.textContent = 1</script>');
    write('P/views/broken/view.json', '{');
    write('P/views/escape/view.json', JSON.stringify({ title: 'x', kind: 'text', folder: '../..' }));
    write('P/D/instances/a b.txt', 'text of <b>a</b>');
    write(`P/D/instances/${encodeURIComponent('x/../y')}.txt`, 'encoded');
    write('P/D/instances/latin.txt', Buffer.from([0xe9]));
    write('P/D/instances/long.txt', `${'é'.repeat(600_000)}`);
    write('secret.txt', 'secret');
    symlinkSync(join(inputDir, 'secret.txt'), join(inputDir, 'P/D/instances/link.txt'));
    write('elsewhere/keys.txt', 'secret');
    symlinkSync(join(inputDir, 'elsewhere'), join(inputDir, 'P/D/linked'));
    write('P/views/linked/view.json', JSON.stringify({ title: 'x', kind: 'text', folder: 'linked' }));
  });

  it('give the text of an instance, and say what is missing', async () => {
    expect((await view('mail', 'a b')).json).toEqual({
      title: 'Mail',
      text: 'text of <b>a</b>',
      problem: null,
      frame: null,
      fingerprint: null,
    });
    expect((await view('mail', 'x/../y')).json).toMatchObject({ text: 'encoded' });
    expect((await view('mail', 'latin')).json).toMatchObject({ text: 'é' });
    expect((await view('mail', 'absent')).json).toMatchObject({
      text: null,
      problem: expect.stringMatching(/^there is no .*absent\.txt\. To get the files: get them$/),
    });
    const long = (await view('mail', 'long')).json as { text: string; problem: string };
    expect(long.text.length).toBe(2 ** 19);
    expect(long.problem).toContain('only the first');
  });

  it('lead nowhere else', async () => {
    for (const instance of ['../../../secret', '..', 'link', '../instances/a b']) {
      expect((await view('mail', instance)).json).toMatchObject({ text: null });
    }
    const linked = await view('linked', 'keys');
    expect(linked.json).toMatchObject({
      text: null,
      problem: expect.stringContaining("no file of the dataset's folder"),
    });
    for (const name of ['..', '..%2fviews%2fmail', 'nothing', 'broken', 'escape', '%2e']) {
      expect((await view(name, 'a b')).status).toBe(400);
    }
  });

  it('have a page for a frame without rights', async () => {
    const { json } = await view('page', 'a b');
    const { frame } = json as { frame: string };
    expect(json).toMatchObject({ text: 'text of <b>a</b>' });
    const { headers, text } = await test.send(frame);
    expect(text).toContain('<script>');
    expect(headers['content-security-policy']).toMatch(/^sandbox allow-scripts; default-src 'none'/);
    expect((await test.send(frame, { stranger: true })).status).toBe(401);
  });
});

describe('predictions that would take more memory than they may', () => {
  it('are refused in words, and the experiment is shown all the same', async () => {
    const small = await startTestServer({}, { maxMemory: 1e6 });
    try {
      const one = await saveExperiment(small.configuration, examplePredictions(2000));
      const refused = await small.get(`/api/experiments/${one}/rows`);
      expect(refused).toMatchObject({
        status: 400,
        json: {
          error: expect.stringMatching(
            /^the predictions take 0\.000\d+ GB of memory or more; at most 0\.00025 GB are allowed$/,
          ),
          hint: expect.stringContaining(`secuml export ${one} --format csv`),
        },
      });
      expect((await small.get(`/api/experiments/${one}`)).status).toBe(200);
    } finally {
      await small.close();
    }
  });
});
