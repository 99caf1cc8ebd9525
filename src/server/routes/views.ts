import * as z from 'zod';
import type { InstanceView } from '../../schema/api/instance.js';
import { defineRoute, type Route } from './route.js';

/** Which dataset an instance is of: parts `dataset:NAME` are of another than the one the model learned from. */
export const partQuerySchema = z.object({ part: z.string().max(1000).optional() });

/** What the project itself shows of an instance. */
export const viewRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/instances/:instance/views/:name',
    query: partQuerySchema,
    handle: async ({ params, query }, { archive }) => {
      const view = await archive.call('view', { ...params, ...query });
      const { id, name } = params;
      const frame = `/api/experiments/${encodeURIComponent(id)}/views/${encodeURIComponent(name)}/page`;
      const answer: InstanceView = { ...view, frame: view.fingerprint === null ? null : frame };
      return { json: answer };
    },
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/views/:name/page',
    handle: async ({ params }, { archive }) => ({ frame: await archive.call('viewPage', params) }),
  }),
];
