import * as z from 'zod';
import { iterationFiguresSchema, suggestionSchema } from './labelling.js';

const count = z.number().int().nonnegative();
const iteration = z.number().int().positive();
const said = { at: z.string(), author: z.string().nullable() };

/** What a loop was begun with; nothing of it changes afterwards. */
export const loopStartSchema = z.object({
  type: z.literal('start'),
  ...said,
  id: z.string(),
  kind: z.enum(['active-learning', 'rare-categories']),
  project: z.string(),
  dataset: z.string(),
  datasetHash: z.string(),
  labelSet: z.string(),
  /** How to open the dataset again: features, filters, imputation. */
  request: z.record(z.string(), z.unknown()),
  /** Strategy, model and budget, as the loop's own settings have them. */
  settings: z.record(z.string(), z.unknown()),
});

/** A query as it was published. */
export const publishedQuerySchema = z.object({
  n: z.number().int().positive(),
  instanceId: z.string(),
  /** Hostile text. */
  ident: z.string(),
  reason: z.string(),
  value: z.number().nullable(),
  suggestion: suggestionSchema.nullable(),
});

/** One line of a loop's log. */
export const loopEventSchema = z.discriminatedUnion('type', [
  loopStartSchema,
  /** An iteration begins: it knows the answers of the label set up to number `labels`. */
  z.object({ type: z.literal('iteration'), at: z.string(), iteration, labels: count }),
  /** A group of its queries. */
  z.object({
    type: z.literal('queries'),
    at: z.string(),
    iteration,
    kind: z.string(),
    queries: z.array(publishedQuerySchema),
    notes: z.array(z.string()),
  }),
  /** All its queries are out. */
  z.object({
    type: z.literal('asked'),
    at: z.string(),
    iteration,
    figures: iterationFiguresSchema,
    warnings: z.array(z.string()),
  }),
  /** A query is left without a label; null takes that back. */
  z.object({
    type: z.literal('pass'),
    ...said,
    query: z.number().int().positive(),
    how: z.enum(['skipped', 'unsure']).nullable(),
  }),
  /** Somebody goes on without the open answers. */
  z.object({ type: z.literal('next'), ...said, iteration }),
  z.object({ type: z.literal('end'), at: z.string(), reason: z.string() }),
  /** Somebody allows so many answers in all; a loop that had ended goes on. */
  z.object({ type: z.literal('budget'), ...said, total: z.number().int().positive() }),
]);

export type LoopStart = z.infer<typeof loopStartSchema>;
export type PublishedQuery = z.infer<typeof publishedQuerySchema>;
export type LoopEvent = z.infer<typeof loopEventSchema>;
