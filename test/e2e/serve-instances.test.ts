import type { ChildProcess } from 'node:child_process';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  featurePageSchema,
  featureSummarySchema,
  type Instance,
  instanceSchema,
  nearestInstancesSchema,
} from '../../src/schema/api/instance.js';
import { rowsPageSchema } from '../../src/schema/api/rows.js';
import { readResultDocument, type ResultDocument } from '../../src/schema/result-document.js';
import { scratchFolder, secuml, smallDataset, startSecuml, writeFiles } from './program.js';

let cwd: string;
let server: ChildProcess;
let base: string;
let cookie: string;

beforeAll(async () => {
  cwd = scratchFolder();
  // Both datasets have the ids 0, 1, 2 …
  writeFiles(cwd, { ...smallDataset('P', 'D'), ...smallDataset('P', 'later', 80, 2) });
  server = startSecuml(['serve', '--port', '0'], { cwd });
  const url = await new Promise<string>((resolve, reject) => {
    if (server.stdout) createInterface(server.stdout).once('line', resolve);
    server.once('close', () => reject(new Error('the server ended')));
  });
  base = new URL('/', url).href;
  cookie = (await fetch(url, { redirect: 'manual' })).headers.getSetCookie()[0].split(';')[0];
});
afterAll(() => server.kill('SIGKILL'));

function classify(...args: string[]): ResultDocument {
  const { status, stdout, stderr } = secuml(['classify', 'P', 'D', '--no-tuning', '--json', ...args], { cwd });
  expect(status, stderr).toBe(0);
  return readResultDocument(JSON.parse(stdout), 'stdout');
}

async function get(path: string): Promise<unknown> {
  return (await fetch(base + path, { headers: { cookie } })).json();
}

const instancePath = (id: string, instance: string, rest = ''): string =>
  `api/experiments/${id}/instances/${encodeURIComponent(instance)}${rest}`;

async function instanceOf(id: string, instance: string, part?: string): Promise<Instance> {
  const query = part === undefined ? '' : `?part=${encodeURIComponent(part)}`;
  return instanceSchema.parse(await get(instancePath(id, instance, query)));
}

describe('instances over HTTP', () => {
  it.each(['logistic-regression', 'random-forest'])('of %s are explained as they were judged', async (model) => {
    const { run } = classify('--model', model);
    const { rows } = rowsPageSchema.parse(await get(`api/experiments/${run.id}/rows?part=test&limit=10`));
    for (const { instanceId, probability, score } of rows) {
      const instance = await instanceOf(run.id, instanceId);
      expect(instance.notes).toEqual([]);
      expect(instance.predictions.map(({ part }) => part)).toEqual(['test']);
      const said = instance.explanation?.output === 'score' ? score : probability;
      expect(instance.explanation?.total).toBeCloseTo(said ?? Number.NaN, 9);
      const page = featurePageSchema.parse(await get(instancePath(run.id, instanceId, '/features?order=contribution')));
      const sum = page.features.reduce((all, { contribution }) => all + (contribution ?? 0), 0);
      expect((instance.explanation?.base ?? 0) + sum).toBeCloseTo(said ?? Number.NaN, 9);
      const sizes = page.features.map(({ contribution }) => Math.abs(contribution ?? 0));
      expect(sizes).toEqual(sizes.slice().sort((a, b) => b - a));
    }
    const summary = featureSummarySchema.parse(await get(`api/experiments/${run.id}/features/1`));
    expect(summary.groups.reduce((sum, { instances }) => sum + instances, 0)).toBe(200);
    expect(await get(`api/experiments/${run.id}/features/99`)).toMatchObject({ error: 'there is no feature 99' });
    expect(await get(`api/experiments/${run.id}/features/x`)).toMatchObject({ error: 'there is no such feature' });
  });

  it('of one id in two datasets are told apart by their part', async () => {
    const { run } = classify('--validation-dataset', 'later');
    const learned = await instanceOf(run.id, '7');
    const judged = await instanceOf(run.id, '7', 'dataset:later');
    expect([learned.dataset, judged.dataset]).toEqual(['D', 'later']);
    expect(learned.predictions.map(({ part }) => part)).toEqual(['train']);
    expect(judged.predictions.map(({ part }) => part)).toEqual(['dataset:later']);
    expect(judged.explanation?.total).toBeCloseTo(judged.predictions[0].score ?? Number.NaN, 9);
    const values = async (part: string) =>
      featurePageSchema
        .parse(await get(instancePath(run.id, '7', `/features?order=index&part=${encodeURIComponent(part)}`)))
        .features.map(({ value }) => value);
    const cells = (dataset: string): number[] =>
      readFileSync(join(cwd, `input_data/P/${dataset}/features/features.csv`), 'utf8')
        .split('\n')[8]
        .split(',')
        .slice(1)
        .map(Number);
    expect(await values('train')).toEqual(cells('D'));
    expect(await values('dataset:later')).toEqual(cells('later'));
    expect(await get(instancePath(run.id, '7', '?part=dataset:absent'))).toMatchObject({ error: expect.any(String) });
    expect(await get(instancePath(run.id, 'absent'))).toMatchObject({ error: expect.stringContaining('no instance') });
  });

  it('are of the features and the sample that the experiment read', async () => {
    writeFileSync(join(cwd, 'keep.txt'), 'a\nc\n');
    const { run, settings } = classify('--filter-in', 'keep.txt', '--sample', '120');
    expect(settings).toMatchObject({ filterIn: 'keep.txt', sample: 120 });
    const { rows } = rowsPageSchema.parse(await get(`api/experiments/${run.id}/rows?limit=1`));
    const instance = await instanceOf(run.id, rows[0].instanceId);
    expect(instance).toMatchObject({ featureCount: 2, notes: [] });
    const summary = featureSummarySchema.parse(await get(`api/experiments/${run.id}/features/1`));
    expect(summary.name).toBe('c');
    expect(summary.groups.reduce((sum, { instances }) => sum + instances, 0)).toBe(120);
  });

  it('say that their files have changed since', async () => {
    writeFiles(cwd, smallDataset('P', 'changing', 100, 3));
    const { status, stdout } = secuml(['classify', 'P', 'changing', '--no-tuning', '--json'], { cwd });
    expect(status).toBe(0);
    const { run } = readResultDocument(JSON.parse(stdout), 'stdout');
    expect((await instanceOf(run.id, '5')).notes).toEqual([]);
    const folder = join(cwd, 'input_data/P/changing');
    const features = readFileSync(join(folder, 'features/features.csv'), 'utf8').split('\n');
    features[6] = '5,100,100,100';
    writeFileSync(join(folder, 'features/features.csv'), `${features.join('\n')}`);
    expect((await instanceOf(run.id, '5')).notes).toEqual([
      expect.stringContaining('have changed since the experiment'),
      expect.stringContaining('says something else of this instance now'),
    ]);
    expect((await instanceOf(run.id, '6')).notes).toEqual([expect.stringContaining('have changed')]);
    appendFileSync(join(folder, 'features/features.csv'), 'broken\n');
    expect(await get(instancePath(run.id, '5'))).toMatchObject({ error: expect.stringContaining('features.csv:') });
  });

  it('are held against the nearest ones that the model learned from, in the browser and in the terminal', async () => {
    const { run } = classify('--model', 'random-forest');
    const { rows, total } = rowsPageSchema.parse(await get(`api/experiments/${run.id}/rows?part=train&limit=1000`));
    const trained = new Set(rows.map(({ instanceId }) => instanceId));
    const { rows: tested } = rowsPageSchema.parse(await get(`api/experiments/${run.id}/rows?part=test&limit=5`));
    for (const { instanceId, predicted, probability } of tested) {
      const nearest = nearestInstancesSchema.parse(await get(instancePath(run.id, instanceId, '/nearest?count=4')));
      expect(nearest.searched).toEqual({ dataset: 'D', instances: total, training: true });
      expect(nearest.value).toBeCloseTo(probability ?? Number.NaN, 9);
      const [other, same] = nearest.groups;
      expect([same.relation, same.title]).toEqual(['same', predicted]);
      expect(other.title).not.toBe(predicted);
      for (const { title, nearest: of } of nearest.groups) {
        expect(of.length).toBe(4);
        for (const { instanceId: near, label } of of) expect([trained.has(near), label]).toEqual([true, title]);
        const distances = of.map(({ distance }) => distance ?? Number.NaN);
        expect(distances).toEqual(distances.toSorted((a, b) => a - b));
      }
    }
    const { instanceId } = tested[0];
    const shown = secuml(['show', run.id, '--instance', instanceId], { cwd });
    expect(shown.status, shown.stderr).toBe(0);
    expect(shown.stdout).toMatch(/Nearest of (malicious|benign), the other side, of [\d,]+ training instances/);
    const json = secuml(['show', run.id, '--instance', instanceId, '--json'], { cwd });
    const told = JSON.parse(json.stdout);
    expect(nearestInstancesSchema.parse(told.nearest).groups[0].nearest).toHaveLength(3);
    expect(instanceSchema.parse(told.instance).instanceId).toBe(instanceId);
    expect(secuml(['show', run.id, '--instance', 'absent'], { cwd })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no instance "absent"'),
    });
    expect(secuml(['show', run.id, '--part', 'test'], { cwd })).toMatchObject({ status: 2 });
  });

  it('have nearest ones without the training rows in the result, and without a model', async () => {
    const { run } = classify('--no-training-detection', '--validation-dataset', 'later');
    const of = async (path: string) => nearestInstancesSchema.parse(await get(path));
    const judged = await of(instancePath(run.id, '7', '/nearest?part=dataset:later'));
    expect(judged.searched).toEqual({ dataset: 'D', instances: 200, training: true });
    const split = classify('--no-training-detection').run;
    expect((await of(instancePath(split.id, '7', '/nearest'))).searched).toMatchObject({ instances: 180 });
    const alone = await of('api/datasets/P/D/instances/7/nearest');
    expect(alone).toMatchObject({ searched: { instances: 200, training: false }, value: null });
    expect(alone.groups.map(({ relation }) => relation)).toEqual(['other', 'same']);
    expect(await get('api/datasets/P/D/instances/7/nearest?count=0')).toMatchObject({ error: expect.any(String) });
  });
});
