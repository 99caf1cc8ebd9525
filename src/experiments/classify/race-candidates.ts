import type { AnyClassifierDef, TrainingSet } from '../../ml/classifiers/classifier.js';
import { type ClassifierId, classifiers } from '../../ml/classifiers/registry.js';
import { defaultGrid, defaultParams, expandGrid, type Params } from '../../ml/params.js';

/** A model of a race with the points of its grid: its defaults first. */
export interface Candidate {
  readonly model: ClassifierId;
  readonly points: readonly Params[];
  /** Why the memory at hand is not enough for it, in words; absent where it is. */
  readonly tooLarge?: string;
}

/**
 * Models that `auto` chooses among, the simplest first: of equals it is taken. All learn from labels and give
 * probabilities: the scores of others (support vector machines) would make a threshold mean another thing from one race
 * to the next.
 */
const raced: readonly ClassifierId[] = [
  'logistic-regression',
  'gaussian-naive-bayes',
  'decision-tree',
  'k-nearest-neighbours',
  'random-forest',
  'gradient-boosting',
  'hist-gradient-boosting',
];

/** The order of a race whose time may be up before its end. */
const strongestFirst: readonly ClassifierId[] = [
  'hist-gradient-boosting',
  'random-forest',
  'logistic-regression',
  'gradient-boosting',
  'k-nearest-neighbours',
  'decision-tree',
  'gaussian-naive-bayes',
];

/** The quickest, so that there is an answer soon, then the others, the strongest first. */
export function startingOrder(candidates: readonly Candidate[], data: TrainingSet): Candidate[] {
  const [quickest] = candidates.toSorted((a, b) => estimate(a, data) - estimate(b, data));
  const strength = ({ model }: Candidate): number => strongestFirst.indexOf(model);
  const others = candidates.filter((candidate) => candidate !== quickest);
  return [quickest, ...others.toSorted((a, b) => strength(a) - strength(b))];
}

/** @param tuned false: their defaults alone */
export function raceCandidates(tuned: boolean): Candidate[] {
  return raced.map((model) => {
    const { params } = classifiers[model];
    const defaults = defaultParams(params);
    const grid = tuned ? expandGrid(params, defaultGrid(params)) : [];
    const key = JSON.stringify(defaults);
    return { model, points: [defaults, ...grid.filter((point) => JSON.stringify(point) !== key)] };
  });
}

/** Beyond this estimate, in seconds of one core for the defaults alone, a candidate without a time limit is left out. */
const tooLong = 3600;

/**
 * Why a candidate cannot run on such data, in words; null where it can.
 * @param missing whether cells are missing in any row it may meet
 */
export function unfitFor(
  { model, tooLarge }: Candidate,
  { classCount, weights }: TrainingSet,
  missing: boolean,
): string | null {
  if (tooLarge !== undefined) return tooLarge;
  const { accepts }: AnyClassifierDef = classifiers[model];
  if (classCount > 2 && !accepts.multiclass) return 'it knows two classes only';
  if (weights && !accepts.weights) return 'it cannot weigh rows';
  if (missing && !accepts.missing) return 'it takes no missing values';
  return null;
}

/** Why a candidate is not worth waiting for where nothing else ends the race, in words; null where it is. */
export function tooSlowFor(candidate: Candidate, data: TrainingSet, rounds: number): string | null {
  const seconds = rounds * estimate(candidate, data);
  return seconds > tooLong ? `it would take about ${Math.round(seconds / 60)} minutes of one core` : null;
}

/** Seconds of one core for a fit with the defaults, roughly. */
function estimate({ model, points }: Candidate, { X, classCount }: Pick<TrainingSet, 'X' | 'classCount'>): number {
  return classifiers[model].cost(X.rows, X.columns, classCount, points[0]).seconds;
}
