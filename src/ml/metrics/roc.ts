import { type Plane, thinPath } from './curve-thinning.js';
import { type ScoreCurve, thresholdAfter } from './score-curve.js';

/**
 * Area under the ROC curve: the probability that a positive row has a higher value than a negative one, ties counting
 * one half (Mann and Whitney). In [0, 1]; null where a class is empty. Exact counts up to 2^53 pairs. O(steps).
 */
export function rocAuc(curve: ScoreCurve): number | null {
  const { truePositives, falsePositives, positives, negatives } = curve;
  if (positives === 0 || negatives === 0) return null;
  let twicePairs = 0;
  for (let i = 0, tp = 0, fp = 0; i < truePositives.length; i++) {
    twicePairs += (falsePositives[i] - fp) * (truePositives[i] + tp);
    tp = truePositives[i];
    fp = falsePositives[i];
  }
  return twicePairs / (2 * positives * negatives);
}

/** Points of a ROC curve from (0, 0) to (1, 1); columns of one length. */
export interface RocPoints {
  readonly falsePositiveRate: number[];
  readonly truePositiveRate: number[];
  /** Calling `value > threshold` malicious realises the point; null: below every value. */
  readonly threshold: (number | null)[];
}

/**
 * The ROC curve, at most `limit` points. Points on a straight piece are dropped first, which changes nothing; what is
 * still too many is thinned evenly along the curve, half the points as it looks on a linear axis of the false-positive
 * rate and half on a logarithmic one, so that what happens at small rates stays to be seen. No points where a class is
 * empty. O(steps).
 */
export function rocPoints(curve: ScoreCurve, limit = 2000): RocPoints {
  const { positives, negatives } = curve;
  if (positives === 0 || negatives === 0) return { falsePositiveRate: [], truePositiveRate: [], threshold: [] };
  const planes = rocPlanes(curve);
  const kept = thinPath(corners(curve), planes, limit);
  const [[x, y]] = planes;
  return {
    falsePositiveRate: Array.from(kept, x),
    truePositiveRate: Array.from(kept, y),
    threshold: Array.from(kept, (steps) => (steps < curve.thresholds.length ? thresholdAfter(curve, steps) : null)),
  };
}

/** The ROC curve by number of steps, as it looks on a linear axis of the false-positive rate and on a logarithmic one. */
export function rocPlanes(curve: ScoreCurve): [Plane, Plane] {
  const { positives, negatives } = curve;
  const fp = (steps: number): number => (steps > 0 ? curve.falsePositives[steps - 1] : 0);
  const x = (steps: number): number => fp(steps) / Math.max(1, negatives);
  const y = (steps: number): number => (steps > 0 ? curve.truePositives[steps - 1] : 0) / Math.max(1, positives);
  // Half a false alarm stands for none: there the logarithmic axis begins. It ends with all of them.
  const decades = Math.log10(2 * Math.max(1, negatives));
  const logX = (steps: number): number => Math.log10(2 * Math.max(0.5, fp(steps))) / decades;
  return [
    [x, y],
    [logX, y],
  ];
}

/** Numbers of steps at which the curve turns, both ends included. The products of counts are exact. */
function corners(curve: ScoreCurve): Uint32Array {
  const steps = curve.thresholds.length;
  const tp = (i: number): number => (i > 0 ? curve.truePositives[i - 1] : 0);
  const fp = (i: number): number => (i > 0 ? curve.falsePositives[i - 1] : 0);
  const kept = new Uint32Array(steps + 1);
  let count = 1;
  for (let i = 1; i <= steps; i++) {
    const last = kept[count - 1];
    const straight = (tp(i) - tp(last)) * (fp(i + 1) - fp(i)) === (tp(i + 1) - tp(i)) * (fp(i) - fp(last));
    if (i === steps || !straight) kept[count++] = i;
  }
  return kept.slice(0, count);
}

/**
 * The highest recall that a threshold reaches with a false-positive rate of at most `maxFpr`: attainable, nothing is
 * interpolated. Null where a class is empty. O(steps).
 */
export function recallAtFpr(curve: ScoreCurve, maxFpr: number): number | null {
  if (curve.positives === 0 || curve.negatives === 0) return null;
  const steps = stepsAtFpr(curve, maxFpr);
  return steps === 0 ? 0 : curve.truePositives[steps - 1] / curve.positives;
}

/** The fewest steps down the values that reach the highest recall with a false-positive rate of at most `maxFpr`. */
export function stepsAtFpr(curve: ScoreCurve, maxFpr: number): number {
  const { truePositives, falsePositives, negatives } = curve;
  let best = 0;
  for (let i = 0, reached = 0; i < truePositives.length && falsePositives[i] / negatives <= maxFpr; i++) {
    if (truePositives[i] === reached) continue;
    reached = truePositives[i];
    best = i + 1;
  }
  return best;
}
