import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { counted } from '../../src/errors.js';
import { hexagonPicture } from '../../src/rows/hexagons/hexagon-picture.js';
import { hexagonsPageSchema } from '../../src/schema/api/hexagons.js';
import { labelSetPageSchema, operationDoneSchema, operationPreviewSchema } from '../../src/schema/api/labels.js';
import { rowGroupsSchema, rowsPageSchema } from '../../src/schema/api/rows.js';
import { exampleCoordinates, examplePredictions } from '../workspace/example-result.js';
import { saveExperiment, startTestServer, type TestServer } from './running-server.js';

const table = exampleCoordinates(3000, 4);
let test: TestServer;
let base: string;
let projection: string;
let classification: string;

beforeAll(async () => {
  test = await startTestServer();
  projection = await saveExperiment(test.configuration, table, 'projection');
  classification = await saveExperiment(test.configuration, examplePredictions(20));
  base = `/api/experiments/${projection}`;
});
afterAll(() => test.close());

const hexagons = async (query: string) => hexagonsPageSchema.parse((await test.get(`${base}/hexagons?${query}`)).json);
const sum = (counts: readonly { readonly instances: number }[]) =>
  counts.reduce((all, { instances }) => all + instances, 0);
const areaOf = ({ u, v }: { u: number; v: number }, level: number) =>
  encodeURIComponent(
    `1-3:hexagon:${level},${Math.round(2 * u * 2 ** level)},${Math.round((2 * v * 2 ** level) / Math.sqrt(3))}`,
  );

describe('hexagons of a projection', () => {
  it('are those of the document where all is seen, and as many instances at any level and window', async () => {
    const whole = await hexagons('x=1&y=3');
    const { hexagons: stored, ...frame } = hexagonPicture(table, { x: 1, y: 3, level: 0, members: 0 });
    expect(whole).toEqual({ ...frame, hexagons: stored, level: 0, elsewhere: 0 });
    for (const query of [
      'level=2',
      'level=3&left=3&right=9&bottom=-4&top=8',
      'level=12&left=7&right=7.01&bottom=9&top=9.01',
    ]) {
      const page = await hexagons(`x=1&y=3&${query}`);
      expect(sum(page.hexagons) + page.elsewhere).toBe(3000);
    }
    expect((await hexagons('x=1&y=3&level=2')).hexagons.length).toBeGreaterThan(whole.hexagons.length);
  });

  it('lead to all of their instances, page by page, as CSV, and one by one', async () => {
    const page = await hexagons('x=1&y=3&level=1&left=5&right=20&bottom=5&top=20');
    const fullest = page.hexagons.reduce((most, one) => (one.instances > most.instances ? one : most));
    const area = areaOf(fullest, 1);
    const rows = rowsPageSchema.parse((await test.get(`${base}/rows?area=${area}&limit=1000`)).json);
    expect(rows.total).toBe(fullest.instances);
    expect(rows.rows.filter(({ label }) => label === 'malicious')).toHaveLength(fullest.malicious);
    const groups = rowGroupsSchema.parse((await test.get(`${base}/rows/groups?area=${area}`)).json);
    const { instances, malicious, benign, families } = fullest;
    expect({ ...groups, families: groups.families.slice(0, 3) }).toEqual({ instances, malicious, benign, families });
    for (const { row, coordinates } of rows.rows) expect(coordinates).toEqual(table.coordinates.map((c) => c[row]));
    const neighbours = await test.get(`${base}/rows/neighbours?area=${area}&instanceId=${rows.rows[1].instanceId}`);
    expect(neighbours.json).toMatchObject({ place: 1, total: fullest.instances });
    const csv = parse((await test.send(`${base}/download/csv?area=${area}`)).text) as string[][];
    expect(csv).toHaveLength(fullest.instances + 1);
    expect(csv[0]).toEqual(['instance_id', 'ident', 'c1', 'c2', 'c3', 'c4', 'label', 'family']);
  });

  it('are refused where there are none', async () => {
    for (const query of [
      'x=1&y=5',
      'x=2&y=1',
      'x=2&y=2',
      'x=1&y=2&level=13',
      'x=1&y=2&left=x',
      'x=1&y=2&level=12',
      '',
    ]) {
      expect((await test.get(`${base}/hexagons?${query}`)).status, query).toBe(400);
    }
    const other = `/api/experiments/${classification}`;
    expect((await test.get(`${other}/hexagons?x=1&y=2`)).status).toBe(400);
    expect((await test.get(`${other}/rows?area=1-2:hexagon:0,1,1`)).status).toBe(400);
    expect((await test.get(`${base}/rows?area=1-2:hexagon`)).status).toBe(400);
  });
});

describe('an area of a projection', () => {
  const set = '/api/label-sets/P/D/drawn';
  // Left half of the picture.
  const area = '1-2:polygon:-1,-1,15,-1,15,24,-1,24';
  const change = () => ({
    operation: 'label-area',
    experiment: projection,
    area,
    label: 'malicious',
    family: 'worm',
    keep: true,
  });

  it('is labelled as a whole after a look at what that changes, and undone as a whole', async () => {
    const { total } = rowsPageSchema.parse((await test.get(`${base}/rows?area=${area}&limit=1`)).json);
    expect(total).toBeGreaterThan(100);
    expect(total).toBeLessThan(2900);
    const preview = operationPreviewSchema.parse((await test.post(`${set}/preview`, change())).json);
    expect(preview).toMatchObject({
      title: `label ${counted(total, 'instance')} of the chosen area malicious, "worm"`,
      changes: total,
    });
    const operate = async (one: unknown, expected: number) =>
      operationDoneSchema.parse((await test.post(`${set}/operations`, { change: one, author: 'ann', expected })).json);
    const { range } = await operate(change(), total);
    const labelled = labelSetPageSchema.parse((await test.get(set)).json);
    expect(labelled).toMatchObject({ labels: total, malicious: total });
    expect(labelled.operations[0].title).toBe(
      `label an area of a projection malicious, "worm": ${counted(total, 'label')} given`,
    );
    await operate({ operation: 'undo', number: range?.first }, total);
    expect(labelSetPageSchema.parse((await test.get(set)).json).labels).toBe(0);
  });

  it('is refused where it is none, empty, or of another dataset or kind', async () => {
    const refused = async (changes: object, of = set) =>
      (await test.post(`${of}/preview`, { ...change(), ...changes })).json;
    expect(await refused({ area: 'all' })).toMatchObject({ error: '"all" is no area' });
    expect(await refused({ area: '1-2:hexagon:0,900,900' })).toMatchObject({
      error: expect.stringContaining('nobody is in'),
    });
    expect(await refused({ experiment: classification })).toMatchObject({
      error: expect.stringContaining('is no projection'),
    });
    expect(await refused({}, '/api/label-sets/P/other/main')).toMatchObject({
      error: expect.stringContaining('of this dataset'),
    });
  });
});
