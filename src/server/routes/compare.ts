import * as z from 'zod';
import { defineRoute, type Route } from './route.js';

const compareQuerySchema = z.object({
  /** Ids of experiments, separated by commas; all others are compared with the first. */
  ids: z
    .string()
    .max(2000)
    .transform((text) => [...new Set(text.split(',').filter((id) => id !== ''))])
    .refine((ids) => ids.length >= 2 && ids.length <= 20, 'expected 2 to 20 different experiments'),
  part: z.string().max(1000).optional(),
  rows: z.coerce.number().int().min(0).max(1000).default(10),
});

/** Experiments side by side on the instances that they have in common. */
export const compareRoutes: readonly Route[] = [
  defineRoute({
    method: 'GET',
    pattern: '/api/compare',
    query: compareQuerySchema,
    handle: async ({ query }, { comparisons }) => ({ jsonBytes: await comparisons.callJson('compare', query) }),
  }),
];
