import {
  labelQuerySchema,
  labelSetFilterSchema,
  operationRequestSchema,
  setOperationSchema,
} from '../../schema/api/labels.js';
import { defineRoute, type Route } from './route.js';

/** Label sets as a whole: their instances and families, and operations on them. */
export const labelSetRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/label-sets',
    query: labelSetFilterSchema,
    handle: async ({ query }, { labelSets }) => ({ json: await labelSets.call('list', query) }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/label-sets/:project/:dataset/:set',
    handle: async ({ params }, { labelSets }) => ({ json: await labelSets.call('page', params) }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/label-sets/:project/:dataset/:set/instances',
    query: labelQuerySchema,
    handle: async ({ params, query }, { labelSets }) => ({
      json: await labelSets.call('instances', { set: params, query }),
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/label-sets/:project/:dataset/:set/labels.csv',
    handle: async ({ params }, { labelSets }) => {
      const text = await labelSets.call('csv', params);
      const name = `${params.project}-${params.dataset}-${params.set}.csv`;
      return { download: { name, type: 'text/csv; charset=utf-8', pieces: pieceOf(text) } };
    },
  }),
  defineRoute({
    method: 'POST',
    pattern: '/api/label-sets/:project/:dataset/:set/preview',
    body: setOperationSchema,
    handle: async ({ params, body }, { labelSets }) => ({
      json: await labelSets.call('preview', { set: params, change: body }),
    }),
  }),
  defineRoute({
    method: 'POST',
    pattern: '/api/label-sets/:project/:dataset/:set/operations',
    body: operationRequestSchema,
    handle: async ({ params, body }, { labels }) => ({
      json: await labels.call('operate', { set: params, request: body }),
    }),
  }),
];

async function* pieceOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
