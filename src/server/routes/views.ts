import * as z from 'zod';
import type { InstanceView } from '../../schema/api/instance.js';
import type { Backend } from '../backend.js';
import type { WantedView } from '../threads/view-reading.js';
import { type Answer, defineRoute, type Route } from './route.js';

/** Which dataset an instance is of: parts `dataset:NAME` are of another than the one the model learned from. */
export const partQuerySchema = z.object({ part: z.string().max(1000).optional() });

/** What the project itself shows of an instance. */
export const viewRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/instances/:instance/views/:name',
    query: partQuerySchema,
    handle: ({ params, query }, backend) => answerView(backend, { ...params, ...query }, ['experiments', params.id]),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/views/:name/page',
    handle: async ({ params }, { archive }) => ({ frame: await archive.call('viewPage', params) }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/datasets/:project/:dataset/instances/:instance/views/:name',
    handle: ({ params }, backend) => answerView(backend, params, ['datasets', params.project, params.dataset]),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/datasets/:project/:dataset/views/:name/page',
    handle: async ({ params }, { archive }) => ({ frame: await archive.call('viewPage', params) }),
  }),
];

/** `below`: the part of the API that the view's page is found in. */
async function answerView({ archive }: Backend, wanted: WantedView, below: readonly string[]): Promise<Answer> {
  const view = await archive.call('view', wanted);
  const frame = ['', 'api', ...below, 'views', wanted.name, 'page'].map(encodeURIComponent).join('/');
  const answer: InstanceView = { ...view, frame: view.fingerprint === null ? null : frame };
  return { json: answer };
}
