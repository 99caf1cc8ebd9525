import * as z from 'zod';
import { figure, label } from './panel-parts.js';

/** An instance that raises an alert. */
const alert = z.object({
  instanceId: z.string(),
  ident: z.string(),
  /** The part that it is a row of: one of the folds, in the panel of `cv`. */
  part: z.string(),
  /** 1 for the highest alert of the panel. */
  rank: z.number().int(),
  /** What decides: the probability of being malicious, or the score of a model without. */
  value: z.number(),
  label: label.nullable(),
  family: z.string().nullable(),
});

const alertGroup = z.object({
  name: z.string(),
  alerts: z.number().int(),
  malicious: z.number().int(),
  benign: z.number().int(),
  unlabeled: z.number().int(),
  /** Rank of its highest alert. */
  best: z.number().int(),
  /** Mean probability of the family that the alerts were given; null where groups have none. */
  probability: figure,
  /** What its alerts are by their labels, the most frequent first, at most 5. */
  families: z.array(z.object({ family: z.string(), label, alerts: z.number().int() })),
  /** Where its mean lies farthest from that of the other alerts, in standard deviations of all; at most 5. */
  features: z.array(z.object({ feature: z.string(), difference: z.number() })),
  /** The alerts nearest its mean, or the surest of a family; at most 10. */
  members: z.array(alert),
});

export const alertPanels = {
  /** The instances of a part that raise an alert, as decided: some of them, and in groups. */
  alerts: z.object({
    threshold: z.number(),
    scale: z.enum(['probability', 'score']),
    instances: z.number().int(),
    alerts: z.number().int(),
    malicious: z.number().int(),
    benign: z.number().int(),
    unlabeled: z.number().int(),
    /** The highest, at most 100; absent where not asked for. */
    top: z.array(alert).optional(),
    /** At most 100, drawn by the seed, in the order of their ranks; absent where not asked for. */
    random: z.array(alert).optional(),
    groupings: z.array(
      z.object({
        by: z.enum(['clusters', 'families']),
        /** What made the groups, for people. */
        how: z.string(),
        /** The largest first, at most 100. */
        groups: z.array(alertGroup),
        /** How many groups there are. */
        groupsInAll: z.number().int(),
      }),
    ),
  }),
};

export type AlertGroup = z.infer<typeof alertGroup>;
export type AlertRow = z.infer<typeof alert>;
