import { type FeatureQuery, featureQuerySchema, nearestQuerySchema } from '../../schema/api/instance.js';
import type { PredictionRow } from '../../schema/api/rows.js';
import type { Backend } from '../backend.js';
import type { InstanceOrigin } from '../threads/opened-experiment.js';
import { numberInAddress } from './number-in-address.js';
import { type Answer, defineRoute, type Route } from './route.js';
import { partQuerySchema } from './views.js';

/** Single instances, their features, and features in the whole dataset: as an experiment saw them, or by themselves. */
export const instanceRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/instances/:instance',
    query: partQuerySchema,
    handle: async ({ params: { id, instance }, query: { part } }, backend) =>
      answerInstance(
        backend,
        { id, part },
        instance,
        await backend.rows.call('ofInstance', { id, instanceId: instance }),
      ),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/instances/:instance/features',
    query: featureQuerySchema.extend(partQuerySchema.shape),
    handle: async ({ params: { id, instance }, query: { part, ...query } }, backend) =>
      answerFeatures(backend, { id, part }, instance, query),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/instances/:instance/nearest',
    query: nearestQuerySchema.extend(partQuerySchema.shape),
    handle: async ({ params: { id, instance }, query: { part, count } }, { rows, instances }) => {
      const predictions = await rows.call('ofInstance', { id, instanceId: instance });
      const wanted = { id, part, instanceId: instance, predictions, count };
      return { jsonBytes: await instances.callJson('nearest', wanted) };
    },
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/features/:index',
    handle: async ({ params: { id, index } }, backend) => answerFeature(backend, { id }, index),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/datasets/:project/:dataset/instances/:instance',
    handle: async ({ params: { instance, ...origin } }, backend) => answerInstance(backend, origin, instance, []),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/datasets/:project/:dataset/instances/:instance/features',
    query: featureQuerySchema,
    handle: async ({ params: { instance, ...origin }, query }, backend) =>
      answerFeatures(backend, origin, instance, query),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/datasets/:project/:dataset/instances/:instance/nearest',
    query: nearestQuerySchema,
    handle: async ({ params: { instance, ...origin }, query: { count } }, { instances }) => ({
      jsonBytes: await instances.callJson('nearest', { ...origin, instanceId: instance, predictions: [], count }),
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/datasets/:project/:dataset/features/:index',
    handle: async ({ params: { index, ...origin } }, backend) => answerFeature(backend, origin, index),
  }),
];

async function answerInstance(
  { archive, instances }: Backend,
  origin: InstanceOrigin,
  instanceId: string,
  predictions: readonly PredictionRow[],
): Promise<Answer> {
  const views = await archive.call('views', origin);
  return { jsonBytes: await instances.callJson('instance', { ...origin, instanceId, predictions, views }) };
}

async function answerFeatures(
  { instances }: Backend,
  origin: InstanceOrigin,
  instanceId: string,
  query: FeatureQuery,
): Promise<Answer> {
  return { jsonBytes: await instances.callJson('features', { ...origin, instanceId, query }) };
}

async function answerFeature({ instances }: Backend, origin: InstanceOrigin, index: string): Promise<Answer> {
  const wanted = { ...origin, index: numberInAddress(index, 'feature', 0) };
  return { jsonBytes: await instances.callJson('feature', wanted) };
}
