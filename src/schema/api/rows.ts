import * as z from 'zod';
import { labelWords } from '../vocabulary.js';

/** Columns of the predictions that a list can be sorted by. */
export const rowSortColumns = [
  'rank',
  'instanceId',
  'ident',
  'label',
  'family',
  'probability',
  'score',
  'predicted',
] as const;

/**
 * How a prediction stands to the truth at a threshold; an instance is called malicious iff its value > threshold.
 * `error` is a false positive or a false negative.
 */
export const outcomes = ['true-positive', 'false-positive', 'false-negative', 'true-negative', 'error'] as const;

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);

/**
 * Which predictions of an experiment are meant: every field that is there must hold. Numbers may come as text, as they
 * do in a URL.
 */
export const rowFilterSchema = z.object({
  /** A part of the rows; `cv` stands for every `fold.N`, `all` for every `dataset:NAME`. */
  part: z.string().optional(),
  label: z.enum([...labelWords, 'none']).optional(),
  family: z.string().optional(),
  /** The model's own word: `malicious`, `benign`, or a family of a multiclass model. */
  predicted: z.string().optional(),
  /** Multiclass: the true class that the model learned (family), as the confusion matrix names it. */
  actual: z.string().optional(),
  /** Multiclass: only those whose predicted class is the true one (false), or another one (true). */
  mistaken: flag.optional(),
  /** Needed by `called` and `outcome`. */
  threshold: z.coerce.number().optional(),
  called: z.enum(labelWords).optional(),
  outcome: z.enum(outcomes).optional(),
  /** Probability (or score, where there is none) from here … */
  minimum: z.coerce.number().optional(),
  /** … and below here; the histogram's last bin asks for its upper edge too. */
  maximum: z.coerce.number().optional(),
  includeMaximum: flag.optional(),
  /** Where predictions are rejected for lack of credibility: only the rejected ones, or only those kept. */
  rejected: z.enum(['yes', 'no']).optional(),
  /** Of a projection: a piece of the picture of two components (see rows/hexagons/area.ts). */
  area: z.string().max(8000).optional(),
  /** In the ident or the instance_id, in any case of letters. */
  text: z.string().max(1000).optional(),
});

export const rowQuerySchema = rowFilterSchema.extend({
  sort: z.enum(rowSortColumns).default('rank'),
  direction: z.enum(['ascending', 'descending']).default('ascending'),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

const number = z.number().nullable();

/** One prediction. Texts are hostile. */
export const predictionRowSchema = z.object({
  /** Position in rows.bin. */
  row: z.number().int().nonnegative(),
  instanceId: z.string(),
  ident: z.string(),
  part: z.string(),
  fold: z.number().int().nullable(),
  label: z.enum(labelWords).nullable(),
  family: z.string().nullable(),
  probability: number,
  score: number,
  predicted: z.string().nullable(),
  rank: z.number().int(),
  /** Only where predictions are rejected; null for a row that was trained on. */
  credibility: number.optional(),
  rejected: z.enum(['yes', 'no']).nullable().optional(),
  /** Only of a projection: in each component. */
  coordinates: z.array(number).optional(),
});

const cap = z.object({ kept: z.number().int(), of: z.number().int(), why: z.string() });

/** A page of predictions: the rows from `offset`, and how many there are in all. */
export const rowsPageSchema = z.object({
  total: z.number().int().nonnegative(),
  /** Set where the list is shorter than what the experiment holds (a single-file report keeps a selection). */
  cap: cap.optional(),
  rows: z.array(predictionRowSchema),
});

/** `GET /api/experiments/:id/rows/neighbours?…`: a list, and an instance that may be in it. */
export const rowNeighboursQuerySchema = rowQuerySchema.omit({ offset: true, limit: true }).extend({
  instanceId: z.string(),
  /** Which of the rows of that id; absent: the first in the list. */
  instancePart: z.string().optional(),
});

/** What comes before and after it; the first of the list for an instance that is not in it. */
export const rowNeighboursSchema = z.object({
  /** From 0; null where it is not in the list. */
  place: z.number().int().nonnegative().nullable(),
  total: z.number().int().nonnegative(),
  previous: predictionRowSchema.nullable(),
  next: predictionRowSchema.nullable(),
});

/** `GET /api/experiments/:id/rows/groups?…`: what a filter leaves, by label and family (the largest first). */
export const rowGroupsSchema = z.object({
  /** Set where rows are counted that a single-file report keeps: some of all. */
  cap: cap.optional(),
  instances: z.number().int(),
  malicious: z.number().int(),
  benign: z.number().int(),
  families: z.array(z.object({ family: z.string(), label: z.enum(labelWords), instances: z.number().int() })),
});

export type RowGroups = z.output<typeof rowGroupsSchema>;
export type RowFilter = z.output<typeof rowFilterSchema>;
export type RowQuery = z.output<typeof rowQuerySchema>;
export type RowSortColumn = (typeof rowSortColumns)[number];
export type Outcome = (typeof outcomes)[number];
export type PredictionRow = z.output<typeof predictionRowSchema>;
export type RowsPage = z.output<typeof rowsPageSchema>;
export type RowNeighboursQuery = z.output<typeof rowNeighboursQuerySchema>;
export type RowNeighbours = z.output<typeof rowNeighboursSchema>;
