import { describe, expect, it } from 'vitest';
import { logIntervalProbability } from '../../../src/ml/classifiers/gaussian-naive-bayes/interval-probability.js';
import { gaussianNaiveBayes } from '../../../src/ml/classifiers/gaussian-naive-bayes.js';
import { denseFromRows } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import golden from '../../golden/naive-bayes.json' with { type: 'json' };

const context = { seed: 0, executor: inlineExecutor };
const defaults = defaultParams(gaussianNaiveBayes.params);
const precise = { ...defaults, varianceFloor: 'precision' };

describe('Gaussian naive Bayes', () => {
  for (const set of golden) {
    for (const fit of set.fits) {
      it(`gives scikit-learn's probabilities, ${set.classCount} classes${fit.weighted ? ', weighted' : ''}`, async () => {
        const weights = fit.weighted ? Float64Array.from(set.weights) : undefined;
        const data = { X: denseFromRows(set.x), y: Uint32Array.from(set.y), classCount: set.classCount, weights };
        const fitted = await gaussianNaiveBayes.fit(data, defaults, context);
        const { probabilities } = fitted.predict(denseFromRows(set.testX));
        fit.probabilities.flat().forEach((p, i) => expect(probabilities?.[i]).toBeCloseTo(p, 9));
      });
    }
  }

  it('is not ruled by a feature that is constant in one class when variances are floored by precision', async () => {
    // 20 of 200 benign rows have the word, no malicious one has; the other feature tells the classes apart.
    const rows = Array.from({ length: 400 }, (_, i) => [i < 20 ? 1 : 0, (i < 200 ? 0 : 3) + Math.sin(i * 37)]);
    const data = { X: denseFromRows(rows), y: Uint32Array.from(rows, (_, i) => (i < 200 ? 0 : 1)), classCount: 2 };
    const odd = denseFromRows([[1, 3.9]]);
    const floored = (await gaussianNaiveBayes.fit(data, precise, context)).predict(odd).probabilities?.[1] ?? 0;
    const plain = (await gaussianNaiveBayes.fit(data, defaults, context)).predict(odd).probabilities?.[1] ?? 0;
    expect(plain).toBeLessThan(1e-100);
    expect(floored).toBeGreaterThan(1e-6);
  });

  it('predicts a class it never saw with probability 0, and finitely', async () => {
    const data = { X: denseFromRows([[1], [2], [3]]), y: Uint32Array.of(0, 1, 1), classCount: 3 };
    for (const params of [defaults, precise]) {
      const { probabilities, scores } = (await gaussianNaiveBayes.fit(data, params, context)).predict(
        denseFromRows([[1e300]]),
      );
      expect(probabilities?.[2]).toBe(0);
      expect([...(scores ?? []), ...(probabilities ?? [])].every(Number.isFinite)).toBe(true);
    }
  });
});

describe('logIntervalProbability', () => {
  /** ∫ of the density by Simpson's rule on 2,000 pieces. */
  const reference = (value: number, width: number): number => {
    const pieces = 2000;
    const step = width / pieces;
    let sum = 0;
    for (let i = 0; i <= pieces; i++) {
      const x = value - width / 2 + i * step;
      sum += (i === 0 || i === pieces ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(-0.5 * x * x);
    }
    return (sum * step) / 3 / Math.sqrt(2 * Math.PI);
  };

  it('agrees with numerical integration, wide and narrow, in the middle and far out', () => {
    for (const width of [1e-6, 0.01, 0.5, 0.999, 1, 2, 6]) {
      for (const value of [0, 0.3, -1.7, 4, -9, 15]) {
        const expected = Math.max(reference(value, width), 1e-75);
        expect(Math.exp(logIntervalProbability(value, width)) / expected).toBeCloseTo(1, 4);
      }
    }
  });

  it('is never below 1e-75 nor above 1, however far out', () => {
    for (const value of [0, 30, 1e6, 1e300]) {
      for (const width of [1e-300, 1e-3, 0.9, 5, 1e12]) {
        const log = logIntervalProbability(value, width);
        expect(log).toBeGreaterThanOrEqual(Math.log(1e-75));
        expect(log).toBeLessThanOrEqual(1e-6);
      }
    }
  });
});
