import { labelAnswerSchema } from '../../schema/api/instance.js';
import { addFamilyCounts } from '../../workspace/labels/family-counts.js';
import { defineRoute, type Route } from './route.js';

/** Label sets: what they say, and answers. */
export const labelRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/labels/:project/:dataset',
    handle: async ({ params }, { labelSets }) => ({ json: { sets: await labelSets.call('names', params) } }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/labels/:project/:dataset/:set/:instance',
    handle: async ({ params: { instance, ...set } }, { labelSets, instances }) => {
      const [history, ofTruth] = await Promise.all([
        labelSets.call('history', { set, instanceId: instance }),
        instances.call('families', set),
      ]);
      return { json: { ...history, families: addFamilyCounts(history.families, ofTruth) } };
    },
  }),
  defineRoute({
    method: 'POST',
    pattern: '/api/labels/:project/:dataset/:set',
    body: labelAnswerSchema,
    handle: async ({ params, body }, { labels }) => ({
      json: await labels.call('answer', { set: params, answer: body }),
    }),
  }),
];
