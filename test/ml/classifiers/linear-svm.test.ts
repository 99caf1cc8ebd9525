import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linearSvm } from '../../../src/ml/classifiers/linear-svm.js';
import { denseFromRows } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Case {
  readonly C: number;
  readonly interceptPenalty: boolean;
  readonly beta: number[];
}

const golden = JSON.parse(readFileSync(new URL('../../golden/linear-svm.json', import.meta.url), 'utf8'));
const X = denseFromRows(golden.X);
const y = Uint32Array.from(golden.y as number[]);

describe('linear support vector machine', () => {
  it.each(golden.cases as Case[])('finds the optimum: C = $C, interceptPenalty = $interceptPenalty', async (one) => {
    const { C, interceptPenalty, beta } = one;
    const params = { ...defaultParams(linearSvm.params), C, interceptPenalty, tol: 1e-8 };
    const fitted = await linearSvm.fit({ X, y, classCount: 2 }, params, { seed: 0, executor: inlineExecutor });
    expect(fitted.warnings).toEqual([]);
    const [coefficients] = fitted.importance?.().values ?? [];
    const size = Math.hypot(...beta);
    beta.slice(0, -1).forEach((value, j) => expect(Math.abs(coefficients[j] - value) / size).toBeLessThan(1e-5));
    // The score at the mean of all features is the intercept.
    const mean = Array.from({ length: X.columns }, (_, j) => {
      return (golden.X as number[][]).reduce((sum, row) => sum + row[j], 0) / X.rows;
    });
    const { scores, probabilities } = fitted.predict(denseFromRows([mean]));
    expect(probabilities).toBeNull();
    expect(Math.abs((scores?.[0] ?? Number.NaN) - beta[beta.length - 1]) / size).toBeLessThan(1e-5);
  });
});
