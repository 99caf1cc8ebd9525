import type { Home } from '../../schema/api/experiments.js';
import { defineRoute, type Route } from './route.js';

/** Home, and what is told of every experiment. */
export const experimentRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/home',
    handle: async (_input, { archive, program }) => {
      const home: Home = { program, ...(await archive.call('home', undefined as never)) };
      return { json: home };
    },
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id',
    handle: async ({ params }, { archive }) => ({ json: await archive.call('page', params.id) }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/panels/:panelId',
    handle: async ({ params }, { archive }) => ({ jsonText: await archive.call('panel', params) }),
  }),
];
