import { chiSquaredTail } from './incomplete-gamma.js';

/**
 * Value below which a chi-squared variable of k >= 1 degrees of freedom lies with probability p, 0 < p < 1. By bisection
 * on the tail, to rounding.
 */
export function chiSquaredQuantile(k: number, p: number): number {
  const isBelow = (x: number): boolean => chiSquaredTail(x, k) > 1 - p;
  let [low, high] = [0, k];
  while (isBelow(high)) high *= 2;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (isBelow(middle)) low = middle;
    else high = middle;
  }
}
