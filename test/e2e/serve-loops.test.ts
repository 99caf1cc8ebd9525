import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { experimentPageSchema } from '../../src/schema/api/experiments.js';
import { type LoopStateResponse, loopModelSchema, loopStateSchema } from '../../src/schema/api/loops.js';
import { rowsPageSchema } from '../../src/schema/api/rows.js';
import { scratchFolder, secuml, smallDataset, startSecuml, writeFiles } from './program.js';

let server: ChildProcess;
let base: string;
let cookie: string;
let id: string;

beforeAll(async () => {
  const cwd = scratchFolder();
  const files = smallDataset('P', 'D', 80);
  const truth = files['input_data/P/D/labels/true_labels.csv'].split('\n');
  writeFiles(cwd, { ...files, 'input_data/P/D/labels/init_labels.csv': `${truth.slice(0, 17).join('\n')}\n` });
  const begin = ['active-learning', 'P', 'D', '--strategy', 'uncertainty', '--batch', '6', '--budget', '12'];
  const begun = secuml([...begin, '--name', 'mine', '--no-prompt', '--json'], { cwd });
  expect(begun.status, begun.stderr).toBe(0);
  id = JSON.parse(begun.stdout).run.id;
  server = startSecuml(['serve', '--port', '0'], { cwd });
  const url = await new Promise<string>((resolve, reject) => {
    if (server.stdout) createInterface(server.stdout).once('line', resolve);
    server.once('close', () => reject(new Error('the server ended')));
  });
  base = new URL('/', url).href;
  cookie = (await fetch(url, { redirect: 'manual' })).headers.getSetCookie()[0].split(';')[0];
}, 60_000);
afterAll(() => server.kill('SIGKILL'));

const test = {
  get: async (path: string) => {
    const answer = await fetch(base + path.slice(1), { headers: { cookie } });
    return { status: answer.status, json: (await answer.json()) as unknown };
  },
  post: (path: string, body: unknown) =>
    fetch(base + path.slice(1), {
      method: 'POST',
      headers: { cookie, origin: new URL(base).origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
};

/** The loop as soon as `is` holds of it. */
async function stateWhere(is: (state: LoopStateResponse) => boolean): Promise<LoopStateResponse> {
  let since: number | undefined;
  for (;;) {
    const { json } = await test.get(`/api/loops/${id}${since === undefined ? '' : `?since=${since}`}`);
    const state = loopStateSchema.parse(json);
    if (is(state)) return state;
    since = state.version;
  }
}

async function answerAll({ view }: LoopStateResponse): Promise<void> {
  for (const { n, instanceId } of view.queries) {
    const label = Number(instanceId.slice(1)) % 2 === 0 ? 'malicious' : 'benign';
    const body = { query: n, given: { label, family: label }, author: 'ann', seen: 0, withDuplicates: false };
    expect((await test.post(`/api/loops/${id}/answer`, body)).status).toBe(200);
  }
}

describe('a loop that is labelled in the browser', () => {
  it('calls a result old after more answers, and writes a new one when asked', async () => {
    const asking = await stateWhere(({ view }) => view.phase === 'asking');
    expect(asking.result.state).toBe('current');
    await answerAll(asking);
    const next = await stateWhere(
      ({ view, result }) => view.iteration === 2 && view.phase === 'asking' && result.state === 'old',
    );
    expect(next.view).toMatchObject({ iteration: 2, finished: null });
    expect((await test.post(`/api/loops/${id}/result`, { author: 'ann' })).status).toBe(200);
    await stateWhere(({ result }) => result.state === 'current');
  });

  it('writes its result by itself when it ends, under the name it has', async () => {
    await answerAll(await stateWhere(({ view }) => view.iteration === 2 && view.phase === 'asking'));
    await stateWhere(({ view, result }) => view.phase === 'finished' && result.state === 'current');
    const { json } = await test.get(`/api/experiments/${id}`);
    const { document, summary } = experimentPageSchema.parse(json);
    expect(summary).toMatchObject({ state: 'done', name: 'mine' });
    expect(document?.headline).toMatchObject({ iterations: 2, budgetLeft: 0 });
    expect(document?.run.program).toMatch(/^secuml \d/);
  });

  it('shows the model of an iteration as it was, with its predictions and its queries', async () => {
    const { json } = await test.get(`/api/loops/${id}/iterations/2`);
    const model = loopModelSchema.parse(json);
    expect(model.queries).toHaveLength(6);
    expect(model.queries.every(({ state }) => state === 'answered')).toBe(true);
    const { view } = await stateWhere(() => true);
    expect(model.headline.labels).toBe(view.history[1].labels);
    expect(model.panels.some(({ kind }) => kind === 'roc-curve')).toBe(true);
    const rows = rowsPageSchema.parse((await test.get(`/api/loops/${id}/iterations/2/rows?part=cv&limit=5`)).json);
    expect(rows.total).toBe(view.history[1].labels);
    const count = await test.get(`/api/loops/${id}/iterations/2/rows/count?part=cv`);
    expect(count.json).toEqual({ count: rows.total });
    const first = rows.rows[0];
    const near = await test.get(
      `/api/loops/${id}/iterations/2/rows/neighbours?part=cv&instanceId=${first.instanceId}&instancePart=${first.part}`,
    );
    expect(near.status).toBe(200);
  });

  it('refuses iterations that there are not', async () => {
    for (const iteration of ['3', '0', '1.5', 'x']) {
      const { status } = await test.get(`/api/loops/${id}/iterations/${iteration}`);
      expect([400, 404], iteration).toContain(status);
    }
  });
});
