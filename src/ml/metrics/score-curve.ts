import type { BinaryCounts } from './confusion.js';
import { nextBelow } from '../next-below.js';

/**
 * Everything that thresholds can do to n scored rows, from one sort: the ROC and precision-recall curves, their areas,
 * every threshold and every table are read off it.
 */
export interface ScoreCurve {
  /** Distinct values, descending. */
  readonly thresholds: Float64Array;
  /** Positive rows with value >= thresholds[i]. */
  readonly truePositives: Float64Array;
  /** Negative rows with value >= thresholds[i]. */
  readonly falsePositives: Float64Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * The curve of n values, larger meaning more malicious. Equal values make one step, so that no order of tied rows can
 * flatter a model; 0 and -0 are equal. O(n log n).
 * @param values length n; throws RangeError for NaN
 * @param positive length n: not 0 = positive
 */
export function scoreCurve(values: Float64Array, positive: Uint8Array): ScoreCurve {
  const n = values.length;
  if (positive.length !== n) throw new RangeError(`${n} values, but ${positive.length} labels`);
  let positives = 0;
  for (let i = 0; i < n; i++) {
    if (positive[i] !== 0) positives++;
    if (Number.isNaN(values[i])) throw new RangeError(`value ${i} is NaN: it has no place in an order`);
  }
  // Two typed-array sorts and a merge: no index, no comparator.
  const ofPositives = new Float64Array(positives);
  const ofNegatives = new Float64Array(n - positives);
  for (let i = 0, p = 0, q = 0; i < n; i++) {
    // Adding 0 makes 0 of -0, which the sort would tell apart.
    if (positive[i] !== 0) ofPositives[p++] = values[i] + 0;
    else ofNegatives[q++] = values[i] + 0;
  }
  return merge(ofPositives.sort(), ofNegatives.sort());
}

/** Both ascending. */
function merge(ofPositives: Float64Array, ofNegatives: Float64Array): ScoreCurve {
  const positives = ofPositives.length;
  const negatives = ofNegatives.length;
  const thresholds = new Float64Array(positives + negatives);
  const truePositives = new Float64Array(positives + negatives);
  const falsePositives = new Float64Array(positives + negatives);
  let count = 0;
  for (let p = positives, q = negatives; p > 0 || q > 0; count++) {
    const value =
      p > 0 && (q === 0 || ofPositives[p - 1] > ofNegatives[q - 1]) ? ofPositives[p - 1] : ofNegatives[q - 1];
    while (p > 0 && ofPositives[p - 1] === value) p--;
    while (q > 0 && ofNegatives[q - 1] === value) q--;
    thresholds[count] = value;
    truePositives[count] = positives - p;
    falsePositives[count] = negatives - q;
  }
  return {
    thresholds: thresholds.slice(0, count),
    truePositives: truePositives.slice(0, count),
    falsePositives: falsePositives.slice(0, count),
    positives,
    negatives,
  };
}

/** How many distinct values are greater than `threshold`. O(log n). */
export function stepsAbove(curve: ScoreCurve, threshold: number): number {
  const { thresholds } = curve;
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (thresholds[middle] > threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Counts when a row is called malicious iff its value > threshold. O(log n). */
export function countsAbove(curve: ScoreCurve, threshold: number): BinaryCounts {
  return countsAfter(curve, stepsAbove(curve, threshold));
}

/** Counts when the rows of the `steps` highest distinct values are called malicious. */
export function countsAfter(curve: ScoreCurve, steps: number): BinaryCounts {
  const truePositives = steps > 0 ? curve.truePositives[steps - 1] : 0;
  const falsePositives = steps > 0 ? curve.falsePositives[steps - 1] : 0;
  return {
    truePositives,
    falsePositives,
    falseNegatives: curve.positives - truePositives,
    trueNegatives: curve.negatives - falsePositives,
  };
}

/**
 * The threshold t for which `value > t` holds on exactly the `steps` highest distinct values: the next lower value, or
 * the next double below the lowest one. Null for a curve without values.
 */
export function thresholdAfter(curve: ScoreCurve, steps: number): number | null {
  const { thresholds } = curve;
  if (thresholds.length === 0) return null;
  return steps < thresholds.length ? thresholds[steps] : nextBelow(thresholds[thresholds.length - 1]);
}
