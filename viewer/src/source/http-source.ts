import type { FileReference, Panel } from '../../../src/schema/result-document.js';
import type { InstanceOrigin, LabelSetName, Source } from './source.js';

/** The source of served pages: the HTTP API of `secuml serve` on the same origin. */
export function httpSource(): Source {
  const experiment = (id: string): string => `/api/experiments/${encodeURIComponent(id)}`;
  const place = (origin: InstanceOrigin): string =>
    typeof origin === 'string'
      ? experiment(origin)
      : `/api/datasets/${[origin.project, origin.dataset].map(encodeURIComponent).join('/')}`;
  const instance = (origin: InstanceOrigin, instanceId: string): string =>
    `${place(origin)}/instances/${encodeURIComponent(instanceId)}`;
  const labels = (project: string, dataset: string): string =>
    `/api/labels/${encodeURIComponent(project)}/${encodeURIComponent(dataset)}`;
  const labelSet = ({ project, dataset, set }: LabelSetName): string =>
    `/api/label-sets/${[project, dataset, set].map(encodeURIComponent).join('/')}`;
  const loop = (id: string): string => `/api/loops/${encodeURIComponent(id)}`;
  return {
    live: true,
    home: () => get('/api/home'),
    experiment: (id) => get(experiment(id)),
    compare: (ids, part, changes) =>
      get(`/api/compare${queryText({ ids: ids.join(','), part: part ?? undefined, rows: changes })}`),
    panel: async (id, panel: Panel & { file?: FileReference; data?: unknown }) =>
      (panel.file === undefined
        ? panel.data
        : await get(`${experiment(id)}/panels/${encodeURIComponent(panel.id)}`)) as never,
    rows: (id, query) => get(`${experiment(id)}/rows${queryText(query)}`),
    count: async (id, filter) =>
      (await get<{ count: number }>(`${experiment(id)}/rows/count${queryText(filter)}`)).count,
    groups: (id, filter) => get(`${experiment(id)}/rows/groups${queryText(filter)}`),
    hexagons: (id, query) => get(`${experiment(id)}/hexagons${queryText(query)}`),
    neighbours: (id, query) => get(`${experiment(id)}/rows/neighbours${queryText(query)}`),
    instance: (origin, instanceId, part) => get(`${instance(origin, instanceId)}${queryText({ part })}`),
    instanceFeatures: (origin, instanceId, query, part) =>
      get(`${instance(origin, instanceId)}/features${queryText({ ...query, part })}`),
    nearestInstances: (origin, instanceId, part) =>
      get(`${instance(origin, instanceId)}/nearest${queryText({ part })}`),
    instanceView: (origin, instanceId, view, part) =>
      get(`${instance(origin, instanceId)}/views/${encodeURIComponent(view)}${queryText({ part })}`),
    feature: (origin, index) => get(`${place(origin)}/features/${index}`),
    labelSets: async (project, dataset) => (await get<{ sets: string[] }>(labels(project, dataset))).sets,
    labelHistory: ({ project, dataset, set }, instanceId) =>
      get(`${labels(project, dataset)}/${encodeURIComponent(set)}/${encodeURIComponent(instanceId)}`),
    labelSetList: (of) => get(`/api/label-sets${queryText({ ...of })}`),
    labelSetPage: (name) => get(labelSet(name)),
    labelledInstances: (name, query) => get(`${labelSet(name)}/instances${queryText(query)}`),
    previewOperation: (name, change) => post(`${labelSet(name)}/preview`, change),
    operate: (name, request) => post(`${labelSet(name)}/operations`, request),
    labelsDownload: (name) => `${labelSet(name)}/labels.csv`,
    answer: ({ project, dataset, set }, answer) =>
      post(`${labels(project, dataset)}/${encodeURIComponent(set)}`, answer),
    loop: (id, since) => get(`${loop(id)}${queryText({ since })}`),
    loopQuery: (id, query) => get(`${loop(id)}/queries/${query}`),
    loopAnswer: (id, request) => post(`${loop(id)}/answer`, request),
    loopPass: (id, request) => post(`${loop(id)}/pass`, request),
    loopUndo: (id, author) => post(`${loop(id)}/undo`, { author }),
    loopNext: (id, author) => post(`${loop(id)}/next`, { author }),
    loopWriteResult: (id, author) => post(`${loop(id)}/result`, { author }),
    loopModel: (id, iteration) => get(`${loop(id)}/iterations/${iteration}`),
    loopModelRows: (id, iteration, query) => get(`${loop(id)}/iterations/${iteration}/rows${queryText(query)}`),
    loopModelCount: async (id, iteration, filter) => {
      const path = `${loop(id)}/iterations/${iteration}/rows/count${queryText(filter)}`;
      return (await get<{ count: number }>(path)).count;
    },
    loopModelNeighbours: (id, iteration, query) =>
      get(`${loop(id)}/iterations/${iteration}/rows/neighbours${queryText(query)}`),
    download: (id, format) => `${experiment(id)}/download/${format}`,
  };
}

const get = <T>(path: string): Promise<T> => ask<T>(path, {});

const post = <T>(path: string, body: unknown): Promise<T> =>
  ask<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** The JSON that the server answers with; rejects with an Error whose message is meant for people. */
async function ask<T>(path: string, request: RequestInit): Promise<T> {
  const answer = await fetch(path, { ...request, credentials: 'same-origin' }).catch(() => {
    throw new Error('No answer: is “secuml serve” still running?');
  });
  if (answer.ok) return (await answer.json()) as T;
  if (answer.status === 401) {
    throw new Error('Not signed in: open the address that “secuml serve” printed when it started.');
  }
  throw new Error(await complaint(answer));
}

async function complaint(answer: Response): Promise<string> {
  const body: unknown = await answer.json().catch(() => null);
  if (typeof body === 'object' && body !== null) {
    const { error, hint } = body as { error?: unknown; hint?: unknown };
    if (typeof error === 'string') return typeof hint === 'string' ? `${error} (${hint})` : error;
  }
  return `The server answered ${answer.status} ${answer.statusText}`.trim();
}

/** Only fields that are there: an absent one is no condition. */
function queryText(fields: Readonly<Record<string, string | number | boolean | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) query.set(name, String(value));
  return query.size === 0 ? '' : `?${query}`;
}
