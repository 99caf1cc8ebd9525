import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import type { FittedClassifier } from '../../../src/ml/classifiers/classifier.js';
import { svm } from '../../../src/ml/classifiers/svm.js';
import { denseFromRows, type FeatureMatrix, selectRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams, type Params } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Case {
  readonly params: Params;
  readonly weights: boolean;
  readonly decisions: number[];
}

const golden = JSON.parse(readFileSync(new URL('../../golden/svm.json', import.meta.url), 'utf8'));
const X = denseFromRows(golden.X);
const T = denseFromRows(golden.T);
const y = Uint32Array.from(golden.y as number[]);
const weights = Float64Array.from(golden.weights as number[]);
const context = { seed: 0, executor: inlineExecutor };

function fit(params: Params, weighted = false, over: FeatureMatrix = X, labels = y): Promise<FittedClassifier> {
  const data = { X: over, y: labels, classCount: Math.max(...labels) + 1, ...(weighted ? { weights } : {}) };
  return svm.fit(data, { ...defaultParams(svm.params), ...params }, context);
}

/** Largest difference, relative to the largest value. */
function distance(values: ArrayLike<number> | null, expected: ArrayLike<number>): number {
  const size = Math.max(...Array.from(expected, Math.abs));
  return Math.max(...Array.from(expected, (value, i) => Math.abs((values?.[i] ?? Number.NaN) - value) / size));
}

const named = (golden.cases as Case[]).map((one) => ({ ...one, name: JSON.stringify(one.params) }));

// Kernel rows in single precision bound how far other kernels can go, whose values are large: libsvm stalls there, too.
describe('svm', () => {
  it.each(named)('decides as scikit-learn does: $name, weights: $weights', async (one) => {
    const radial = one.params.kernel === 'rbf';
    for (const over of [X, toSparse(X)]) {
      const exact = await fit({ ...one.params, tol: radial ? 1e-8 : 1e-5 }, one.weights, over);
      expect(exact.warnings).toEqual([]);
      const within = radial ? 1e-6 : 5e-5;
      expect(distance(exact.predict(T).scores, one.decisions)).toBeLessThan(within);
      expect(distance(exact.predict(toSparse(T)).scores, one.decisions)).toBeLessThan(within);
    }
    const usual = await fit(one.params, one.weights);
    expect(distance(usual.predict(T).scores, one.decisions)).toBeLessThan(2e-3);
  });

  it('sets each of three classes against the rest', async () => {
    const fitted = await fit({ tol: 1e-8 }, false, X, Uint32Array.from(golden.y3 as number[]));
    const { scores } = fitted.predict(T);
    for (let k = 0; k < 3; k++) {
      const own = Float64Array.from({ length: T.rows }, (_, i) => scores?.[3 * i + k] ?? Number.NaN);
      expect(distance(own, golden.classes[k])).toBeLessThan(1e-6);
    }
  });

  it('says the same of weights as of rows given more than once', async () => {
    const rows = Uint32Array.from(Array.from(weights.keys()).flatMap((i) => new Array<number>(weights[i]).fill(i)));
    const weighted = await fit({ tol: 1e-8 }, true);
    const labels = Uint32Array.from(rows, (i) => y[i]);
    const often = await fit({ tol: 1e-8 }, false, selectRows(X, rows), labels);
    expect(distance(often.predict(T).scores, weighted.predict(T).scores ?? [])).toBeLessThan(1e-6);
  });

  it('has weights of features with the linear kernel only', async () => {
    const linear = await fit({ kernel: 'linear' });
    expect(linear.importance?.().values[0].length).toBe(X.columns);
    expect(linear.explain).toBeDefined();
    const curved = await fit({});
    expect(curved.importance).toBeUndefined();
    expect(curved.explain).toBeUndefined();
  });

  it('says so where it did not converge, and refuses a kernel that overflows', async () => {
    expect((await fit({ C: 100, maxIter: 5 })).warnings[0]).toMatch(/did not converge in 5 steps/);
    await expect(fit({ kernel: 'poly', degree: 10, gamma: 1e6 })).rejects.toBeInstanceOf(UserError);
  });
});
