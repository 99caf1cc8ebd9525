import * as z from 'zod';
import { familyEditSchema, labelledFamilySchema } from '../family-edit.js';
import { rowFilterSchema } from './rows.js';
import { labelWords } from '../vocabulary.js';

const count = z.number().int().nonnegative();
const author = z.string().max(190).nullable();
const labelSet = z.object({ project: z.string(), dataset: z.string(), set: z.string() });

/** `GET /api/label-sets`: every label set there is, or those of a project and a dataset. */
export const labelSetListSchema = z.object({
  sets: z.array(
    labelSet.extend({
      /** Instances that have a label now. */
      labels: count,
      malicious: count,
      benign: count,
      families: count,
      /** Answers ever given. */
      events: count,
      last: z.object({ at: z.string(), author }).nullable(),
    }),
  ),
});

export const labelSetFilterSchema = z.object({
  project: z.string().max(1000).optional(),
  dataset: z.string().max(1000).optional(),
});

/** Columns that labelled instances can be sorted by; `n` is the number of the answer that holds: the latest is largest. */
export const labelSortColumns = ['n', 'instanceId', 'ident', 'label', 'family', 'author'] as const;

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);

/** Which labelled instances are meant: every field that is there must hold. */
export const labelFilterSchema = z.object({
  label: z.enum(labelWords).optional(),
  family: z.string().max(1000).optional(),
  /** Only those without a family. */
  unnamed: flag.optional(),
  /** Who gave the answer that holds; empty: those who gave no name. */
  author: z.string().max(1000).optional(),
  /** In the ident, the instance_id or the family, in any case of letters. */
  text: z.string().max(1000).optional(),
});

/** `GET /api/label-sets/:project/:dataset/:set/instances?…`. */
export const labelQuerySchema = labelFilterSchema.extend({
  sort: z.enum(labelSortColumns).default('n'),
  direction: z.enum(['ascending', 'descending']).default('descending'),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** An instance and the answer that holds for it. Texts are hostile. */
export const labelledInstanceSchema = z.object({
  instanceId: z.string(),
  ident: z.string(),
  label: z.enum(labelWords),
  family: z.string().nullable(),
  /** Number of the answer in the log. */
  n: z.number().int().positive(),
  at: z.string(),
  author: z.string().nullable(),
});

export const labelPageSchema = z.object({ total: count, rows: z.array(labelledInstanceSchema) });

/** An operation of a set's log, as people read it. */
export const operationSummarySchema = z.object({
  kind: z.string(),
  first: z.number().int().positive(),
  last: z.number().int().positive(),
  title: z.string(),
  at: z.string(),
  author: z.string().nullable(),
  /** Labels it changed. */
  written: count,
  /** Of them, those that still are what it made of them. */
  holding: count,
  undone: z.boolean(),
});

/** `GET /api/label-sets/:project/:dataset/:set`: what a set says as a whole. */
export const labelSetPageSchema = labelSet.extend({
  /** Number of the last event: changes with every answer. */
  events: count,
  labels: count,
  malicious: count,
  benign: count,
  /** The largest first; family null: instances without one. */
  families: z.array(labelledFamilySchema.extend({ instances: z.number().int() })),
  /** Who gave the answers that hold, the most first; null: no name was given. */
  authors: z.array(z.object({ author: z.string().nullable(), instances: z.number().int() })),
  /** The latest operations, the last first. */
  operations: z.array(operationSummarySchema),
  /** What an undo would take back. */
  undo: operationSummarySchema.nullable(),
  warnings: z.array(z.string()),
});

/** One label for every member of a group of an experiment. */
const groupLabel = {
  experiment: z.string().max(200),
  label: z.enum(labelWords),
  family: z.string().max(1000).trim().min(1).nullable(),
  /** Members that have a label keep it. */
  keep: z.boolean(),
};
const clusterLabelSchema = z.object({
  operation: z.literal('label-cluster'),
  cluster: z.string().max(20),
  ...groupLabel,
});
/** `area`: of a projection (see rows/hexagons/area.ts). */
const areaLabelSchema = z.object({
  operation: z.literal('label-area'),
  area: rowFilterSchema.shape.area.unwrap(),
  ...groupLabel,
});

/**
 * What is to be done to a set: a change of families, a label for a cluster or for an area of a projection, or taking back the operation that event
 * `number` belongs to.
 */
export const setOperationSchema = z.discriminatedUnion('operation', [
  ...familyEditSchema.options,
  clusterLabelSchema,
  areaLabelSchema,
  z.object({ operation: z.literal('undo'), number: z.number().int().positive() }),
]);

/** `POST /api/label-sets/:project/:dataset/:set/preview`: what an operation would do. */
export const operationPreviewSchema = z.object({
  title: z.string(),
  /** Labels that would change. */
  changes: count,
  notes: z.array(z.string()),
  /** Some of the instances, as they would be. */
  examples: z.array(
    z.object({
      instanceId: z.string(),
      ident: z.string(),
      label: z.enum(labelWords).nullable(),
      family: z.string().nullable(),
    }),
  ),
});

/** `POST /api/label-sets/:project/:dataset/:set/operations`. Refused (409) where other than `expected` labels would change. */
export const operationRequestSchema = z.object({ change: setOperationSchema, author, expected: count });

/** What was done. */
export const operationDoneSchema = z.object({
  title: z.string(),
  changed: count,
  range: z.object({ first: z.number().int(), last: z.number().int() }).nullable(),
  notes: z.array(z.string()),
  warning: z.string().nullable(),
});

export type LabelSetList = z.output<typeof labelSetListSchema>;
export type LabelFilter = z.output<typeof labelFilterSchema>;
export type LabelQuery = z.output<typeof labelQuerySchema>;
export type LabelSortColumn = (typeof labelSortColumns)[number];
export type LabelledInstance = z.output<typeof labelledInstanceSchema>;
export type LabelPage = z.output<typeof labelPageSchema>;
export type OperationSummary = z.output<typeof operationSummarySchema>;
export type LabelSetPage = z.output<typeof labelSetPageSchema>;
export type SetChange = z.output<typeof setOperationSchema>;
export type OperationPreview = z.output<typeof operationPreviewSchema>;
export type OperationRequest = z.output<typeof operationRequestSchema>;
export type OperationDone = z.output<typeof operationDoneSchema>;
