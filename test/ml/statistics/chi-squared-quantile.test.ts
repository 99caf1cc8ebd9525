import { describe, expect, it } from 'vitest';
import { chiSquaredQuantile } from '../../../src/ml/statistics/chi-squared-quantile.js';

describe('chi-squared quantile', () => {
  // scipy.stats.chi2.ppf
  it.each([
    [1, 0.5, 0.454936423119572],
    [2, 0.975, 7.377758908227871],
    [10, 0.5, 9.34181776559197],
    [100, 0.975, 129.5611971858366],
  ])('of %i degrees of freedom at %f', (k, p, expected) => {
    expect(chiSquaredQuantile(k, p) / expected).toBeCloseTo(1, 11);
  });
});
