import * as z from 'zod';
import { iterationFiguresSchema } from '../labelling.js';
import type { PanelKind } from '../vocabulary.js';
import { alertPanels } from './alerts.js';
import { clusterPanels } from './clusters.js';
import { projectionPanels } from './projection.js';
import { statisticsPanels } from './statistics.js';
import { counts, figure, figures, interval, label, numbers, roundSide } from './panel-parts.js';

const reliabilityFigures = z.object({
  expectedCalibrationError: figure,
  brier: figure,
  bins: z.array(
    z.object({
      low: z.number(),
      high: z.number(),
      instances: z.number().int(),
      meanProbability: figure,
      maliciousShare: figure,
    }),
  ),
});

/** The data of each kind of panel. A closed vocabulary: what draws results switches over it exhaustively. */
export const panelSchemas = {
  /** Figures of one part at the decision threshold, each with its interval where one is known. */
  indicators: z.object({
    threshold: figure,
    instances: z.number().int(),
    figures: z.array(interval.extend({ name: z.string() })),
    /** One row per class, multiclass only. */
    classes: z
      .array(
        z.object({
          name: z.string(),
          instances: z.number().int(),
          precision: figure,
          recall: figure,
          f1: figure,
        }),
      )
      .optional(),
  }),
  /** At most 2,000 points, thinned from all scores; the area is computed before thinning. */
  'roc-curve': z.object({
    auc: interval,
    falsePositiveRate: numbers,
    truePositiveRate: numbers,
    /** Null stands for a threshold below every score: everything is called malicious. */
    threshold: figures,
  }),
  'precision-recall-curve': z.object({
    averagePrecision: interval,
    recall: numbers,
    precision: numbers,
    threshold: figures,
  }),
  /** Counts at every position of the threshold slider: an instance is called malicious iff its value > threshold. */
  'threshold-table': z.object({
    scale: z.enum(['probability', 'score']),
    thresholds: numbers,
    truePositives: counts,
    falsePositives: counts,
    falseNegatives: counts,
    trueNegatives: counts,
    /** Rows without a label that raise an alert; absent where every row has a label. */
    unlabeledAlerts: counts.optional(),
    presets: z.array(z.object({ name: z.string(), title: z.string(), threshold: figure })),
  }),
  /** Rows are the true classes, columns the predicted ones. */
  confusion: z.object({ threshold: figure, classes: z.array(z.string()), matrix: z.array(counts) }),
  /** Predictions by value; bins are [edge, next edge), the last one closed. */
  histogram: z.object({
    scale: z.enum(['probability', 'score']),
    edges: numbers,
    groups: z.array(z.object({ name: z.string(), counts })),
  }),
  /** Malicious families: share detected. Benign families: share wrongly called malicious. */
  families: z.object({
    threshold: figure,
    rows: z.array(
      z.object({
        family: z.string(),
        label,
        instances: z.number().int(),
        calledMalicious: z.number().int(),
        rate: interval,
      }),
    ),
  }),
  /**
   * The largest families of a part at every position of its threshold table: from position `from[k]` (0, ascending) up
   * to the next, `calledMalicious[k]` of the family are called malicious.
   */
  'family-thresholds': z.object({
    /** Positions of the part's threshold table. */
    positions: z.number().int(),
    familiesInAll: z.number().int(),
    families: z.array(
      z.object({
        family: z.string(),
        label,
        instances: z.number().int(),
        from: counts,
        calledMalicious: counts,
      }),
    ),
  }),
  /** One series for a binary model, one per class otherwise; features in the order of the dataset. */
  importance: z.object({
    kind: z.enum(['coefficient', 'impurity', 'permutation']),
    features: z.array(z.string()),
    /** Place of each feature in the dataset; absent where all are listed. */
    columns: counts.optional(),
    /** `deviations`: of 'permutation' alone, the population standard deviation over the repeats. */
    series: z.array(z.object({ name: z.string(), values: numbers, deviations: numbers.optional() })),
    /** Of 'permutation' alone: the part and rows it was measured on, and their area under the ROC curve before. */
    permutation: z
      .object({
        part: z.string(),
        rows: z.number().int(),
        rowsInAll: z.number().int(),
        repeats: z.number().int(),
        rocAuc: figure,
      })
      .optional(),
  }),
  /** What the kept model says on average as one feature takes other values, the rest of each row being as it is. */
  'partial-dependence': z.object({
    scale: z.enum(['probability', 'score']),
    chosenBy: z.enum(['importance', 'name']),
    /** Training rows that are averaged over, of so many. */
    rows: z.number().int(),
    rowsInAll: z.number().int(),
    features: z.array(
      z.object({
        name: z.string(),
        /** Its place in the dataset. */
        column: z.number().int(),
        /** Values that it has in the training rows, ascending. */
        grid: numbers,
        /** One for each value of the grid, as all that follow. */
        average: numbers,
        /** Of single training rows, from the least malicious to the most. */
        individual: z.array(numbers),
        /** Training rows by label: how many are nearest to the value. */
        groups: z.array(z.object({ name: z.string(), counts })),
      }),
    ),
  }),
  'grid-search': z.object({
    objective: z.string(),
    folds: z.number().int(),
    points: z.array(
      z.object({
        params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
        /** Over the folds where the objective is defined. */
        mean: figure,
        /** Population standard deviation over the same folds: divided by their number. */
        std: figure,
        folds: figures,
        chosen: z.boolean(),
      }),
    ),
  }),
  /** The models that `auto` chose among. */
  race: z.object({
    objective: z.string(),
    /** Seconds that were allowed; null: no limit. */
    timeLimit: z.number().nullable(),
    runners: z.array(
      z.object({
        model: z.string(),
        standing: z.enum(['judged', 'defaults', 'stopped', 'not-begun', 'left-out']),
        /** Why it was left out. */
        reason: z.string().nullable(),
        /** Points of its grid that were judged, of `points`. */
        tried: z.number().int(),
        points: z.number().int(),
        /** Of its best point what was tuned; null where none was judged. */
        params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).nullable(),
        mean: figure,
        /** Population standard deviation over the folds. */
        std: figure,
        folds: figures,
        won: z.boolean(),
        /** Does it differ from the winner by no more than the standard error over the folds? */
        even: z.boolean(),
      }),
    ),
  }),
  /** Are probabilities to be taken at their word? Equal-width bins of the predicted probability. */
  reliability: reliabilityFigures.extend({
    /** The same of the probabilities before calibration; absent without, or where the model has none of its own. */
    uncalibrated: reliabilityFigures.optional(),
  }),
  /** A part without its least credible predictions. */
  rejection: z.object({
    /** What was asked for. */
    share: z.number(),
    instances: z.number().int(),
    rejected: z.number().int(),
    /** Share of the part that is as little credible as `share` of data like that of the training. */
    unlikeTraining: z.number(),
    figures: z.array(z.object({ name: z.string(), all: figure, kept: figure })),
    /** Accuracy of what is kept, by the share that is rejected. */
    curve: z.array(z.object({ rejected: z.number(), accuracy: figure })),
  }),
  /** A labelling loop, iteration by iteration: what was known when each began. */
  history: z.object({
    iterations: z.array(iterationFiguresSchema.omit({ seconds: true })),
  }),
  /** How figures change with time: over periods of a test part, or over folds in their order. Times are milliseconds. */
  decay: z.object({
    by: z.enum(['period', 'fold']),
    threshold: figure,
    /** Ascending; one that could not be judged has null figures. */
    periods: z.array(
      z.object({
        /** The fold, null for a period of one part and for a fold that was skipped. */
        part: z.string().nullable(),
        from: z.number(),
        until: z.number(),
        instances: z.number().int(),
        malicious: z.number().int(),
        figures: z.array(interval.extend({ name: z.string() })),
      }),
    ),
    /** AUT: mean height of each figure over the periods; null where one of them is undefined. */
    areas: z.array(z.object({ name: z.string(), value: figure })),
  }),
  /** Malicious families as a model finds them that was trained without the family, the largest first. */
  'left-out-families': z.object({
    threshold: figure,
    /** Of all instances together. */
    recall: interval,
    rows: z.array(
      z.object({
        family: z.string(),
        /** Judged. */
        instances: z.number().int(),
        /** Taken out of the training part. */
        removed: z.number().int(),
        calledMalicious: z.number().int(),
        recall: interval,
        /** By the model that knows the family, on those instances of it that it was not trained on. */
        known: interval,
        /** Of the model without the family, on the benign instances of the test part; null without one. */
        falsePositiveRate: interval,
      }),
    ),
  }),
  /** What each round of a validation by time or group trained and tested on. Times are milliseconds. */
  'validation-rounds': z.object({
    rounds: z.array(
      z.object({
        part: z.string(),
        train: roundSide,
        test: roundSide,
        /** Labelled rows on neither side, by why. */
        leftOut: z.object({
          gap: z.number().int(),
          labelDelay: z.number().int(),
          group: z.number().int(),
          outside: z.number().int(),
          timeless: z.number().int(),
        }),
      }),
    ),
    skipped: z.array(z.object({ fold: z.number().int(), why: z.string(), from: z.number(), until: figure })),
  }),
  ...alertPanels,
  ...statisticsPanels,
  ...clusterPanels,
  ...projectionPanels,
} satisfies Record<PanelKind, z.ZodType>;

export type PanelData<K extends PanelKind> = z.infer<(typeof panelSchemas)[K]>;
