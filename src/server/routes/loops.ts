import { loopAnswerSchema, loopAuthorSchema, loopPassSchema, loopStateQuerySchema } from '../../schema/api/loops.js';
import { RequestError } from '../http/failure.js';
import { defineRoute, type Route } from './route.js';

/** Labelling loops: how they stand, their queries, answers. */
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
    handle: async ({ params: { id, query } }, { loops }) => {
      const number = Number(query);
      if (!Number.isInteger(number) || number < 1) throw new RequestError(404, 'there is no such query');
      return { jsonBytes: await loops.callJson('details', { id, query: number }) };
    },
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
