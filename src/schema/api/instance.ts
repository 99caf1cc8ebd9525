import * as z from 'zod';
import { labelEventSchema } from '../label-event.js';
import { labelWords } from '../vocabulary.js';
import { predictionRowSchema } from './rows.js';

const number = z.number().nullable();

/** The groups that an instance is held against, in this order. */
export const referenceGroups = ['benign', 'malicious', 'family'] as const;

/**
 * `GET /api/experiments/:id/instances/:instance`: one instance, without its features. Of a dataset by itself
 * (`GET /api/datasets/:project/:dataset/instances/:instance`): the same without predictions and explanation.
 */
export const instanceSchema = z.object({
  instanceId: z.string(),
  /** Hostile text. */
  ident: z.string(),
  project: z.string(),
  dataset: z.string(),
  /** The truth of the input files. */
  label: z.enum(labelWords).nullable(),
  family: z.string().nullable(),
  timestamp: z.string().nullable(),
  /** What the experiment said of it, part by part. */
  predictions: z.array(predictionRowSchema),
  featureCount: z.number().int(),
  /** Groups with at least one instance besides this one. */
  groups: z.array(z.object({ group: z.enum(referenceGroups), title: z.string(), instances: z.number().int() })),
  /** How the model came to its value: base + all contributions = total. Null with the reason where it cannot tell. */
  explanation: z
    .object({
      output: z.enum(['score', 'probability']),
      base: z.number(),
      total: z.number(),
      /** The value is that before calibration, which moves it but does not turn the order of instances. */
      beforeCalibration: z.boolean().optional(),
    })
    .nullable(),
  noExplanation: z.string().nullable(),
  /** The views the project has of its instances, such as the text of a mail. */
  views: z.array(z.object({ name: z.string(), title: z.string() })),
  /** What to know before believing the rest, in plain sentences: files that have changed since the experiment. */
  notes: z.array(z.string()).optional(),
});

/** What can be listed first among the features of an instance. */
export const featureOrders = ['contribution', 'benign', 'malicious', 'family', 'name', 'index'] as const;

export const featureQuerySchema = z.object({
  /** `benign`, `malicious`, `family`: the most unusual against that group; `contribution`: the largest by size. */
  order: z.enum(featureOrders).default('benign'),
  text: z.string().max(1000).optional(),
  /** This feature alone. */
  index: z.coerce.number().int().nonnegative().optional(),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** How one value stands in a group of instances. */
const standing = z.object({
  mean: number,
  standardDeviation: number,
  /** Null where the group does not vary. */
  zScore: number,
  /** Mid-percentile in 0 … 100. */
  percentile: number,
  /** Larger = more unusual; see ml/explanation/surprise.ts. */
  unusualness: number,
});

/** `GET /api/experiments/:id/instances/:instance/features?…`, or of a dataset by itself. */
export const featurePageSchema = z.object({
  total: z.number().int(),
  cap: z.object({ kept: z.number().int(), of: z.number().int(), why: z.string() }).optional(),
  features: z.array(
    z.object({
      index: z.number().int(),
      name: z.string(),
      description: z.string().nullable(),
      type: z.enum(['binary', 'numeric']),
      /** Null for a missing cell. */
      value: number,
      contribution: number,
      standings: z.partialRecord(z.enum(referenceGroups), standing),
    }),
  ),
});

/** A feature of an instance and of one near to it. */
const featureOfTwo = z.object({
  index: z.number().int(),
  name: z.string(),
  /** Null for a missing cell. */
  own: number,
  theirs: number,
});

export const nearestQuerySchema = z.object({
  /** So many of each class. */
  count: z.coerce.number().int().min(1).max(50).default(5),
});

/**
 * `GET /api/experiments/:id/instances/:instance/nearest?…`, or of a dataset by itself: the labelled instances nearest to
 * it, and what would have to be different. See ml/explanation/nearest-instances.ts for the distance.
 */
export const nearestInstancesSchema = z.object({
  searched: z.object({
    dataset: z.string(),
    /** With a label. */
    instances: z.number().int(),
    /** Are they those that the model learned from? */
    training: z.boolean(),
  }),
  /**
   * What the model is asked: how malicious the instance is; of a multiclass model by how much the class that it is called
   * leads the next one. Null where there is no model to ask.
   */
  asked: z.enum(['malicious', 'lead']).nullable(),
  /** The model's answer; malicious, or of the class that it is called, iff it is above the threshold. */
  value: number,
  threshold: number,
  groups: z.array(
    z.object({
      /** To the class that the instance is called; null where it is called none: by label. */
      relation: z.enum(['other', 'same']).nullable(),
      /** Hostile text: the class. */
      title: z.string(),
      instances: z.number().int(),
      /** The nearest first. */
      nearest: z.array(
        z.object({
          instanceId: z.string(),
          /** Hostile text. */
          ident: z.string(),
          label: z.enum(labelWords).nullable(),
          family: z.string().nullable(),
          /** Instances with the very same features, this one included. */
          alike: z.number().int(),
          distance: number,
          /** Features in which the two differ. */
          differing: z.number().int(),
          /** Those that differ most. */
          differences: z.array(
            featureOfTwo.extend({
              /** Theirs less own in standard deviations; null where one of the two is missing. */
              difference: number,
              /** The model's value once the instance has taken over this value and those before it. */
              valueAfter: number,
            }),
          ),
          /** Few values which, taken over from the neighbour, turn the verdict of the model: see ml/explanation/turning-changes.ts. */
          turning: z
            .object({
              count: z.number().int(),
              /** What the model says then. */
              value: number,
              /** The most effective first. */
              changes: z.array(featureOfTwo),
            })
            .nullable(),
        }),
      ),
    }),
  ),
});

/** `GET /api/experiments/:id/features/:index`, or of a dataset by itself: what a feature looks like in the dataset, by label. */
export const featureSummarySchema = z.object({
  index: z.number().int(),
  name: z.string(),
  description: z.string().nullable(),
  type: z.enum(['binary', 'numeric']),
  /** Edges of the bins, shared by the groups; a bin is [edge, next edge), the last one closed. */
  edges: z.array(z.number()),
  groups: z.array(
    z.object({
      name: z.string(),
      instances: z.number().int(),
      missing: z.number().int(),
      zeros: z.number().int(),
      minimum: number,
      maximum: number,
      mean: number,
      standardDeviation: number,
      /** 1st, 5th, 25th, 50th, 75th, 95th, 99th percentile. */
      percentiles: z.array(number),
      counts: z.array(z.number().int()),
    }),
  ),
});

/** `GET /api/experiments/:id/instances/:instance/views/:name`: what a sandboxed frame is given to show. */
export const instanceViewSchema = z.object({
  title: z.string(),
  /** Plain text, never interpreted; null where the project has none for this instance. */
  text: z.string().nullable(),
  /** Why there is none. */
  problem: z.string().nullable(),
  /** Address of the project's own page, for a frame without origin, network or access to our page; null for text. */
  frame: z.string().nullable(),
  /** Changes with that page: who allowed it to run allowed this one. */
  fingerprint: z.string().nullable(),
});

/** `GET /api/labels/:project/:dataset`. */
export const labelSetsSchema = z.object({ sets: z.array(z.string()) });

/** `GET /api/labels/:project/:dataset/:set/:instance`: what a set says of an instance; every answer, the oldest first. */
export const labelHistorySchema = z.object({
  label: z.enum(labelWords).nullable(),
  family: z.string().nullable(),
  events: z.array(labelEventSchema),
  /** Families known in the set and in the truth, with how many instances bear them, the largest first. */
  families: z.array(z.object({ family: z.string(), label: z.enum(labelWords), instances: z.number().int() })),
});

/** `POST /api/labels/:project/:dataset/:set`. */
export const labelAnswerSchema = z.object({
  instanceId: z.string(),
  ident: z.string(),
  /** Null takes the label back. */
  label: z.enum(labelWords).nullable(),
  family: z.string().nullable(),
  author: z.string().max(190).nullable(),
  /** Number of the last event that the person saw for this instance, 0 for none. */
  seen: z.number().int().nonnegative(),
});

/** The answer as kept; `overtook` is somebody else's that came since what the person saw. */
export const keptAnswerSchema = z.object({
  event: labelEventSchema,
  overtook: labelEventSchema.nullable(),
  warning: z.string().nullable(),
});

export type Instance = z.output<typeof instanceSchema>;
export type FeatureQuery = z.output<typeof featureQuerySchema>;
export type FeaturePage = z.output<typeof featurePageSchema>;
export type NearestInstances = z.output<typeof nearestInstancesSchema>;
export type FeatureSummary = z.output<typeof featureSummarySchema>;
export type InstanceView = z.output<typeof instanceViewSchema>;
export type LabelHistory = z.output<typeof labelHistorySchema>;
export type LabelAnswerRequest = z.output<typeof labelAnswerSchema>;
export type KeptAnswerResponse = z.output<typeof keptAnswerSchema>;
export type ReferenceGroup = (typeof referenceGroups)[number];
export type FeatureOrder = (typeof featureOrders)[number];
