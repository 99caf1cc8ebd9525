import { loopAnswerSchema, loopAuthorSchema, loopPassSchema, loopStateQuerySchema } from '../../schema/api/loops.js';
import { rowFilterSchema, rowNeighboursQuerySchema, rowQuerySchema } from '../../schema/api/rows.js';
import { numberInAddress } from './number-in-address.js';
import { defineRoute, type Route } from './route.js';

/** Labelling loops: how they stand, their queries, answers, the models of their iterations. */
export const loopRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/loops/:id',
    query: loopStateQuerySchema,
    handle: async ({ params: { id }, query: { since } }, { loops }) => ({
      jsonBytes: await loops.callJson('state', { id, since }),
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/loops/:id/queries/:query',
    handle: async ({ params: { id, query } }, { loops }) => ({
      jsonBytes: await loops.callJson('details', { id, query: numberInAddress(query, 'query', 1) }),
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/loops/:id/iterations/:iteration',
    handle: async ({ params: { id, iteration } }, { loops }) => ({
      jsonBytes: await loops.callJson('model', { id, iteration: numberInAddress(iteration, 'iteration', 1) }),
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/loops/:id/iterations/:iteration/rows',
    query: rowQuerySchema,
    handle: async ({ params: { id, iteration }, query }, { loops }) => ({
      jsonBytes: await loops.callJson('modelRows', {
        id,
        iteration: numberInAddress(iteration, 'iteration', 1),
        query,
      }),
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/loops/:id/iterations/:iteration/rows/count',
    query: rowFilterSchema,
    handle: async ({ params: { id, iteration }, query: filter }, { loops }) => ({
      json: {
        count: await loops.call('modelCount', { id, iteration: numberInAddress(iteration, 'iteration', 1), filter }),
      },
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/loops/:id/iterations/:iteration/rows/neighbours',
    query: rowNeighboursQuerySchema,
    handle: async ({ params: { id, iteration }, query }, { loops }) => ({
      json: await loops.call('modelNeighbours', { id, iteration: numberInAddress(iteration, 'iteration', 1), query }),
    }),
  }),
  defineRoute({
    method: 'POST',
    pattern: '/api/loops/:id/result',
    body: loopAuthorSchema,
    handle: async ({ params: { id } }, { loops }) => ({ json: await loops.call('result', { id }) }),
  }),
  defineRoute({
    method: 'POST',
    pattern: '/api/loops/:id/answer',
    body: loopAnswerSchema,
    handle: async ({ params: { id }, body }, { loops }) => ({
      json: await loops.call('answer', { id, request: body }),
    }),
  }),
  defineRoute({
    method: 'POST',
    pattern: '/api/loops/:id/pass',
    body: loopPassSchema,
    handle: async ({ params: { id }, body }, { loops }) => ({ json: await loops.call('pass', { id, request: body }) }),
  }),
  defineRoute({
    method: 'POST',
    pattern: '/api/loops/:id/undo',
    body: loopAuthorSchema,
    handle: async ({ params: { id }, body: { author } }, { loops }) => ({
      json: await loops.call('undo', { id, author }),
    }),
  }),
  defineRoute({
    method: 'POST',
    pattern: '/api/loops/:id/next',
    body: loopAuthorSchema,
    handle: async ({ params: { id }, body: { author } }, { loops }) => ({
      json: await loops.call('next', { id, author }),
    }),
  }),
];
