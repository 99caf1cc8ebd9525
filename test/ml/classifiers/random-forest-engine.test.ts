import { RandomForestClassifier } from 'ml-random-forest';
import { describe, expect, it } from 'vitest';
import { randomForest } from '../../../src/ml/classifiers/random-forest.js';
import { denseFromRows, denseMatrix } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import golden from '../../golden/forest.json' with { type: 'json' };

const context = { seed: 0, executor: inlineExecutor };
const params = { ...defaultParams(randomForest.params), engine: 'ml-random-forest', nEstimators: 7, bootstrap: true };

/** What we need of the package; its own type declarations do not compile. */
type Package = new (
  options: object,
) => {
  train(X: number[][], y: number[]): void;
  predictionValues(X: number[][]): { get(row: number, tree: number): number };
};

describe('random forest with engine=ml-random-forest', () => {
  const set = golden[1];
  const x = set.x.slice(0, 80);
  const y = set.y.slice(0, 80);
  const data = { X: denseFromRows(x), y: Uint32Array.from(y), classCount: set.classCount };

  it("counts the votes of the package's own trees", async () => {
    const fitted = await randomForest.fit(data, params, context);
    const forest = new (RandomForestClassifier as unknown as Package)({
      nEstimators: 7,
      maxFeatures: 2,
      replacement: false,
      useSampleBagging: true,
      noOOB: true,
      seed: randomStream(0, 'ml-random-forest').uint32() | 0,
      treeOptions: { maxDepth: Infinity, minNumSamples: 1, gainThreshold: 1e-12 },
    });
    forest.train(x, y);
    const votes = forest.predictionValues(set.testX);
    const { probabilities } = fitted.predict(denseFromRows(set.testX));
    for (let i = 0; i < set.testX.length; i++) {
      for (let k = 0; k < set.classCount; k++) {
        let count = 0;
        for (let t = 0; t < 7; t++) if (votes.get(i, t) === k) count++;
        expect(probabilities?.[i * set.classCount + k]).toBeCloseTo(count / 7, 12);
      }
    }
    const shares = fitted.importance?.().values[0] ?? [];
    expect([...shares].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('is revived to the same predictions', async () => {
    const fitted = await randomForest.fit(data, params, context);
    const revived = randomForest.revive(JSON.parse(JSON.stringify(fitted.toJSON())));
    expect(revived.predict(data.X)).toEqual(fitted.predict(data.X));
  });

  it('refuses what the package cannot do, and sizes it cannot bear', async () => {
    const rejects = (change: object, more: object, message: RegExp) =>
      expect(randomForest.fit({ ...data, ...more }, { ...params, ...change }, context)).rejects.toThrow(message);
    await rejects({}, { weights: Float64Array.from(y, (_, i) => 1 + (i % 2)) }, /no sample weights/);
    await rejects({ criterion: 'entropy' }, {}, /gini/);
    await rejects({ minSamplesLeaf: 2 }, {}, /minSamplesLeaf/);
    await rejects({ maxLeafNodes: 5 }, {}, /maxLeafNodes/);
    await rejects({ minImpurityDecrease: 0.1 }, {}, /minImpurityDecrease/);
    const many = { X: denseMatrix(20_000, 8), y: new Uint32Array(20_000) };
    await rejects({ nEstimators: 100 }, many, /minutes for 20000 rows/);
  });
});
