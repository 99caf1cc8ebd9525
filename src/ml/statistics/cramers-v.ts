import { mergeAll, type ValueCounts } from './value-counts.js';

/** A feature of more distinct values than this has no table to speak of. */
export const mostTableValues = 100;

/**
 * Cramér's V (1946) between a feature's values and the class: sqrt(χ² / n(min(values, classes) − 1)) of the table of
 * counts, from 0 (independent) to 1 (one tells the other). NaN of fewer than two values or classes, and of more than 100
 * distinct values, whose cells are too thin. O(values · classes).
 */
export function cramersV(classes: readonly ValueCounts[]): number {
  const present = classes.filter(({ total }) => total > 0);
  const all = mergeAll(present);
  const smaller = Math.min(all.values.length, present.length);
  if (smaller < 2 || all.values.length > mostTableValues) return Number.NaN;
  let sum = 0;
  for (const { values, counts, total } of present) {
    for (let i = 0, at = 0; i < values.length; i++) {
      while (all.values[at] < values[i]) at++;
      sum += (counts[i] * counts[i]) / (all.counts[at] * total);
    }
  }
  // χ² = n (Σ o² / (row · column) − 1).
  return Math.sqrt(Math.max(0, sum - 1) / (smaller - 1));
}
