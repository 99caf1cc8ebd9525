import type { CalibrationMethod } from '../../ml/calibration/calibration.js';
import type { ClustererId } from '../../ml/clustering/registry.js';
import type { ClassifierId } from '../../ml/classifiers/registry.js';
import type { ObjectiveId } from '../../ml/model-selection/objectives.js';
import type { TimeLag } from '../../ml/model-selection/time-window.js';
import type { SampleWeighting } from '../../ml/model-selection/sample-weights.js';
import type { Params, ParamValue } from '../../ml/params.js';
import { formatDuration } from '../../schema/duration.js';
import type { Settings } from '../../schema/result-document.js';
import type { AlertKind } from '../../schema/vocabulary.js';
import type { Candidate } from './race-candidates.js';

interface Grouping {
  /** Column of idents.csv whose groups must not be on both sides. */
  readonly groupBy?: string;
}

/** What lies between training and test, in milliseconds (see `TimeLag`), and what belongs together. */
export interface TimeOrder extends TimeLag, Grouping {}

/** Spans of time, of one length or with equally many instances. */
export const bucketRules = ['time', 'instances'] as const;

interface Buckets extends TimeOrder {
  readonly bucketBy: (typeof bucketRules)[number];
}

/** How the model is validated. */
export type Validation =
  | ({ readonly mode: 'random'; readonly testSize: number } & Grouping)
  /** The test rows are those whose instance_id is listed. */
  | { readonly mode: 'fixed'; readonly testIds: ReadonlySet<string> }
  | ({ readonly mode: 'cv'; readonly folds: number } & Grouping)
  /** The latest rows are the test. `periods`: what the decay is drawn by, as many as the rows allow if absent. */
  | ({ readonly mode: 'temporal'; readonly testSize: number; readonly periods?: number } & TimeOrder)
  /** The rows from `cutoff` (milliseconds since 1970 UTC) on are the test. */
  | ({ readonly mode: 'cutoff'; readonly cutoff: number; readonly periods?: number } & TimeOrder)
  /** Each bucket of time but the first is judged by a model of all that came before it. */
  | ({ readonly mode: 'temporal-cv'; readonly folds: number } & Buckets)
  /** So many buckets are trained on, the next ones tested; then all move on by one bucket. */
  | ({
      readonly mode: 'sliding-window';
      readonly buckets: number;
      readonly trainBuckets: number;
      readonly testBuckets: number;
    } & Buckets)
  /** Trained on the whole dataset, tested on others of the project. */
  | {
      readonly mode: 'datasets';
      readonly datasets: readonly string[];
      /** Instances of them whose features are in memory at a time; absent: all. */
      readonly streamBatch?: number;
    }
  /** Trained on the labelled rows, applied to the others. */
  | { readonly mode: 'unlabeled' };

export type ValidationMode = Validation['mode'];

/** Does time or a group decide on which side a row stands? */
export function isOrdered(validation: Validation): boolean {
  return 'gap' in validation || ('groupBy' in validation && validation.groupBy !== undefined);
}

/** What of the alerts is looked into. */
export interface AlertSettings {
  readonly kinds: readonly AlertKind[];
  readonly clustering: ClustererId;
  readonly clusters: number;
}

/** So many features, those that count most, or those of these names. */
export type PartialDependenceSettings = { readonly most: number } | { readonly features: readonly string[] };

export interface ClassifySettings {
  /** Of a race: one of its candidates, which stands for all where only what a model takes and gives matters. */
  readonly model: ClassifierId;
  /** The grid; a single point is fitted without a search. */
  readonly points: readonly Params[];
  /** Models of which the best is taken, by the objective; absent: `model` is. */
  readonly candidates?: readonly Candidate[];
  /** Seconds that the races of an experiment may take together; absent: as long as they need. */
  readonly timeLimit?: number;
  readonly objective: ObjectiveId;
  /** Rate of the objectives that have one. */
  readonly at: number;
  readonly tuningFolds: number;
  readonly multiclass: boolean;
  readonly sampleWeight: SampleWeighting;
  readonly impute: boolean;
  /** How probabilities are calibrated; absent: the model's own are taken. */
  readonly calibrate?: CalibrationMethod;
  /** Share in (0, 1) of each part whose predictions are rejected, the least credible; absent: none is. */
  readonly reject?: number;
  readonly validation: Validation;
  /** Tell how each malicious family is found by a model trained without it. */
  readonly leaveOutFamily?: boolean;
  /** Apply the model to the rows it was trained on, too. */
  readonly trainingDetection: boolean;
  /** Weigh features by what shuffling them loses; absent: by the model's own measure, if it has one. */
  readonly importance?: 'permutation';
  /** Tell how the model's value depends on single features; absent: not told. */
  readonly partialDependence?: PartialDependenceSettings;
  /** Malicious iff the probability is greater (or the score, of a model without probabilities). Null: 0.5 (0 for a score). */
  readonly detectionThreshold: number | null;
  /** So many of the instances judged may raise an alert: it decides on the threshold. */
  readonly alertBudget?: number;
  /** Absent: alerts are counted only. */
  readonly alerts?: AlertSettings;
}

/** Is the training part shared out in rounds: to choose among points, or to calibrate? */
export function needsTuningRounds({ points, candidates, calibrate }: ClassifySettings): boolean {
  return points.length > 1 || candidates !== undefined || calibrate !== undefined;
}

/**
 * The settings as the result document keeps them: flat, resolved, the grid as listed values.
 * @param threshold the one in force, once the model tells whether it has probabilities
 */
export function settingsForDocument(
  settings: ClassifySettings,
  seed: number,
  threshold = settings.detectionThreshold,
): Settings {
  const { validation } = settings;
  return {
    ...chosenModel(settings),
    objective: settings.objective,
    at: settings.objective.startsWith('dr-at') ? settings.at : null,
    tuningFolds: needsTuningRounds(settings) ? settings.tuningFolds : null,
    multiclass: settings.multiclass,
    sampleWeight: settings.sampleWeight,
    impute: settings.impute ? 'median' : 'none',
    ...(settings.calibrate && { calibrate: settings.calibrate }),
    ...(settings.reject && { reject: settings.reject }),
    validation: validation.mode,
    ...validationForDocument(validation),
    ...(settings.leaveOutFamily && { leaveOutFamily: true }),
    trainingDetection: settings.trainingDetection,
    ...(settings.importance && { importance: settings.importance }),
    ...partialDependenceForDocument(settings.partialDependence),
    detectionThreshold: threshold,
    ...(settings.alertBudget !== undefined && { alertBudget: settings.alertBudget }),
    ...alertsForDocument(settings.alerts),
    seed,
  };
}

function partialDependenceForDocument(asked: PartialDependenceSettings | undefined): Settings {
  if (!asked) return {};
  return { partialDependence: 'most' in asked ? asked.most : [...asked.features] };
}

function chosenModel({ model, points, candidates, timeLimit }: ClassifySettings): Settings {
  if (!candidates) return { model, params: listedValues(points) };
  return { model: 'auto', candidates: candidates.map((candidate) => candidate.model), timeLimit: timeLimit ?? null };
}

function alertsForDocument(alerts: AlertSettings | undefined): Settings {
  if (!alerts) return {};
  const { kinds, clustering, clusters } = alerts;
  return {
    alerts: [...kinds],
    ...(kinds.includes('clusters') && { alertClustering: clustering, alertClusters: clusters }),
  };
}

/** The options of the mode, times as people read them: `cutoff: 2024-05-01T00:00:00.000Z`, `gap: 7d`. */
function validationForDocument(validation: Validation): Settings {
  switch (validation.mode) {
    case 'random':
      return { testSize: validation.testSize, ...grouping(validation) };
    case 'fixed':
      return { testIds: validation.testIds.size };
    case 'cv':
      return { folds: validation.folds, ...grouping(validation) };
    case 'temporal':
      return { testSize: validation.testSize, ...periods(validation.periods), ...timeOrder(validation) };
    case 'cutoff': {
      const cutoff = new Date(validation.cutoff).toISOString();
      return { cutoff, ...periods(validation.periods), ...timeOrder(validation) };
    }
    case 'temporal-cv':
      return { folds: validation.folds, bucketBy: validation.bucketBy, ...timeOrder(validation) };
    case 'sliding-window': {
      const { buckets, trainBuckets, testBuckets, bucketBy } = validation;
      return { buckets, trainBuckets, testBuckets, bucketBy, ...timeOrder(validation) };
    }
    case 'datasets':
      return {
        validationDatasets: [...validation.datasets],
        ...(validation.streamBatch !== undefined && { streamBatch: validation.streamBatch }),
      };
    case 'unlabeled':
      return {};
  }
}

const grouping = ({ groupBy }: Grouping): Settings => (groupBy === undefined ? {} : { groupBy });

const periods = (count: number | undefined): Settings => (count === undefined ? {} : { periods: count });

function timeOrder(order: TimeOrder): Settings {
  return { gap: formatDuration(order.gap), labelDelay: formatDuration(order.labelDelay), ...grouping(order) };
}

/** `C=0.01,0.1,1` for each parameter of the grid: the values in it, in the order of the points. */
function listedValues(points: readonly Params[]): string[] {
  const names = Object.keys(points[0] ?? {});
  return names.map((name) => {
    const values = new Set<ParamValue>(points.map((point) => point[name]));
    return `${name}=${[...values].join(',')}`;
  });
}
