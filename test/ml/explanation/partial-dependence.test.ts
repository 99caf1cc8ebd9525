import { describe, expect, it } from 'vitest';
import { classifiers } from '../../../src/ml/classifiers/registry.js';
import { partialDependence } from '../../../src/ml/explanation/partial-dependence.js';
import { denseFromRows, type FeatureMatrix, toDense, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams, type ParamValue } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import golden from '../../golden/partial-dependence.json' with { type: 'json' };

const dense = denseFromRows(golden.X);
const firstTen = Uint32Array.from({ length: 10 }, (_, i) => i);

async function probabilities(id: 'logistic-regression' | 'decision-tree', params: Record<string, ParamValue>) {
  const y = Uint32Array.from(golden.y);
  const context = { seed: 0, executor: inlineExecutor };
  const all = { ...defaultParams(classifiers[id].params), ...params };
  const fitted = await classifiers[id].fit({ X: dense, y, classCount: 2 }, all, context);
  return (X: FeatureMatrix): Float64Array => {
    const { probabilities: both } = fitted.predict(X);
    return Float64Array.from({ length: X.rows }, (_, i) => both?.[2 * i + 1] ?? Number.NaN);
  };
}

describe('partial dependence', () => {
  it.each([
    ['logistic-regression', { C: 1, tol: 1e-12, maxIter: 10_000 }, 10],
    ['decision-tree', { maxDepth: 4 }, 12],
  ] as const)('of %s is that of scikit-learn, on average and row by row', async (id, params, digits) => {
    const valueOf = await probabilities(id, params);
    for (const X of [dense, toSparse(dense)]) {
      golden.models[id].forEach(({ grid, average, individual }, feature) => {
        const found = partialDependence(X, feature, Float64Array.from(grid), firstTen, valueOf);
        found.average.forEach((value, k) => expect(value).toBeCloseTo(average[k], digits));
        expect(found.individual.length).toBe(10);
        found.individual.forEach((curve, i) =>
          curve.forEach((value, k) => expect(value).toBeCloseTo(individual[i][k], digits)),
        );
      });
    }
    const moving = golden.models[id].map(({ average }) => Math.max(...average) - Math.min(...average));
    expect(moving.every((range) => range > 0.05)).toBe(true);
  });

  it('is a straight line, parallel for each row, for a sum', () => {
    const sum = (X: FeatureMatrix): Float64Array => {
      const { values, rows, columns } = toDense(X);
      return Float64Array.from({ length: rows }, (_, i) =>
        values.subarray(i * columns, (i + 1) * columns).reduce((total, x) => total + x, 0),
      );
    };
    const X = denseFromRows([
      [1, 10],
      [2, 20],
      [3, 60],
    ]);
    const found = partialDependence(X, 0, Float64Array.of(0, 5), Uint32Array.of(2, 0), sum);
    expect([...found.average]).toEqual([30, 35]);
    expect(found.individual.map((curve) => [...curve])).toEqual([
      [60, 65],
      [10, 15],
    ]);
  });
});
