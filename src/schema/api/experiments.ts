import * as z from 'zod';
import { resultDocumentSchema } from '../result-document.js';
import { experimentStates } from '../vocabulary.js';

/** An experiment as lists show it. */
export const experimentSummarySchema = z.object({
  id: z.string(),
  /** A kind of this version, or one that only another version knows. */
  kind: z.string(),
  project: z.string(),
  dataset: z.string(),
  name: z.string().nullable(),
  state: z.enum(experimentStates),
  /** ISO 8601, UTC. */
  started: z.string(),
  finished: z.string().nullable(),
  seconds: z.number().nullable(),
  warnings: z.number().int(),
  error: z.string().nullable(),
  /** The few figures that stand for it, the most telling first: headline name and value. */
  figures: z.array(z.object({ name: z.string(), value: z.number().nullable() })),
});

/** `GET /api/home`. */
export const homeSchema = z.object({
  program: z.string(),
  /** Where results are looked for, as the person named it. */
  outputDir: z.string(),
  inputDir: z.string(),
  /** Datasets of the input folder, whether or not something was computed on them. */
  datasets: z.array(z.object({ project: z.string(), dataset: z.string() })),
  /** The oldest first. */
  experiments: z.array(experimentSummarySchema),
});

/** `GET /api/experiments/:id`: what there is of an experiment, in whatever state it is. */
export const experimentPageSchema = z.object({
  summary: experimentSummarySchema,
  /** Null while it runs, when it failed, and when the document cannot be shown: then `problem` says why. */
  document: resultDocumentSchema.nullable(),
  problem: z.string().nullable(),
  /** The files of the result, as the person would name the folder. */
  directory: z.string(),
  /** What alone a single-file report keeps of something larger, in plain words; absent where all is at hand. */
  keeps: z.array(z.string()).optional(),
});

export type ExperimentSummary = z.infer<typeof experimentSummarySchema>;
export type Home = z.infer<typeof homeSchema>;
export type ExperimentPage = z.infer<typeof experimentPageSchema>;
