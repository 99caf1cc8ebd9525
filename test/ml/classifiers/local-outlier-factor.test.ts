import { describe, expect, it } from 'vitest';
import { localOutlierFactor } from '../../../src/ml/classifiers/local-outlier-factor.js';
import { denseFromRows, type FeatureMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import golden from '../../golden/local-outlier-factor.json' with { type: 'json' };

const context = { seed: 0, executor: inlineExecutor };
const defaults = defaultParams(localOutlierFactor.params);

const fit = (X: FeatureMatrix, params: object) =>
  localOutlierFactor.fit({ X, y: new Uint32Array(X.rows), classCount: 2 }, { ...defaults, ...params }, context);

/** Factors as they are, the threshold of 'auto' added again. */
async function factors(X: FeatureMatrix, params: object, asked: FeatureMatrix): Promise<number[]> {
  const { scores } = (await fit(X, params)).predict(asked);
  return Array.from(scores ?? [], (score) => score + 1.5);
}

describe('local outlier factor', () => {
  for (const { nNeighbors, x, testX, training, threshold, new: fresh } of golden) {
    const name = `${x.length} rows, ${nNeighbors} neighbours`;
    it(`gives scikit-learn's factors of training rows (novelty=False) and new ones (novelty=True): ${name}`, async () => {
      for (const X of [denseFromRows(x), toSparse(denseFromRows(x))]) {
        for (const [asked, expected] of [
          [x, training],
          [testX, fresh],
        ]) {
          const said = await factors(X, { nNeighbors }, denseFromRows(asked as number[][]));
          (expected as number[]).forEach((factor, i) => expect(said[i] / factor).toBeCloseTo(1, 6));
        }
      }
    });

    it(`calls malicious what scikit-learn does for a contamination of 0.1: ${name}`, async () => {
      const X = denseFromRows(x);
      const { scores } = (await fit(X, { nNeighbors, contamination: 0.1 })).predict(X);
      training.forEach((factor, i) => {
        if (Math.abs(factor - threshold) > 1e-9) expect((scores?.[i] ?? 0) > 0).toBe(factor > threshold);
      });
    });
  }

  const line = denseFromRows([[0], [0], [0], [0], [1], [2], [3], [4]]);

  it('holds rows among equals for usual, and keeps the others finite', async () => {
    const [equal, , , , beside] = await factors(line, { nNeighbors: 3, standardise: false }, line);
    expect(equal).toBe(1);
    expect(beside).toBeGreaterThan(1e9);
    expect(Number.isFinite(beside)).toBe(true);
  });

  it('takes equal rows for one where it is told to', async () => {
    const once = await factors(line, { nNeighbors: 3, standardise: false, duplicates: 'once' }, line);
    const distinct = denseFromRows([[0], [1], [2], [3], [4]]);
    const alone = await factors(distinct, { nNeighbors: 3, standardise: false }, distinct);
    once.forEach((factor, i) => expect(factor).toBeCloseTo(alone[Math.max(0, i - 3)], 12));
    expect(Math.max(...once)).toBeLessThan(2);
  });

  it('compares with all others where there are fewer than neighbours, and says so', async () => {
    const fitted = await fit(line, {});
    expect(fitted.warnings).toEqual([
      'there are only 8 rows to compare: each with all the others, not with the nearest 20',
    ]);
  });
});
