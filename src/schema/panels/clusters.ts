import * as z from 'zod';
import { figure, label, numbers } from './panel-parts.js';

const count = z.number().int();

/** An instance of a cluster. Texts are hostile. */
const member = z.object({
  instanceId: z.string(),
  ident: z.string(),
  /** From the mean of its cluster; null for noise. */
  distance: figure,
  label: label.nullable(),
  family: z.string().nullable(),
});

/** The kinds of panels that `cluster` writes. */
export const clusterPanels = {
  /**
   * What a choice was made by. `neighbour-distance`: distances of some instances from their neighbours, ascending, over the
   * share of these; chosen is a distance. `bic` (smaller is better), `silhouette`, `gap`: over numbers of clusters; the gap
   * with the standard error of each.
   */
  'cluster-choice': z.object({
    by: z.enum(['neighbour-distance', 'bic', 'silhouette', 'gap']),
    x: numbers,
    y: numbers,
    error: numbers.optional(),
    chosen: z.number(),
  }),
  /** Every cluster: how large, what of, what sets it apart, and some of its members. */
  clusters: z.object({
    algorithm: z.string(),
    /** Instances that were clustered. */
    instances: count,
    /** The silhouettes are those of so many rows; null where there are none. */
    silhouetteRows: count.nullable(),
    /** Clusters there are; the largest are listed. */
    total: count,
    clusters: z.array(
      z.object({
        /** `1` is the largest; `noise` what belongs to none, listed last. */
        name: z.string(),
        size: count,
        malicious: count,
        benign: count,
        unlabeled: count,
        /** The largest first. */
        families: z.array(z.object({ family: z.string(), label, instances: count })),
        /** Families in all. */
        familyCount: count,
        /** Root of the mean squared distance of its members from its mean, on the scale on which was clustered. */
        spread: figure,
        silhouette: figure,
        /** What sets it apart, the most telling first: means inside and outside, and their difference in deviations. */
        features: z.array(
          z.object({
            feature: z.string(),
            /** Place in the dataset; null for a column that says where another misses values. */
            index: count.nullable(),
            inside: z.number(),
            outside: figure,
            difference: z.number(),
          }),
        ),
        /** At most three conditions that together tell it from the others; null where nothing does. */
        rule: z
          .object({
            conditions: z.array(z.object({ feature: z.string(), above: z.boolean(), threshold: z.number() })),
            precision: z.number(),
            recall: z.number(),
          })
          .nullable(),
        members: z.object({ centre: z.array(member), edge: z.array(member), random: z.array(member) }),
      }),
    ),
  }),
} as const;
