import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { labelPropagation } from '../../../src/ml/classifiers/label-propagation.js';
import { denseFromRows, type FeatureMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import golden from '../../golden/label-propagation.json' with { type: 'json' };

const context = { seed: 0, executor: inlineExecutor };
const defaults = defaultParams(labelPropagation.params);

/** Labels with -1 for none. */
const fit = (X: FeatureMatrix, labels: readonly number[], classCount: number, params: object) =>
  labelPropagation.fit(
    { X, y: Uint32Array.from(labels, (label) => (label < 0 ? classCount : label)), classCount },
    { ...defaults, ...params },
    context,
  );

function expectRows(found: Float64Array | null, wanted: readonly (readonly number[])[]): void {
  const width = wanted[0].length;
  wanted.forEach((row, i) => {
    row.forEach((share, k) => expect(found?.[i * width + k]).toBeCloseTo(share, 7));
  });
}

describe('label propagation', () => {
  const X = denseFromRows(golden.x);
  const testX = denseFromRows(golden.testX);
  for (const { method, alpha, kernel, classes, y, training, new: fresh } of golden.sets) {
    it(`gives what scikit-learn comes to: ${method} ${alpha}, ${kernel}, ${classes} classes`, async () => {
      const params = { method, kernel, nNeighbors: 5, gamma: 1.5, ...(alpha > 0 && { alpha }) };
      for (const matrix of [X, toSparse(X)]) {
        const fitted = await fit(matrix, y, classes, params);
        expect(fitted.warnings).toEqual([]);
        expectRows(fitted.predict(matrix).probabilities, training);
        expectRows(fitted.predict(testX).probabilities, fresh);
      }
    });
  }

  const line = denseFromRows([[0], [1], [2], [3], [100], [101]]);
  const ends = [0, -1, -1, 1, -1, -1];

  it('is the mean of the neighbours between two labels, and says where no label leads to', async () => {
    const fitted = await fit(line, ends, 2, { method: 'propagation', nNeighbors: 1, standardise: false });
    // 0 and 1 are each other's neighbour and count twice, 1–2 and 2–3 once; 100 and 101 hang together alone.
    expectRows(fitted.predict(line).probabilities, [
      [1, 0],
      [0.8, 0.2],
      [0.4, 0.6],
      [0, 1],
      [0.5, 0.5],
      [0.5, 0.5],
    ]);
    expect(fitted.warnings).toEqual([
      'no label reaches 2 distinct rows: they have the share of each class among the labels',
    ]);
  });

  it('takes equal rows for one, with what their labels say together', async () => {
    const rows = denseFromRows([[0], [0], [0], [5], [5]]);
    const fitted = await fit(rows, [0, 1, 1, -1, -1], 2, { method: 'propagation' });
    const third = [1 / 3, 2 / 3];
    expectRows(fitted.predict(rows).probabilities, [third, third, third, third, third]);
  });

  it('refuses rows without any label, and more rows than pairs can be kept of', async () => {
    await expect(fit(line, [-1, -1, -1, -1, -1, -1], 2, {})).rejects.toBeInstanceOf(UserError);
    const many = denseFromRows(Array.from({ length: 4001 }, (_, i) => [i]));
    const labels = Array.from({ length: 4001 }, (_, i) => (i < 2 ? i : -1));
    await expect(fit(many, labels, 2, { kernel: 'rbf' })).rejects.toThrow('4001 distinct ones are too many');
  });
});
