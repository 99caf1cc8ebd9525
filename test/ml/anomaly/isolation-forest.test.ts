import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { scoreThreshold } from '../../../src/ml/anomaly/contamination.js';
import { averagePathLength } from '../../../src/ml/anomaly/isolation-forest/average-path-length.js';
import { anomalyScores, growIsolationForest } from '../../../src/ml/anomaly/isolation-forest/isolation-forest.js';
import { growIsolationTree } from '../../../src/ml/anomaly/isolation-forest/isolation-tree.js';
import { ColumnGatherer } from '../../../src/ml/anomaly/isolation-forest/sample-columns.js';
import { isolationForest } from '../../../src/ml/classifiers/isolation-forest.js';
import { denseFromRows, denseMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { expandTree, type Tree } from '../../../src/ml/trees/tree.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';

interface Golden {
  X: number[][];
  sampleSize: number;
  trees: { feature: number[]; threshold: number[]; rows: number[] }[];
  scores: number[];
  threshold: number;
  alerts: number[];
}

const golden = JSON.parse(readFileSync('test/golden/isolation-forest.json', 'utf8')) as Golden;
const context = { seed: 3, executor: inlineExecutor };

/** Depth of each leaf, in the leaves' order. */
function leafDepths(tree: Tree): number[] {
  const { feature, left } = expandTree(tree);
  const depth = new Float64Array(feature.length);
  const depths: number[] = [];
  feature.forEach((f, node) => {
    if (f < 0) depths.push(depth[node]);
    else for (const child of [left[node], left[node] + 1]) depth[child] = depth[node] + 1;
  });
  return depths;
}

const tables = fc.integer({ min: 0, max: 1e6 }).map((seed) => {
  const stream = randomStream(seed, 'isolation test');
  const X = denseMatrix(1 + stream.below(80), 5);
  const spread = [1, 1e-8, 1e300];
  for (let i = 0; i < X.rows; i++) {
    const numbers = spread.map((unit) => unit * (stream.below(20) - 10));
    X.values.set([...numbers, stream.below(2), 4], 5 * i);
  }
  return X;
});

describe('anomalyScores', () => {
  it("are scikit-learn's for scikit-learn's trees, and so is the threshold of a contamination", () => {
    const trees = golden.trees.map(({ feature, threshold, rows }): Tree => {
      const tree: Tree = {
        feature: Int32Array.from(feature),
        threshold: Float64Array.from(threshold),
        leaves: new Float64Array(rows.length),
        leafWeight: Float64Array.from(rows),
      };
      leafDepths(tree).forEach((depth, leaf) => {
        tree.leaves[leaf] = depth + averagePathLength(rows[leaf]);
      });
      return tree;
    });
    const X = denseFromRows(golden.X);
    const scores = anomalyScores({ trees, sampleSize: golden.sampleSize }, X);
    scores.forEach((score, i) => expect(score).toBeCloseTo(golden.scores[i], 12));
    const threshold = scoreThreshold(scores, 0.1);
    expect(threshold).toBeCloseTo(golden.threshold, 12);
    const alerts = Array.from(scores.keys()).filter((i) => scores[i] > threshold);
    expect(alerts).toEqual(golden.alerts);
  });
});

describe('averagePathLength', () => {
  it('is that of binary search trees', () => {
    expect([0, 1, 2].map(averagePathLength)).toEqual([0, 0, 1]);
    // 2·H(255) − 2·255/256 with H(255) = 6.12240…, less what ln + γ leaves out (1/510).
    expect(averagePathLength(256)).toBeCloseTo(2 * (Math.log(255) + 0.5772156649) - 510 / 256, 9);
    expect(averagePathLength(1000)).toBeGreaterThan(averagePathLength(999));
  });
});

describe('growIsolationTree', () => {
  it('puts every row into a leaf that cannot be split, or that is as deep as may be', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 0, max: 12 }), fc.integer(), (X, maxDepth, seed) => {
        const rows = Uint32Array.from({ length: X.rows }, (_, i) => i);
        const tree = growIsolationTree(
          new ColumnGatherer(X).gather(rows),
          X.rows,
          maxDepth,
          randomStream(seed, 'grow'),
        );
        const { feature, threshold, left, weight } = expandTree(tree);
        const depths = leafDepths(tree);
        const members: number[][] = depths.map(() => []);
        for (const row of rows) {
          let node = 0;
          while (feature[node] >= 0) node = left[node] + Number(X.values[5 * row + feature[node]] > threshold[node]);
          members[~feature[node]].push(row);
        }
        members.forEach((of, leaf) => {
          expect(of.length).toBeGreaterThan(0);
          expect(tree.leafWeight?.[leaf]).toBe(of.length);
          expect(tree.leaves[leaf]).toBe(depths[leaf] + averagePathLength(of.length));
          expect(depths[leaf]).toBeLessThanOrEqual(maxDepth);
          const same = of.every((row) => [0, 1, 2, 3].every((j) => X.values[5 * row + j] === X.values[5 * of[0] + j]));
          expect(same || depths[leaf] === maxDepth).toBe(true);
        });
        expect(weight?.[0]).toBe(X.rows);
        expect(tree.feature.every((f) => f !== 4)).toBe(true);
        expect(tree.threshold.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('draws each feature that varies as often as another', () => {
    const X = denseFromRows(Array.from({ length: 16 }, (_, i) => [i, 0, i % 2, 1e6 * i, 5]));
    const sample = new ColumnGatherer(X).gather(Uint32Array.from({ length: 16 }, (_, i) => i));
    const times = new Uint32Array(5);
    for (let t = 0; t < 3000; t++) times[growIsolationTree(sample, 16, 1, randomStream(1, 'draws', t)).feature[0]]++;
    expect([times[1], times[4]]).toEqual([0, 0]);
    // Of 3,000 draws a third each, ± 5 standard deviations.
    for (const j of [0, 2, 3]) expect(Math.abs(times[j] - 1000)).toBeLessThan(130);
  });
});

describe('growIsolationForest', () => {
  const options = { trees: 25, sampleSize: 64, featureShare: 1 };

  it('is the same for sparse rows', () => {
    return fc.assert(
      fc.asyncProperty(tables, async (X) => {
        const dense = await growIsolationForest(X, options, context);
        const sparse = await growIsolationForest(toSparse(X), options, context);
        expect(anomalyScores(sparse, toSparse(X))).toEqual(anomalyScores(dense, X));
      }),
      { numRuns: 20 },
    );
  });

  it('keeps each tree to its share of the features', async () => {
    const X = denseFromRows(Array.from({ length: 50 }, (_, i) => [i, (i * 7) % 50, (i * 11) % 50, (i * 13) % 50]));
    const { trees } = await growIsolationForest(X, { ...options, featureShare: 0.5 }, context);
    const used = trees.map(({ feature }) => new Set(feature.filter((f) => f >= 0)));
    for (const features of used) expect(features.size).toBeLessThanOrEqual(2);
    expect(new Set(used.flatMap((features) => [...features])).size).toBe(4);
  });

  it('scores 1/2 where there is nothing to tell apart, or one row only', async () => {
    const X = denseFromRows([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(Array.from(anomalyScores(await growIsolationForest(X, options, context), X))).toEqual([0.5, 0.5, 0.5]);
    const one = denseFromRows([[1, 2]]);
    expect(anomalyScores(await growIsolationForest(one, options, context), denseFromRows([[7, 7]]))[0]).toBe(0.5);
  });
});

describe('isolation-forest', () => {
  it('calls the share of its training rows malicious that contamination says', async () => {
    const stream = randomStream(1, 'contamination');
    const X = denseMatrix(
      500,
      3,
      Float64Array.from({ length: 1500 }, () => stream.normal()),
    );
    const y = new Uint32Array(500);
    for (const contamination of [0, 0.02, 0.1, 0.5]) {
      const point = { ...defaultParams(isolationForest.params), contamination };
      const fitted = await isolationForest.fit({ X, y, classCount: 2 }, point, context);
      const alerts = fitted.predict(X).scores?.filter((score) => score > 0).length ?? -1;
      expect(Math.abs(alerts - 500 * contamination)).toBeLessThanOrEqual(1);
    }
  });
});
