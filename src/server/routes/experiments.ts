import { defineRoute, type Route } from './route.js';

/** Home, and what is told of every experiment. */
export const experimentRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/home',
    handle: async (_input, { archive, program }) => ({ jsonBytes: await archive.callJson('home', program) }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id',
    handle: async ({ params }, { archive }) => ({ jsonBytes: await archive.callJson('page', params.id) }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/panels/:panelId',
    handle: async ({ params }, { archive }) => ({ jsonBytes: await archive.callJson('panel', params) }),
  }),
];
