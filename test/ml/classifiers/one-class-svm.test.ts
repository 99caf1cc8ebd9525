import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { oneClassSvm } from '../../../src/ml/classifiers/one-class-svm.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
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
const weights = Float64Array.from(golden.weights as number[]);

async function scores(params: Params, over = T, weighted = false): Promise<Float64Array> {
  const data = { X, y: new Uint32Array(X.rows), classCount: 2, ...(weighted ? { weights } : {}) };
  const context = { seed: 0, executor: inlineExecutor };
  const fitted = await oneClassSvm.fit(data, { ...defaultParams(oneClassSvm.params), ...params }, context);
  expect(fitted.warnings).toEqual([]);
  const said = fitted.predict(over).scores ?? new Float64Array(0);
  const sparse = fitted.predict(toSparse(over)).scores ?? new Float64Array(0);
  said.forEach((score, i) => expect(sparse[i]).toBeCloseTo(score, 8));
  return said;
}

describe('one-class-svm', () => {
  const named = (golden.detectors as Case[]).map((one) => ({ ...one, name: JSON.stringify(one.params) }));
  it.each(named)('decides as scikit-learn does, with the other sign: $name, weights: $weights', async (one) => {
    const size = Math.max(...one.decisions.map(Math.abs));
    // Kernel rows are singles: of large values the last digits, and so a smaller tolerance, are out of reach.
    const tight = one.params.kernel === 'linear' ? 1e-4 : 1e-6;
    for (const tol of [tight, 1e-3]) {
      const said = await scores({ ...one.params, tol }, T, one.weights);
      const worst = Math.max(...one.decisions.map((value, i) => Math.abs(said[i] + value)));
      expect(worst).toBeLessThan(Math.max(2 * tol, (tol < 1e-3 ? 1e-5 : 1e-3) * size));
    }
  });

  it('leaves about a share nu of the training rows outside, or exactly the contamination asked for', async () => {
    const outside = async (params: Params): Promise<number> => (await scores(params, X)).filter((s) => s > 1e-9).length;
    expect(Math.abs((await outside({ nu: 0.2, tol: 1e-8 })) / X.rows - 0.2)).toBeLessThan(0.1);
    const called = (await outside({ nu: 0.2, contamination: 0.1 })) / X.rows;
    expect(called).toBeGreaterThan(0.08);
    expect(called).toBeLessThanOrEqual(0.1);
  });
});
