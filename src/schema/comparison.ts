import * as z from 'zod';
import { labelWords } from './vocabulary.js';

/** The version of the comparison document that this program writes. */
export const comparisonVersion = 1;

const count = z.number().int().nonnegative();
const figure = z.number().nullable();
const word = z.enum(labelWords);

/** Figures that are compared, in the order they are shown. */
export const comparedFigures = [
  'rocAuc',
  'averagePrecision',
  'f1',
  'accuracy',
  'precision',
  'recall',
  'falsePositiveRate',
  'falseDiscoveryRate',
  'recallAtFpr.0.01',
  'recallAtFpr.0.001',
] as const;

const experiment = z.object({
  id: z.string(),
  name: z.string().nullable(),
  model: z.string().nullable(),
  part: z.string(),
  project: z.string(),
  dataset: z.string(),
  scale: z.enum(['probability', 'score']),
  threshold: z.number(),
  /** Instances of the part, before those in common are taken. */
  instances: count,
});

/** One instance that two experiments judge differently. Texts are hostile. */
export const verdictChangeSchema = z.object({
  instanceId: z.string(),
  ident: z.string(),
  label: word.nullable(),
  family: z.string().nullable(),
  baseline: z.object({ value: z.number(), verdict: word }),
  other: z.object({ value: z.number(), verdict: word }),
  /** On the scale of `changes.scale`, in [-1, 1]; positive: more malicious in the other experiment. */
  change: z.number(),
});

const pair = z.object({
  other: experiment,
  rows: z.object({
    /** In both parts: what everything below is about. */
    common: count,
    onlyBaseline: count,
    onlyOther: count,
    /** Of the common ones, those with a label: what the figures are about. */
    judged: count,
    malicious: count,
    benign: count,
    /** Labelled differently in the two experiments, and so not judged. */
    contradictory: count,
  }),
  /** Settings that differ, as text; null: there is no such setting. */
  settings: z.array(z.object({ name: z.string(), baseline: z.string().nullable(), other: z.string().nullable() })),
  figures: z.array(
    z.object({
      name: z.enum(comparedFigures),
      baseline: figure,
      other: figure,
      /** other - baseline. */
      difference: figure,
      /** Of the difference, at `level`; null where it is undefined or has no width. */
      low: figure,
      high: figure,
      /** Two-sided, of no difference; only where there is a test. */
      pValue: figure,
      method: z.enum(['delong', 'bootstrap']),
    }),
  ),
  /** Which experiment is right on an instance that the other has wrong; null without labelled rows. */
  mcnemar: z
    .object({
      bothRight: count,
      onlyBaselineRight: count,
      onlyOtherRight: count,
      bothWrong: count,
      method: z.enum(['exact-binomial', 'chi-squared']),
      statistic: figure,
      pValue: z.number(),
      midPValue: figure,
    })
    .nullable(),
  /** Verdicts at each experiment's threshold, by label (null: without one). */
  verdicts: z.array(
    z.object({
      label: word.nullable(),
      instances: count,
      calledByBaseline: count,
      calledByOther: count,
      /** Called malicious by the other experiment only. */
      gained: count,
      /** Called malicious by the baseline only. */
      lost: count,
    }),
  ),
  families: z.object({
    total: count,
    /** The 100 with most changes. */
    rows: z.array(
      z.object({
        family: z.string(),
        label: word,
        instances: count,
        calledByBaseline: count,
        calledByOther: count,
        gained: count,
        lost: count,
      }),
    ),
  }),
  changes: z.object({
    total: count,
    /** `rank`: the scales differ, so that places in the order of the common rows are compared, as shares. */
    scale: z.enum(['probability', 'score', 'rank']),
    /** The largest ones. */
    rows: z.array(verdictChangeSchema),
  }),
  /** About the data, in plain sentences. */
  notes: z.array(z.string()),
});

/** Two or more experiments on the same rows: all others against the first. */
export const comparisonSchema = z.object({
  schema: z.literal('secuml-comparison'),
  version: z.number().int().positive(),
  kind: z.literal('comparison'),
  seed: z.number().int(),
  replicates: count,
  level: z.number(),
  baseline: experiment,
  pairs: z.array(pair).min(1),
});

export type ComparisonDocument = z.infer<typeof comparisonSchema>;
export type ComparisonPair = ComparisonDocument['pairs'][number];
export type VerdictChange = z.infer<typeof verdictChangeSchema>;
export type ComparedFigureName = (typeof comparedFigures)[number];
