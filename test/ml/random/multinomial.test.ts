import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MultinomialSampler } from '../../../src/ml/random/multinomial.js';
import { randomStream } from '../../../src/ml/random/stream.js';

describe('MultinomialSampler', () => {
  it('draws as many rows as there are, and none of a cell without rows', () => {
    const cell = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 20_000 }));
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 40 }), fc.nat(), (counts, seed) => {
        const sampler = new MultinomialSampler(Float64Array.from(counts));
        const stream = randomStream(seed, 'multinomial test');
        const drawn = new Float64Array(counts.length).fill(7);
        for (let again = 0; again < 3; again++) {
          sampler.draw(drawn, stream);
          expect(drawn.reduce((sum, count) => sum + count, 0)).toBe(counts.reduce((sum, count) => sum + count, 0));
          counts.forEach((count, i) => {
            if (count === 0) expect(drawn[i]).toBe(0);
          });
        }
      }),
    );
  });

  it.each([
    ['few rows', [1, 2, 1, 3]],
    ['small and large cells', [1, 1, 400, 7, 3000, 0, 30]],
    ['one row of many', [1, 9999]],
  ])('has the means, variances and covariances of the distribution: %s', (_, counts) => {
    const k = counts.length;
    const n = counts.reduce((sum, count) => sum + count, 0);
    const sampler = new MultinomialSampler(Float64Array.from(counts));
    const stream = randomStream(2, 'multinomial test');
    const draws = 40_000;
    const sums = new Float64Array(k);
    const products = new Float64Array(k * k);
    const drawn = new Float64Array(k);
    for (let r = 0; r < draws; r++) {
      sampler.draw(drawn, stream);
      for (let i = 0; i < k; i++) {
        const a = drawn[i] - counts[i];
        sums[i] += a;
        for (let j = 0; j < k; j++) products[i * k + j] += a * (drawn[j] - counts[j]);
      }
    }
    const variance = (i: number): number => counts[i] * (1 - counts[i] / n);
    for (let i = 0; i < k; i++) {
      // Five standard errors of a mean, and of a product of two deviates.
      expect(Math.abs(sums[i] / draws)).toBeLessThanOrEqual(5 * Math.sqrt(variance(i) / draws));
      for (let j = 0; j < k; j++) {
        const expected = i === j ? variance(i) : (-counts[i] * counts[j]) / n;
        const spread =
          Math.sqrt(variance(i) * variance(j)) * (2 + 1 / Math.sqrt(1 + Math.min(variance(i), variance(j))));
        expect(Math.abs(products[i * k + j] / draws - expected)).toBeLessThanOrEqual((5 * spread) / Math.sqrt(draws));
      }
    }
  });

  it('gives a cell of one row its Poisson-like shares', () => {
    const counts = Float64Array.from({ length: 2000 }, () => 1);
    const sampler = new MultinomialSampler(counts);
    const stream = randomStream(3, 'multinomial test');
    const found = new Float64Array(12);
    const drawn = new Float64Array(2000);
    for (let r = 0; r < 50; r++) {
      sampler.draw(drawn, stream);
      for (const count of drawn) found[count]++;
    }
    // Binomial(2000, 1/2000).
    let probability = (1 - 1 / 2000) ** 2000;
    for (let count = 0; count <= 4; count++) {
      expect(Math.abs(found[count] / 100_000 - probability)).toBeLessThan(5 * Math.sqrt(probability / 100_000));
      probability *= (2000 - count) / (count + 1) / 1999;
    }
  });
});
