import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import { MultinomialSampler } from '../random/multinomial.js';
import { type RandomStream, randomStream } from '../random/stream.js';
import { thinPath } from './curve-thinning.js';
import { type Interval, undefinedInterval } from './intervals.js';
import { rocPlanes } from './roc.js';
import { type ScoreCurve, stepsAbove } from './score-curve.js';

/** A figure in [0, 1] that a curve determines. */
export type CurveStatistic = (curve: ScoreCurve) => number | null;

export interface BootstrapOptions {
  readonly seed: number;
  /** Tells one bootstrap of a run from another. */
  readonly index?: number;
  readonly replicates?: number;
  readonly level?: number;
  /** Thresholds that the statistics read the curve at. */
  readonly thresholds?: readonly number[];
  readonly signal?: CancelSignal;
}

const maxSegments = 1024;
const replicatesBetweenPolls = 20;

/**
 * Percentile bootstrap intervals (Efron 1979) of several statistics of one curve, from the same replicates. Each
 * replicate draws as many positive and as many negative rows with replacement as there are (stratified: the base rate
 * is kept), as multinomial counts of the curve's segments, so that its cost depends on the segments only. Runs of
 * values that only negative rows have are one segment, which changes no figure that looks at positive rows; beyond
 * 1,024 segments they are joined further, and the intervals are moved by what that changed in the figure itself.
 * A figure that is the same in all replicates (perfect separation) has no interval: null, as no width would claim
 * certainty. Throws InterruptedError when cancelled.
 */
export function bootstrapIntervals(
  curve: ScoreCurve,
  statistics: readonly CurveStatistic[],
  options: BootstrapOptions,
): Interval[] {
  const { seed, index = 0, replicates = 1000, level = 0.95, thresholds = [], signal } = options;
  const values = statistics.map((statistic) => statistic(curve));
  if (curve.thresholds.length === 0) return statistics.map(() => undefinedInterval);
  const segments = joinSegments(curve, thresholds);
  const joinedValues = statistics.map((statistic) => statistic(segments));
  const stream = randomStream(seed, 'bootstrap', index);
  const drawn = statistics.map(() => new Float64Array(replicates));
  const resample = resampler(segments, stream);
  for (let r = 0; r < replicates; r++) {
    if (r % replicatesBetweenPolls === 0) throwIfCancelled(signal);
    const replicate = resample();
    // NaN marks an undefined figure.
    statistics.forEach((statistic, s) => {
      drawn[s][r] = statistic(replicate) ?? Number.NaN;
    });
  }
  return statistics.map((_, s) => percentiles(values[s], joinedValues[s], drawn[s], level));
}

function percentiles(value: number | null, joined: number | null, drawn: Float64Array, level: number): Interval {
  if (value === null || joined === null) return undefinedInterval;
  drawn.sort();
  // NaN sorts last.
  if (Number.isNaN(drawn[drawn.length - 1]) || drawn[0] === drawn[drawn.length - 1]) {
    return { value, low: null, high: null };
  }
  const bound = (share: number): number => Math.min(1, Math.max(0, quantile(drawn, share) + value - joined));
  return { value, low: bound(0.5 - level / 2), high: bound(0.5 + level / 2) };
}

/** Linear interpolation between the order statistics (type 7 of Hyndman and Fan 1996). */
export function quantile(ascending: Float64Array, share: number): number {
  const place = share * (ascending.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, ascending.length - 1);
  return ascending[below] + (place - below) * (ascending[above] - ascending[below]);
}

/**
 * The curve with fewer steps: those that a run of negative rows ends with, thinned to `limit` as the ROC curve is; none
 * of `thresholds` falls into the middle of a segment.
 */
export function joinSegments(curve: ScoreCurve, thresholds: readonly number[], limit = maxSegments): ScoreCurve {
  const steps = curve.thresholds.length;
  const ends: number[] = [];
  for (let i = 1; i <= steps; i++) {
    const nextHasPositives = i === steps || curve.truePositives[i] > curve.truePositives[i - 1];
    const hasPositives = curve.truePositives[i - 1] > (i > 1 ? curve.truePositives[i - 2] : 0);
    if (hasPositives || nextHasPositives) ends.push(i);
  }
  const thinned = thinPath(Uint32Array.from(ends), rocPlanes(curve), limit);
  const cuts = thresholds.map((threshold) => stepsAbove(curve, threshold)).filter((cut) => cut > 0);
  const kept = Uint32Array.from(new Set([...thinned, ...cuts])).sort();
  const pick = (column: Float64Array): Float64Array => Float64Array.from(kept, (step) => column[step - 1]);
  return {
    thresholds: pick(curve.thresholds),
    truePositives: pick(curve.truePositives),
    falsePositives: pick(curve.falsePositives),
    positives: curve.positives,
    negatives: curve.negatives,
  };
}

/** Draws replicates of a curve, each into the same memory as the one before. */
function resampler(segments: ScoreCurve, stream: RandomStream): () => ScoreCurve {
  const truePositives = new Float64Array(segments.thresholds.length);
  const falsePositives = new Float64Array(segments.thresholds.length);
  const replicate = { ...segments, truePositives, falsePositives };
  const positives = new MultinomialSampler(differences(segments.truePositives));
  const negatives = new MultinomialSampler(differences(segments.falsePositives));
  return () => {
    positives.draw(truePositives, stream);
    negatives.draw(falsePositives, stream);
    cumulate(truePositives);
    cumulate(falsePositives);
    return replicate;
  };
}

/** What each element of a cumulative column adds to the one before. */
function differences(cumulative: Float64Array): Float64Array {
  return cumulative.map((sum, i) => sum - (i > 0 ? cumulative[i - 1] : 0));
}

function cumulate(counts: Float64Array): void {
  for (let i = 1; i < counts.length; i++) counts[i] += counts[i - 1];
}
