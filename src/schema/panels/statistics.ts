import * as z from 'zod';
import { counts, figure, figures, numbers } from './panel-parts.js';

const names = z.array(z.string());

/** Figures of one feature in one group of rows. */
const groupFigures = z.object({
  name: z.string(),
  label: z.enum(['malicious', 'benign', 'unlabeled']),
  /** Rows, those with a missing cell among them. */
  instances: z.number().int(),
  missing: z.number().int(),
  distinct: z.number().int(),
  zeros: z.number().int(),
  min: figure,
  max: figure,
  mean: figure,
  std: figure,
  /** At 1, 5, 25, 50, 75, 95 and 99 percent. */
  percentiles: figures,
  /** Ends of the box plot's whiskers. */
  whiskers: figures,
  /** By bin. */
  counts,
  /** Smoothed, at equally spaced positions over the feature's density range; null where there is none to draw. */
  density: numbers.nullable(),
});

/** The kinds of panels that `stats` writes. */
export const statisticsPanels = {
  /** All features in columns of figures, in the order of the dataset. */
  'feature-statistics': z.object({
    features: names,
    /** Place of each feature in the dataset; absent where all are listed. */
    columns: counts.optional(),
    types: z.array(z.enum(['binary', 'numeric'])),
    count: counts,
    missing: counts,
    distinct: counts,
    zeros: counts,
    min: figures,
    max: figures,
    mean: figures,
    std: figures,
    p1: figures,
    p5: figures,
    p25: figures,
    p50: figures,
    p75: figures,
    p95: figures,
    p99: figures,
    skewness: figures,
    kurtosis: figures,
    /** Each with a value a feature, and its p-value where the score is that of a test. */
    scores: z.array(z.object({ name: z.string(), values: figures, p: figures.optional() })),
    /** Square root of each bin's height in a feature's histogram, as a digit of base 36; one text a feature. */
    shapes: z.array(z.object({ name: z.string(), bins: names })),
  }),
  /** Some features in full. */
  'feature-details': z.object({
    features: z.array(
      z.object({
        /** Place in the dataset. */
        index: z.number().int(),
        edges: numbers,
        densityRange: numbers,
        groups: z.array(groupFigures),
      }),
    ),
  }),
  /** Pairs of features that say nearly the same, the closest first. */
  'feature-pairs': z.object({
    /** Features that were compared with each other. */
    compared: z.number().int(),
    /** Pairs of a smaller |r| are left out. */
    least: z.number(),
    pairs: z.array(z.object({ a: z.string(), b: z.string(), r: z.number(), identical: z.boolean() })),
  }),
  /** What an analyst should look at before training, the gravest first. */
  'feature-alarms': z.object({
    alarms: z.array(
      z.object({
        kind: z.enum([
          'separates-labels',
          'order-separates-labels',
          'sentinel',
          'duplicate',
          'constant',
          'nearly-constant',
        ]),
        /** Null where it is about no feature: the order of the rows, their ids or times. */
        feature: z.string().nullable(),
        /** A plain sentence; feature names in it are in quotation marks. */
        text: z.string(),
      }),
    ),
  }),
  /** How each feature differs in another dataset, the most different first. */
  'feature-drift': z.object({
    dataset: z.string(),
    instances: z.number().int(),
    /** Features that only one of the two has. */
    onlyHere: names,
    onlyThere: names,
    rows: z.array(
      z.object({
        feature: z.string(),
        psi: figure,
        ks: figure,
        ksP: figure,
        jensenShannon: figure,
        means: figures,
        missing: counts,
        edges: numbers,
        counts: z.array(counts),
      }),
    ),
  }),
} as const;
