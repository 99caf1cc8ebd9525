import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logisticRegression } from '../../../src/ml/classifiers/logistic-regression.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineContext } from './logistic-regression-context.js';

interface GoldenFit {
  kind: 'l1' | 'l2';
  interceptPenalty?: boolean;
  C: number;
  coefficients: number[][];
  intercepts: number[];
  probabilities?: number[][];
}

interface GoldenCase {
  name: string;
  X: number[][];
  y: number[];
  weights: number[] | null;
  fits: GoldenFit[];
}

const cases: GoldenCase[] = JSON.parse(readFileSync('test/golden/logistic-regression.json', 'utf8'));

/** Largest difference relative to the largest of the expected values. */
function relativeError(actual: readonly number[], expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(value - actual[i]))) / largest;
}

describe.each(cases)('logistic regression on the $name set, against scikit-learn', ({ X, y, weights, fits }) => {
  const dense = denseFromRows(X);
  const classCount = Math.max(...y) + 1;
  const named = fits.map((fit) => ({
    name: `${fit.kind} C=${fit.C}${fit.interceptPenalty ? ' interceptPenalty' : ''}`,
    fit,
  }));

  it.each(named)('$name', async ({ fit }) => {
    const { kind: penalty, C, interceptPenalty = false } = fit;
    const params = { ...defaultParams(logisticRegression.params), C, penalty, interceptPenalty };
    for (const matrix of [dense, toSparse(dense)]) {
      const data = {
        X: matrix,
        y: Uint32Array.from(y),
        classCount,
        weights: weights ? Float64Array.from(weights) : undefined,
      };
      const model = await logisticRegression.fit(data, params, inlineContext());
      expect(model.warnings).toEqual([]);
      const { coefficients, intercepts } = model.toJSON() as { coefficients: number[][]; intercepts: number[] };
      const actual = coefficients.flatMap((row, k) => [...row, intercepts[k]]);
      const expected = fit.coefficients.flatMap((row, k) => [...row, fit.intercepts[k]]);
      expect(relativeError(actual, expected)).toBeLessThan(1e-3);
      if (!fit.probabilities) continue;
      const { probabilities } = model.predict(matrix);
      const first = Array.from(probabilities ?? []).slice(0, 20 * classCount);
      expect(relativeError(first, fit.probabilities.flat())).toBeLessThan(1e-3);
    }
  });
});
