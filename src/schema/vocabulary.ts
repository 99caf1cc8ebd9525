/** Plain words shared by what writes results and what draws them. No zod here: the viewer imports this file. */

/** What a result document holds figures of. */
export const panelKinds = [
  'indicators',
  'roc-curve',
  'precision-recall-curve',
  'threshold-table',
  'confusion',
  'histogram',
  'families',
  'family-thresholds',
  'importance',
  'partial-dependence',
  'grid-search',
  'race',
  'reliability',
  'history',
  'decay',
  'validation-rounds',
  'left-out-families',
  'feature-statistics',
  'feature-details',
  'feature-pairs',
  'feature-alarms',
  'feature-drift',
  'clusters',
  'cluster-choice',
  'component-variance',
  'component-features',
  'hexagons',
  'rejection',
  'alerts',
] as const;

export type PanelKind = (typeof panelKinds)[number];

/** How alerts can be looked into: the highest, some drawn by chance, by what they have in common, by family. */
export const alertKinds = ['top', 'random', 'clusters', 'families'] as const;

export type AlertKind = (typeof alertKinds)[number];

export const experimentKinds = [
  'classify',
  'active-learning',
  'rare-categories',
  'stats',
  'cluster',
  'projection',
] as const;

export type ExperimentKind = (typeof experimentKinds)[number];

export const experimentStates = ['running', 'done', 'failed', 'interrupted'] as const;

export type ExperimentState = (typeof experimentStates)[number];

/** The two labels. */
export const labelWords = ['malicious', 'benign'] as const;

export type LabelWord = (typeof labelWords)[number];

/** What has become of a query of a labelling loop. */
export const queryStates = ['open', 'answered', 'skipped', 'unsure'] as const;

export type QueryState = (typeof queryStates)[number];

/** Names of the parts a result speaks about; `fold.N` and `dataset:NAME` are made by the functions below. */
export const parts = {
  train: 'train',
  test: 'test',
  cv: 'cv',
  unlabeled: 'unlabeled',
  all: 'all',
  clusters: 'clusters',
  projection: 'projection',
} as const;

/** What the rows that belong to no cluster are called. */
export const noiseCluster = 'noise';

/** The part of a `feature-details` panel: features 50·k … 50·k + 49. */
export const featureBlock = 50;
export const featureBlockPart = (block: number): string => `block.${block}`;

/** The part of a `hexagons` panel: the two components that it shows, counted from 1. */
export const componentPair = (x: number, y: number): string => `${x}-${y}`;

/** What component c (from 0) of a projection is called where rows are written. */
export const componentColumn = (c: number): string => `c${c + 1}`;

/** Pairs of the first components of a projection are drawn, and the database holds so many. */
export const drawnComponents = 10;

/** What begins the names of figures of families that a model was trained without: `leftOut.<family>.recall`. */
export const leftOutPart = 'leftOut';

/** The stage of a run in which a race judges a model; a race comes back to it, a validation may have several races. */
export const raceStage = (model: string): string => `race: ${model}`;

/** Seconds that the races of a run spent on a model; null where it was not begun. */
export function raceSeconds(
  durations: readonly { readonly stage: string; readonly seconds: number }[],
  model: string,
): number | null {
  const stages = durations.filter(({ stage }) => stage === raceStage(model));
  return stages.length === 0 ? null : stages.reduce((sum, { seconds }) => sum + seconds, 0);
}

export const foldPart = (fold: number): string => `fold.${fold}`;

export const datasetPart = (dataset: string): string => `dataset:${dataset}`;

/** What a true class is called that a multiclass model has never seen (a validation dataset may hold such). */
export const unseenClass = '(not in training)';

/** The name of a part as the first segment of a headline name: `fold.0` stays as it is. */
export function headlinePart(part: string): string {
  return /^fold\.\d+$/.test(part) ? part : headlineSegment(part);
}

/** A segment of a headline name: quoted if it holds anything but letters, digits, `_`, `:` and `-`. */
export function headlineSegment(text: string): string {
  return /^[A-Za-z0-9_:-]+$/.test(text) ? text : JSON.stringify(text);
}
