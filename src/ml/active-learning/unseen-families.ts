import { normalQuantile } from '../metrics/normal-quantile.js';

/** A figure with its interval of 95 %. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What the families met so far say of those that were not. */
export interface UnseenFamilies {
  /** Answers with a family. */
  readonly answers: number;
  /** Families met. */
  readonly met: number;
  /** Families met once, and twice. */
  readonly once: number;
  readonly twice: number;
  /** Share of further answers that would be of a family not met yet, 0 … 1. */
  readonly unseenShare: Estimate;
  /** Families in all, those met counted: rather too few than too many. */
  readonly families: Estimate;
}

const z = normalQuantile(0.975);

/**
 * Estimates of what has not been seen, from how often each family was met.
 *
 * - Share of what is drawn that is of no family met so far: f₁ / n (Turing's estimate; Good, Biometrika 1953), its
 *   interval by Esty's limit theorem (Annals of Statistics 1983): ± z·√((f₁/n)(1 − f₁/n) + 2·f₂/n) / √n, and at the upper
 *   end never below 1 − .05^(1/n) (the rule of three): no family met once does not mean that none is left.
 * - Number of families: Chao's lower bound with its correction for small counts, S + (n−1)/n · f₁(f₁−1) / (2(f₂+1))
 *   (Chao, Scandinavian Journal of Statistics 1984), with her log-normal interval (Biometrics 1987), which never falls
 *   below S; where nothing is added, the interval that takes counts for Poisson's (Colwell, EstimateS).
 *
 * Assumes that answers are drawn independently from one distribution that does not change. The queries of a strategy
 * are not: one that looks for the new meets it sooner, and one that avoids near-duplicates meets less of the same. So
 * the figures are of what this strategy asks, not of the data; only for `random` are they of the data, too.
 * @param counts how often each family was met, whole numbers > 0
 * @returns null without answers
 */
export function unseenFamilies(counts: readonly number[]): UnseenFamilies | null {
  const met = counts.length;
  const answers = counts.reduce((sum, count) => sum + count, 0);
  if (answers === 0) return null;
  const once = counts.filter((count) => count === 1).length;
  const twice = counts.filter((count) => count === 2).length;
  return {
    answers,
    met,
    once,
    twice,
    unseenShare: turing(once, twice, answers),
    families: chao(counts, once, twice, answers),
  };
}

function turing(once: number, twice: number, n: number): Estimate {
  const value = once / n;
  const half = z * Math.sqrt((value * (1 - value) + (2 * twice) / n) / n);
  return {
    value,
    low: Math.max(0, value - half),
    high: Math.min(1, Math.max(value + half, 1 - 0.05 ** (1 / n))),
  };
}

function chao(counts: readonly number[], once: number, twice: number, n: number): Estimate {
  const met = counts.length;
  const k = (n - 1) / n;
  const added = (k * once * (once - 1)) / (2 * (twice + 1));
  if (added === 0) return allMet(counts);
  const value = met + added;
  const spread = Math.exp(z * Math.sqrt(Math.log(1 + chaoVariance(once, twice, k, value) / added ** 2)));
  return { value, low: met + added / spread, high: met + added * spread };
}

/** Chao 1987, equation 6, and EstimateS for no family met twice. */
function chaoVariance(once: number, twice: number, k: number, families: number): number {
  if (twice > 0) {
    const ratio = once / twice;
    return twice * ((k * ratio ** 2) / 2 + k ** 2 * ratio ** 3 + (k ** 2 * ratio ** 4) / 4);
  }
  const second = (k * once * (once - 1)) / 2 + (k ** 2 * once * (2 * once - 1) ** 2) / 4;
  return Math.max(0, second - (k ** 2 * once ** 4) / (4 * families));
}

/** Where the estimate adds nothing: how many families of such counts would have been missed by chance. */
function allMet(counts: readonly number[]): Estimate {
  const met = counts.length;
  const missed = counts.reduce((sum, count) => sum + Math.exp(-count), 0) / met;
  const middle = met / (1 - missed);
  const half = (z * Math.sqrt(met * missed)) / (1 - missed);
  return { value: met, low: met, high: Math.max(met, middle + half) };
}
