import { share } from './confusion.js';
import { normalQuantile } from './normal-quantile.js';

/** A figure with its confidence interval; null where it is undefined. */
export interface Interval {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export const undefinedInterval: Interval = { value: null, low: null, high: null };

/** z of a two-sided interval: 1.96 for a level of 0.95. */
export function zOfLevel(level: number): number {
  return normalQuantile(0.5 + level / 2);
}

/**
 * Score interval of a share (Wilson 1927), within [0, 1] and sound for shares near 0 and 1 and for small numbers.
 * Undefined for trials = 0.
 */
export function wilson(successes: number, trials: number, level = 0.95): Interval {
  if (trials === 0) return undefinedInterval;
  const z2 = zOfLevel(level) ** 2;
  const p = successes / trials;
  const centre = p + z2 / (2 * trials);
  const half = Math.sqrt(z2 * ((p * (1 - p)) / trials + z2 / (4 * trials * trials)));
  const scale = 1 + z2 / trials;
  return {
    value: share(successes, trials),
    // Exactly 0 and 1 at the ends, where the difference leaves rounding errors.
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === trials ? 1 : (centre + half) / scale,
  };
}

/**
 * The largest share that `trials` trials without a single success leave possible at the given one-sided level:
 * 1 - (1 - level)^(1/trials), about 3/trials at 0.95, the rule of three. Null for trials = 0.
 */
export function upperBoundOfNone(trials: number, level = 0.95): number | null {
  return trials === 0 ? null : -Math.expm1(Math.log1p(-level) / trials);
}
