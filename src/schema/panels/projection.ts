import * as z from 'zod';
import { label, numbers } from './panel-parts.js';

const count = z.number().int();

/** The kinds of panels that `projection` writes. */
export const projectionPanels = {
  /** How much of the variance components hold, the first first. */
  'component-variance': z.object({
    /** Shares of the whole variance. */
    explained: numbers,
    cumulative: numbers,
    /** Mean squared error of the scaled cells, rebuilt from so many components. */
    reconstructionError: numbers,
  }),
  /** The features that weigh most in each component. */
  'component-features': z.object({
    components: z.array(
      z.object({
        features: z.array(
          z.object({
            feature: z.string(),
            /** Place in the dataset; null for a column that says where another misses values. */
            index: count.nullable(),
            weight: z.number(),
          }),
        ),
      }),
    ),
  }),
  /**
   * All instances in two components, in hexagons with a corner at the top. In units of a hexagon's width, u grows with x
   * and v with y; both begin at 0 in the corner of the smallest values.
   */
  hexagons: z.object({
    /** Numbers of the components, from 1. */
    x: count,
    y: count,
    /** Smallest and largest value of each; what they are one width of a hexagon apart is `unit`. */
    xRange: z.tuple([z.number(), z.number()]),
    yRange: z.tuple([z.number(), z.number()]),
    unit: z.tuple([z.number(), z.number()]),
    hexagons: z.array(
      z.object({
        u: z.number(),
        v: z.number(),
        instances: count,
        malicious: count,
        benign: count,
        /** The largest first. */
        families: z.array(z.object({ family: z.string(), label, instances: count })),
        /** Some of its instances, spread over it. Texts are hostile. */
        members: z.array(
          z.object({
            instanceId: z.string(),
            ident: z.string(),
            label: label.nullable(),
            family: z.string().nullable(),
          }),
        ),
      }),
    ),
  }),
} as const;
