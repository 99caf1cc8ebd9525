import { twoSidedTail } from '../metrics/normal-tail.js';
import type { TestResult } from './class-tests.js';
import { kolmogorovTail } from './kolmogorov-tail.js';
import { type ValueCounts, walkTogether } from './value-counts.js';

/**
 * Area under the ROC curve of a feature taken as a score: P(a > b) + P(a = b) / 2 for a of `positive` and b of
 * `negative`; p of the two-sided test of Mann and Whitney (1947), normal approximation with ties corrected, no
 * continuity correction. NaN where one is empty. O(distinct values).
 */
export function areaUnderCurve(positive: ValueCounts, negative: ValueCounts): TestResult {
  const [m, n] = [positive.total, negative.total];
  if (m === 0 || n === 0) return { statistic: Number.NaN, p: Number.NaN };
  let [below, pairs, ties] = [0, 0, 0];
  walkTogether(positive, negative, (_, inPositive, inNegative) => {
    pairs += inPositive * (below + inNegative / 2);
    below += inNegative;
    const tied = inPositive + inNegative;
    ties += tied * (tied * tied - 1);
  });
  const statistic = pairs / (m * n);
  const N = m + n;
  const variance = ((m * n) / 12) * (N + 1 - ties / (N * (N - 1)));
  return { statistic, p: variance > 0 ? twoSidedTail((pairs - (m * n) / 2) / Math.sqrt(variance)) : 1 };
}

/**
 * Kolmogorov and Smirnov's statistic: the largest distance between the two distribution functions; p by the limiting
 * distribution, which is good from some 20 values on. NaN where a sample is empty. O(distinct values).
 */
export function kolmogorovSmirnov(a: ValueCounts, b: ValueCounts): TestResult {
  if (a.total === 0 || b.total === 0) return { statistic: Number.NaN, p: Number.NaN };
  let [seenA, seenB, statistic] = [0, 0, 0];
  walkTogether(a, b, (_, inA, inB) => {
    seenA += inA;
    seenB += inB;
    statistic = Math.max(statistic, Math.abs(seenA / a.total - seenB / b.total));
  });
  return { statistic, p: kolmogorovTail(statistic * Math.sqrt((a.total * b.total) / (a.total + b.total))) };
}
