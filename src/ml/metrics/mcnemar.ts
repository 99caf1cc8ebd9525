import { twoSidedTail } from './normal-tail.js';

/** Up to so many rows that only one classifier has right, the binomial distribution itself is summed. */
const largestExact = 1000;

/** McNemar's test on two classifiers of the same rows. */
export interface McNemarTest {
  readonly bothRight: number;
  readonly onlyFirstRight: number;
  readonly onlySecondRight: number;
  readonly bothWrong: number;
  readonly method: 'exact-binomial' | 'chi-squared';
  /** Chi-squared with continuity correction, 1 degree of freedom; null for the exact test. */
  readonly statistic: number | null;
  /** Two-sided: how likely so uneven a split is if both are equally good. */
  readonly pValue: number;
  /** The exact test's mid-p value, less cautious; null where it was not summed. */
  readonly midPValue: number | null;
}

/**
 * Are two classifiers right on equally many rows (McNemar 1947)? Only the rows that exactly one of them has right tell:
 * b by the first, c by the second. Up to b + c = 1,000 the exact two-sided binomial p-value, 2·P(X <= min(b, c)) with
 * X ~ Bin(b + c, 1/2), at most 1, and with it the mid-p value, 2·P(X <= min(b, c)) - P(X = min(b, c)) (Fagerland,
 * Lydersen and Laake 2013, eqs. 3 and 4); beyond, (|b - c| - 1)²/(b + c) against chi-squared with one degree of freedom
 * (Edwards 1948). O(min(b, c)) or O(1).
 */
export function mcnemar(bothRight: number, onlyFirst: number, onlySecond: number, bothWrong: number): McNemarTest {
  const counts = { bothRight, onlyFirstRight: onlyFirst, onlySecondRight: onlySecond, bothWrong };
  const discordant = onlyFirst + onlySecond;
  if (discordant > largestExact) {
    // |b - c| - 1 below 0 is the correction overdone.
    const distance = Math.max(0, Math.abs(onlyFirst - onlySecond) - 1);
    const statistic = distance ** 2 / discordant;
    return {
      ...counts,
      method: 'chi-squared',
      statistic,
      pValue: twoSidedTail(Math.sqrt(statistic)),
      midPValue: null,
    };
  }
  const { below, at } = binomialHalf(Math.min(onlyFirst, onlySecond), discordant);
  return {
    ...counts,
    method: 'exact-binomial',
    statistic: null,
    pValue: Math.min(1, 2 * (below + at)),
    midPValue: Math.min(1, 2 * below + at),
  };
}

/** P(X < k) and P(X = k) for X ~ Bin(n, 1/2), n <= 1,000: 2^-n is still a normal double. */
function binomialHalf(k: number, n: number): { below: number; at: number } {
  let at = 2 ** -n;
  let below = 0;
  for (let i = 0; i < k; i++) {
    below += at;
    at *= (n - i) / (i + 1);
  }
  return { below, at };
}
