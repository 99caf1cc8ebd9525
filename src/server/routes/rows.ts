import { hexagonsQuerySchema } from '../../schema/api/hexagons.js';
import { rowFilterSchema, rowNeighboursQuerySchema, rowQuerySchema } from '../../schema/api/rows.js';
import { defineRoute, type Route } from './route.js';

/** Predictions: pages of them, how many a filter leaves, and what stands beside one; those of a projection as hexagons. */
export const rowRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/rows',
    query: rowQuerySchema,
    handle: async ({ params, query }, { rows }) => ({
      jsonBytes: await rows.callJson('page', { id: params.id, query }),
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/rows/count',
    query: rowFilterSchema,
    handle: async ({ params, query }, { rows }) => ({
      json: { count: await rows.call('count', { id: params.id, filter: query }) },
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/rows/groups',
    query: rowFilterSchema,
    handle: async ({ params, query }, { rows }) => ({
      json: await rows.call('groups', { id: params.id, filter: query }),
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/rows/neighbours',
    query: rowNeighboursQuerySchema,
    handle: async ({ params, query }, { rows }) => ({
      json: await rows.call('neighbours', { id: params.id, query }),
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/hexagons',
    query: hexagonsQuerySchema,
    handle: async ({ params, query }, { rows }) => ({
      jsonBytes: await rows.callJson('hexagons', { id: params.id, query }),
    }),
  }),
];
