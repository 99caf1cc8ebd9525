import * as z from 'zod';
import { labelEventSchema } from '../label-event.js';
import { givenLabelSchema, loopViewSchema, suggestionSchema } from '../labelling.js';
import { resultDocumentSchema } from '../result-document.js';
import { queryStates } from '../vocabulary.js';

const author = z.string().max(190).nullable();
const query = z.number().int().positive();
const figure = z.number().nullable();

/** The loop's result document: of the loop as it stands, of how it stood before, or none yet. */
export const loopResultStateSchema = z.object({
  /** `elsewhere`: another process has the loop open and writes it when it is left. */
  state: z.enum(['none', 'old', 'current', 'writing', 'elsewhere', 'failed']),
  problem: z.string().nullable(),
});

/** `GET /api/loops/:id?since=V`: the loop as it stands, as soon as that is another than version V. */
export const loopStateSchema = z.object({
  version: z.number().int(),
  view: loopViewSchema,
  /** Families of the label set, the largest first. */
  families: z.array(
    z.object({ family: z.string(), label: z.enum(['malicious', 'benign']), instances: z.number().int() }),
  ),
  result: loopResultStateSchema,
});

export const loopStateQuerySchema = z.object({ since: z.coerce.number().int().optional() });

/** `GET /api/loops/:id/queries/:n`: what is shown beside a question. */
export const queryDetailsSchema = z.object({
  instanceId: z.string(),
  /** Hostile text. */
  ident: z.string(),
  timestamp: z.string().nullable(),
  featureCount: z.number().int(),
  /** The most unusual ones first, not all of many. */
  features: z.array(
    z.object({
      name: z.string(),
      description: z.string().nullable(),
      value: figure,
      standings: z.array(
        z.object({
          group: z.enum(['all', 'benign', 'malicious', 'family']),
          mean: z.number(),
          zScore: figure,
          percentile: z.number(),
        }),
      ),
    }),
  ),
  events: z.array(labelEventSchema),
  /** The first of those without an answer; the query says how many there are. */
  duplicates: z.array(z.object({ instanceId: z.string(), ident: z.string() })),
});

const loopModelQuerySchema = z.object({
  n: query,
  kind: z.string(),
  instanceId: z.string(),
  /** Hostile text. */
  ident: z.string(),
  reason: z.string(),
  suggestion: suggestionSchema.nullable(),
  /** As the label set has it now. */
  answer: givenLabelSchema.nullable(),
  state: z.enum(queryStates),
});

/**
 * `GET /api/loops/:id/iterations/:iteration`: the model of an iteration that is past, all panels with their data, and
 * its queries. Its predictions: `…/rows`, `…/rows/count` and `…/rows/neighbours`, as those of an experiment.
 */
export const loopModelSchema = resultDocumentSchema
  .pick({ settings: true, warnings: true, headline: true, panels: true })
  .extend({ iteration: z.number().int().positive(), queries: z.array(loopModelQuerySchema) });

/** `POST /api/loops/:id/answer`. */
export const loopAnswerSchema = z.object({
  query,
  given: givenLabelSchema,
  author,
  /** Number of the last event that the person saw for the instance, 0 for none. */
  seen: z.number().int().nonnegative(),
  withDuplicates: z.boolean(),
});

export const loopAnsweredSchema = z.object({
  event: labelEventSchema,
  overtook: labelEventSchema.nullable(),
  duplicates: z.number().int(),
  warning: z.string().nullable(),
});

/** `POST /api/loops/:id/pass`. */
export const loopPassSchema = z.object({ query, how: z.enum(['skipped', 'unsure']), author });

/** `POST /api/loops/:id/undo`, `/next` and `/result`. */
export const loopAuthorSchema = z.object({ author });

/** What an undo was about, null for nothing to take back. */
export const loopUndoneSchema = z.object({ query: query.nullable() });

export type LoopStateResponse = z.output<typeof loopStateSchema>;
export type LoopResultState = z.output<typeof loopResultStateSchema>;
export type LoopModel = z.output<typeof loopModelSchema>;
export type LoopModelQuery = LoopModel['queries'][number];
export type QueryDetailsResponse = z.output<typeof queryDetailsSchema>;
export type LoopAnswerRequest = z.output<typeof loopAnswerSchema>;
export type LoopAnswered = z.output<typeof loopAnsweredSchema>;
export type LoopPassRequest = z.output<typeof loopPassSchema>;
export type LoopUndone = z.output<typeof loopUndoneSchema>;
