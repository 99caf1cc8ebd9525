import * as z from 'zod';
import { featureQuerySchema } from '../../schema/api/instance.js';
import { RequestError } from '../http/failure.js';
import { defineRoute, type Route } from './route.js';
import { partQuerySchema } from './views.js';

const indexSchema = z.coerce.number().int().nonnegative();

/** Single instances, their features, and features in the whole dataset. */
export const instanceRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/instances/:instance',
    query: partQuerySchema,
    handle: async ({ params: { id, instance: instanceId }, query: { part } }, { archive, rows, instances }) => {
      const [predictions, views] = await Promise.all([
        rows.call('ofInstance', { id, instanceId }),
        archive.call('views', id),
      ]);
      return { jsonBytes: await instances.callJson('instance', { id, instanceId, part, predictions, views }) };
    },
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/instances/:instance/features',
    query: featureQuerySchema.extend(partQuerySchema.shape),
    handle: async ({ params: { id, instance: instanceId }, query: { part, ...query } }, { instances }) => ({
      jsonBytes: await instances.callJson('features', { id, instanceId, part, query }),
    }),
  }),
  defineRoute({
    method: 'GET',
    pattern: '/api/experiments/:id/features/:index',
    handle: async ({ params: { id, index } }, { instances }) => {
      const parsed = indexSchema.safeParse(index);
      if (!parsed.success) throw new RequestError(400, 'a feature is named by its index');
      return { jsonBytes: await instances.callJson('feature', { id, index: parsed.data }) };
    },
  }),
];
