import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  featurePageSchema,
  featureSummarySchema,
  instanceSchema,
  instanceViewSchema,
} from '../../src/schema/api/instance.js';
import { startTestServer, type TestServer } from './running-server.js';

let test: TestServer;
const base = '/api/datasets/Proj/data';

beforeAll(async () => {
  test = await startTestServer();
  const folder = join(test.configuration.inputDir, 'Proj/data');
  const files = {
    'idents.csv': 'instance_id,ident\na/1,first\n2,second\n3,third\n4,fourth\n',
    'features/features.csv': 'instance_id,x,y\na/1,1,5\n2,2,5\n3,9,5\n4,3,5\n',
    'labels/true_labels.csv': 'instance_id,label,family\na/1,malicious,worm\n2,benign,web\n3,benign,web\n',
    'notes/2.txt': 'a note <b>as text</b>',
    '../views/note/view.json': JSON.stringify({ title: 'Note', kind: 'text', folder: 'notes', ending: '.txt' }),
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
});
afterAll(() => test.close());

describe('an instance of a dataset by itself', () => {
  it('is what the input files say of it, held against the labelled ones; nothing is said by a model', async () => {
    const { status, json } = await test.get(`${base}/instances/${encodeURIComponent('a/1')}`);
    expect(status).toBe(200);
    expect(instanceSchema.parse(json)).toMatchObject({
      instanceId: 'a/1',
      ident: 'first',
      label: 'malicious',
      family: 'worm',
      predictions: [],
      featureCount: 2,
      groups: [{ group: 'benign', instances: 2 }],
      explanation: null,
      noExplanation: null,
      views: [{ name: 'note', title: 'Note' }],
      notes: [],
    });
    expect((await test.get(`${base}/instances/nobody`)).status).toBe(404);
    expect((await test.get('/api/datasets/Proj/gone/instances/2')).status).toBeGreaterThanOrEqual(400);
    expect((await test.get(`/api/datasets/${encodeURIComponent('../Proj')}/data/instances/2`)).status).toBe(400);
  });

  it('has its features, all of them or one', async () => {
    const features = async (query: string) =>
      featurePageSchema.parse((await test.get(`${base}/instances/3/features?${query}`)).json).features;
    expect((await features('order=index')).map(({ name, value }) => [name, value])).toEqual([
      ['x', 9],
      ['y', 5],
    ]);
    const [one, ...others] = await features('index=1');
    expect(one).toMatchObject({ index: 1, name: 'y', contribution: null });
    expect(others).toEqual([]);
    expect(await features('index=2')).toEqual([]);
    const { json } = await test.get(`${base}/features/0`);
    expect(featureSummarySchema.parse(json)).toMatchObject({ index: 0, name: 'x' });
    for (const index of ['2', '', '%20', '0x1', '1e0', '-1', '0.0', '+1', '9'.repeat(20)]) {
      expect((await test.get(`${base}/features/${index}`)).status, index).toBe(404);
    }
  });

  it("has the project's own views", async () => {
    const { json } = await test.get(`${base}/instances/2/views/note`);
    expect(instanceViewSchema.parse(json)).toMatchObject({ text: 'a note <b>as text</b>', frame: null });
  });
});
