import * as z from 'zod';
import { labelWords, queryStates } from './vocabulary.js';

const labelWord = z.enum(labelWords);
const count = z.number().int().nonnegative();
const figure = z.number().nullable();

/** An answer as people give it. */
export const givenLabelSchema = z.object({ label: labelWord, family: z.string().nullable() });

/** What the loop would answer itself. */
export const suggestionSchema = givenLabelSchema.extend({ confidence: z.enum(['high', 'low']) });

/** A query of the loop as it stands now. */
export const loopQuerySchema = z.object({
  /** Counts the queries of the loop, from 1. */
  n: z.number().int().positive(),
  iteration: z.number().int().positive(),
  /** What it is asked for: `uncertain`, `malicious`, `benign`, … */
  kind: z.string(),
  instanceId: z.string(),
  /** Hostile text. */
  ident: z.string(),
  /** Why it is asked, in plain words. */
  reason: z.string(),
  value: figure,
  suggestion: suggestionSchema.nullable(),
  state: z.enum(queryStates),
  /** What the label set says of the instance now, whoever said it. */
  answer: givenLabelSchema.extend({ n: count, author: z.string().nullable() }).nullable(),
  /** Near-duplicates without an answer, which the same answer can settle after a look at them. */
  duplicates: count,
});

/** What was known, and how good the model was, when an iteration began. */
export const iterationFiguresSchema = z.object({
  iteration: z.number().int().positive(),
  labels: count,
  malicious: count,
  benign: count,
  unlabeled: count,
  families: z.object({ malicious: count, benign: count, all: count }),
  /** Headline names (`cv.rocAuc`, `dataset:D.f1`, `suggestions.labelAccuracy`, …) with their figures. */
  figures: z.record(z.string(), figure),
  /** Seconds of the wall clock, part by part; differs between runs. */
  seconds: z.array(z.object({ stage: z.string(), seconds: z.number() })),
});

/** A labelling loop as it stands: what a terminal or a page draws. */
export const loopViewSchema = z.object({
  id: z.string(),
  kind: z.enum(['active-learning', 'rare-categories']),
  project: z.string(),
  dataset: z.string(),
  labelSet: z.string(),
  strategy: z.string(),
  /** The iteration whose queries are asked, or that is computed. */
  iteration: z.number().int().positive(),
  /** `elsewhere`: another process trains. */
  phase: z.enum(['computing', 'asking', 'elsewhere', 'finished']),
  /** Why it is finished, in plain words. */
  finished: z.string().nullable(),
  /** What is computed, and how far that is. */
  computing: z.object({ stage: z.string(), done: z.number(), total: z.number() }).nullable(),
  budget: z.object({ total: count, left: count }),
  /** The queries of this iteration, in the order of asking; more may come while it is computed. */
  queries: z.array(loopQuerySchema),
  /** Now, with the answers of this iteration. */
  counts: iterationFiguresSchema.pick({ labels: true, malicious: true, benign: true, unlabeled: true, families: true }),
  history: z.array(iterationFiguresSchema),
  /** Whether going on pays, and what else to know, in plain sentences. */
  advice: z.array(z.string()),
  warnings: z.array(z.string()),
});

export type GivenLabel = z.infer<typeof givenLabelSchema>;
export type LoopQuery = z.infer<typeof loopQuerySchema>;
export type IterationFigures = z.infer<typeof iterationFiguresSchema>;
export type LoopView = z.infer<typeof loopViewSchema>;
