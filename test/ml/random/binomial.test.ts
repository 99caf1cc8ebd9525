import { describe, expect, it } from 'vitest';
import { binomial } from '../../../src/ml/random/binomial.js';
import { randomStream } from '../../../src/ml/random/stream.js';

/** Probabilities of 0 … n by the recurrence of the binomial distribution, from the mode outwards. */
function probabilities(n: number, p: number): number[] {
  const weights = new Array<number>(n + 1).fill(0);
  const mode = Math.floor((n + 1) * p);
  weights[mode] = 1;
  for (let k = mode; k < n; k++) weights[k + 1] = (weights[k] * (n - k) * p) / ((k + 1) * (1 - p));
  for (let k = mode; k > 0; k--) weights[k - 1] = (weights[k] * k * (1 - p)) / ((n - k + 1) * p);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

describe('binomial', () => {
  it.each([
    [1, 0.3],
    [20, 0.05],
    [15, 0.6],
    [30, 0.4],
    [200, 0.2],
    [400, 0.9],
    [10_000, 0.0012],
    [5000, 0.5],
  ])('of %i trials of probability %d has its distribution (chi-squared)', (n, p) => {
    const stream = randomStream(1, 'binomial test');
    const draws = 40_000;
    const counts = new Array<number>(n + 1).fill(0);
    for (let i = 0; i < draws; i++) counts[binomial(stream, n, p)]++;
    let statistic = 0;
    let cells = 0;
    // Neighbours are pooled until at least ten draws are expected.
    let [expected, found] = [0, 0];
    probabilities(n, p).forEach((probability, k) => {
      expected += probability * draws;
      found += counts[k];
      if (expected < 10) return;
      statistic += (found - expected) ** 2 / expected;
      cells++;
      [expected, found] = [0, 0];
    });
    const freedom = cells - 1;
    // Mean `freedom`, variance twice that: four standard deviations, and a few for the skew of few cells.
    expect(statistic).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom) + 8);
    expect(cells).toBeGreaterThan(1);
  });

  it('is certain at the ends', () => {
    const stream = randomStream(1, 'ends');
    expect([binomial(stream, 0, 0.5), binomial(stream, 9, 0), binomial(stream, 9, 1)]).toEqual([0, 0, 9]);
  });
});
