import { type Interval, undefinedInterval, zOfLevel } from './intervals.js';
import { rocAuc } from './roc.js';
import type { ScoreCurve } from './score-curve.js';

export interface AucInterval extends Interval {
  /** DeLong's variance of the area; null where a class has fewer than two rows. */
  readonly variance: number | null;
}

/**
 * The area under the ROC curve with a confidence interval: the variance of DeLong et al. (1988) from midranks, as Sun
 * and Xu (2014), on the logit scale, so that it stays within (0, 1). Where that variance is zero or undefined (perfect
 * separation, all values equal, one row of a class) an interval of no width would claim certainty; there it is the
 * score interval of Newcombe (2006, method 5), which depends on the area and the sizes of the classes alone.
 * All null where a class is empty. O(steps).
 */
export function delongAuc(curve: ScoreCurve, level = 0.95): AucInterval {
  const auc = rocAuc(curve);
  if (auc === null) return { ...undefinedInterval, variance: null };
  const z = zOfLevel(level);
  const variance = delongVariance(curve, auc);
  if (variance === null || variance === 0 || auc === 0 || auc === 1) {
    return { value: auc, variance, ...newcombe(auc, curve.positives, curve.negatives, z) };
  }
  const logit = Math.log(auc / (1 - auc));
  const half = (z * Math.sqrt(variance)) / (auc * (1 - auc));
  return { value: auc, variance, low: logistic(logit - half), high: logistic(logit + half) };
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * S10 / positives + S01 / negatives, where S10 and S01 are the sample variances of the placements: for a positive row
 * the share of negative rows below it, for a negative row the share of positive rows above it, ties by half.
 */
function delongVariance(curve: ScoreCurve, auc: number): number | null {
  const { truePositives, falsePositives, positives, negatives } = curve;
  if (positives < 2 || negatives < 2) return null;
  let s10 = 0;
  let s01 = 0;
  for (let i = 0, tp = 0, fp = 0; i < truePositives.length; i++) {
    const p = truePositives[i] - tp;
    const q = falsePositives[i] - fp;
    s10 += p * ((negatives - falsePositives[i] + q / 2) / negatives - auc) ** 2;
    s01 += q * ((tp + p / 2) / positives - auc) ** 2;
    tp = truePositives[i];
    fp = falsePositives[i];
  }
  return s10 / (positives - 1) / positives + s01 / (negatives - 1) / negatives;
}

/** The areas θ with |auc - θ| <= z · √V(θ), V that of Hanley and McNeil with (m + n) / 2 - 1 for both m - 1 and n - 1. */
function newcombe(auc: number, m: number, n: number, z: number): { low: number; high: number } {
  const size = (m + n) / 2 - 1;
  const outside = (theta: number): boolean => {
    const pairs = 1 + (size * (1 - theta)) / (2 - theta) + (size * theta) / (1 + theta);
    return (auc - theta) ** 2 > (z * z * theta * (1 - theta) * pairs) / (m * n);
  };
  return {
    low: auc === 0 ? 0 : boundary(outside, 0, auc),
    high: auc === 1 ? 1 : boundary(outside, 1, auc),
  };
}

/** Where `outside` turns false on the way from `from` to `to`, by bisection. */
function boundary(outside: (theta: number) => boolean, from: number, to: number): number {
  let [far, near] = [from, to];
  for (let i = 0; i < 60; i++) {
    const middle = (far + near) / 2;
    if (outside(middle)) far = middle;
    else near = middle;
  }
  return near;
}
