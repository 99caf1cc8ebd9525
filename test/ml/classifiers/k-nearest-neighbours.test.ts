import { describe, expect, it } from 'vitest';
import type { TrainingSet } from '../../../src/ml/classifiers/classifier.js';
import { kNearestNeighbours } from '../../../src/ml/classifiers/k-nearest-neighbours.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import golden from '../../golden/k-nearest-neighbours.json' with { type: 'json' };

const context = { seed: 0, executor: inlineExecutor };
const defaults = defaultParams(kNearestNeighbours.params);

const malicious = async (data: TrainingSet, params: object, row: number[]): Promise<number | undefined> => {
  const fitted = await kNearestNeighbours.fit(data, { ...defaults, ...params }, context);
  return fitted.predict(denseFromRows([row])).probabilities?.[1];
};

describe('k nearest neighbours', () => {
  for (const { classCount, x, y, testX, fits } of golden) {
    for (const { nNeighbors, weights, probabilities } of fits) {
      it(`gives scikit-learn's probabilities: ${classCount} classes, ${nNeighbors} neighbours, ${weights}`, async () => {
        for (const X of [denseFromRows(x), toSparse(denseFromRows(x))]) {
          const data = { X, y: Uint32Array.from(y), classCount };
          const fitted = await kNearestNeighbours.fit(data, { ...defaults, nNeighbors, weights }, context);
          const predicted = fitted.predict(denseFromRows(testX)).probabilities ?? [];
          probabilities.flat().forEach((p, i) => expect(predicted[i]).toBeCloseTo(p, 9));
        }
      });
    }
  }

  const line = (y: number[], weights?: number[]): TrainingSet => ({
    X: denseFromRows([[0], [0], [1], [2], [10]]),
    y: Uint32Array.from(y),
    classCount: 2,
    ...(weights ? { weights: Float64Array.from(weights) } : {}),
  });

  it('lets all vote that tie with the last neighbour', async () => {
    // 0, 0 and 2 are one step away from 1: two neighbours are 1 itself and all three of them.
    expect(await malicious(line([0, 1, 0, 1, 1]), { nNeighbors: 2 }, [1])).toBeCloseTo(2 / 4, 12);
  });

  it('lets rows that are equal decide alone when nearness counts', async () => {
    expect(await malicious(line([0, 1, 1, 1, 1]), { nNeighbors: 3, weights: 'distance' }, [0])).toBeCloseTo(1 / 2, 12);
  });

  it('counts a weight as votes, and a row of weight 0 as absent', async () => {
    expect(await malicious(line([0, 1, 0, 0, 0], [1, 3, 0, 1, 1]), { nNeighbors: 2 }, [0])).toBeCloseTo(3 / 4, 12);
  });

  it('says when there are fewer rows than neighbours', async () => {
    const fitted = await kNearestNeighbours.fit(line([0, 1, 0, 1, 1]), { ...defaults, nNeighbors: 7 }, context);
    expect(fitted.warnings).toEqual(['there are only 5 training rows: all of them vote, not the nearest 7']);
    expect(fitted.predict(denseFromRows([[3]])).probabilities?.[1]).toBeCloseTo(3 / 5, 12);
  });
});
