import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { decisionTree } from '../../../src/ml/classifiers/decision-tree.js';
import { randomForest } from '../../../src/ml/classifiers/random-forest.js';
import { gaussLegendre } from '../../../src/ml/explanation/gauss-legendre.js';
import { treeShap } from '../../../src/ml/explanation/tree-shap.js';
import { denseFromRows, denseMatrix, type FeatureMatrix, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams } from '../../../src/ml/params.js';
import { randomStream } from '../../../src/ml/random/stream.js';
import { expandTree, type Tree, treeFromJson } from '../../../src/ml/trees/tree.js';
import { predictMean } from '../../../src/ml/trees/tree-prediction.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import { rowsOf, shapleyValues, trees } from './random-trees.js';

function meanShap(
  forest: readonly Tree[],
  X: FeatureMatrix,
  rows: Uint32Array,
  classCount: number,
  classIndex: number,
) {
  return treeShap({ trees: forest, classCount, classIndex, together: 'mean' }, X, rows);
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('Gauss and Legendre', () => {
  it('integrates polynomials of degree 2n − 1 exactly, inside the interval', () => {
    for (let count = 1; count <= 60; count++) {
      const { nodes, weights } = gaussLegendre(count);
      expect(nodes.every((t) => t > 0 && t < 1)).toBe(true);
      for (const degree of [0, 1, count, 2 * count - 1]) {
        const integral = sum(nodes.map((t, q) => weights[q] * t ** degree));
        expect(Math.abs(integral - 1 / (degree + 1)), `${count} nodes, degree ${degree}`).toBeLessThan(1e-14);
      }
    }
  });
});

describe('TreeSHAP', () => {
  it('gives the Shapley values of the conditional expectation', () => {
    const forests = fc.integer({ min: 2, max: 3 }).chain((classCount) =>
      fc.record({
        classCount: fc.constant(classCount),
        forest: fc.array(trees(5, classCount, 6), { minLength: 1, maxLength: 3 }),
        row: rowsOf(5),
        k: fc.nat(classCount - 1),
      }),
    );
    fc.assert(
      fc.property(forests, ({ classCount, forest, row, k }) => {
        const [found] = meanShap(forest, denseFromRows([row]), Uint32Array.of(0), classCount, k);
        const expected = shapleyValues(forest, row, k);
        expect(Math.abs(found.base - expected.base)).toBeLessThan(1e-12);
        expected.contributions.forEach((value, j) => {
          expect(Math.abs(found.contributions[j] - value), `feature ${j}`).toBeLessThan(1e-12);
        });
      }),
    );
  });

  it('adds up to what the trees say, in deep trees and of any number of rows', () => {
    const deep = fc.record({
      forest: fc.array(trees(40, 2, 9), { minLength: 1, maxLength: 3 }),
      rows: fc.array(rowsOf(40), { minLength: 1, maxLength: 5 }),
    });
    fc.assert(
      fc.property(deep, ({ forest, rows }) => {
        const X = denseFromRows(rows);
        const means = predictMean(forest, X, 2);
        const order = Uint32Array.from(rows, (_, i) => rows.length - 1 - i);
        meanShap(forest, X, order, 2, 1).forEach(({ base, contributions }, at) => {
          expect(Math.abs(base + sum(contributions) - means[2 * order[at] + 1])).toBeLessThan(1e-12);
        });
        expect(meanShap(forest, toSparse(X), order, 2, 1)).toEqual(meanShap(forest, X, order, 2, 1));
      }),
      { numRuns: 40 },
    );
  });

  it('explains each of many rows as it does alone, in small trees and in large ones', () => {
    const forests = fc.tuple(fc.array(trees(4, 2, 4), { minLength: 1, maxLength: 3 }), trees(12, 2, 8));
    fc.assert(
      fc.property(forests, fc.array(rowsOf(12), { maxLength: 30 }), ([small, large], cells) => {
        const X = denseFromRows([new Float64Array(12), ...cells]);
        const together = meanShap(
          [...small, large],
          X,
          Uint32Array.from({ length: X.rows }, (_, i) => i),
          2,
          1,
        );
        together.forEach((one, i) => expect(one).toEqual(meanShap([...small, large], X, Uint32Array.of(i), 2, 1)[0]));
      }),
      { numRuns: 40 },
    );
  });

  it('bears a path of 300 features, and one of 5,000 questions of the same', () => {
    const line = (depth: number, columns: number): Tree => {
      const feature = Array.from({ length: 2 * depth + 1 }, (_, i) => (i % 2 === 0 && i < 2 * depth ? 0 : -1));
      let asked = 0;
      const named = feature.map((f, i) => (f === 0 ? asked++ % columns : i === 2 * depth ? -2 : -1));
      const threshold = Array.from({ length: depth }, (_, i) => i / columns);
      const weight = Array.from({ length: depth + 1 }, (_, i) => 1 + (i % 3));
      return treeFromJson({ feature: named, threshold, leaves: [1, 0, 0, 1], weight }, columns, 2);
    };
    for (const [depth, columns] of [
      [300, 300],
      [5000, 3],
    ]) {
      const tree = line(depth, columns);
      const X = denseFromRows([
        new Float64Array(columns).fill(depth),
        new Float64Array(columns).fill(depth / columns / 2),
      ]);
      const means = predictMean([tree], X, 2);
      expect(means[1]).toBe(1);
      meanShap([tree], X, Uint32Array.of(0, 1), 2, 1).forEach(({ base, contributions }, i) => {
        expect(Math.abs(base + sum(contributions) - means[2 * i + 1])).toBeLessThan(1e-9);
      });
    }
  });

  it('gives a feature that no tree asks for nothing, and equal features an equal share', () => {
    fc.assert(
      fc.property(trees(2, 2, 4), rowsOf(1), (tree, [cell]) => {
        const [{ contributions }] = meanShap([tree], denseFromRows([[cell, cell, cell]]), Uint32Array.of(0), 2, 1);
        expect(contributions[2]).toBe(0);
        const swapped = { ...tree, feature: tree.feature.map((f) => (f >= 0 ? 1 - f : f)) };
        const [other] = meanShap([swapped], denseFromRows([[cell, cell, cell]]), Uint32Array.of(0), 2, 1);
        expect(Math.abs(contributions[0] - other.contributions[1])).toBeLessThan(1e-14);
      }),
    );
  });

  it('says why it cannot explain: missing cells, trees without weights', () => {
    const json = { feature: [0, -1, -2], threshold: [0.5], leaves: [1, 0, 0, 1] };
    const tree = treeFromJson({ ...json, weight: [1, 1] }, 1, 2);
    const X = denseFromRows([[Number.NaN], [1]]);
    expect(() => meanShap([tree], X, Uint32Array.of(0), 2, 1)).toThrow(RangeError);
    expect(meanShap([tree], X, Uint32Array.of(1), 2, 1)[0].contributions[0]).toBe(0.5);
    expect(() => meanShap([treeFromJson(json, 1, 2)], X, Uint32Array.of(1), 2, 1)).toThrow(UserError);
  });
});

describe('weights of grown trees', () => {
  const stream = randomStream(3, 'tree-shap');
  const X = denseMatrix(400, 6);
  for (let at = 0; at < X.values.length; at++) X.values[at] = stream.below(12);
  const y = Uint32Array.from({ length: 400 }, (_, i) =>
    Number(X.values[6 * i] + X.values[6 * i + 1] + stream.below(6) > 13),
  );
  const context = { seed: 1, executor: inlineExecutor };

  it('are those of the rows that a tree was trained on', async () => {
    const weights = Float64Array.from(y, () => 1 + stream.below(3));
    const params = { ...defaultParams(decisionTree.params), minSamplesLeaf: 3 };
    const fitted = await decisionTree.fit({ X, y, classCount: 2, weights }, params, context);
    const [json] = fitted.toJSON().trees as [{ weight: number[] }];
    const tree = treeFromJson(json, 6, 2);
    const { feature, threshold, left, weight } = expandTree(tree);
    const passed = new Float64Array(feature.length);
    for (let i = 0; i < X.rows; i++) {
      let node = 0;
      passed[0] += weights[i];
      while (feature[node] >= 0) {
        node = left[node] + (X.values[6 * i + feature[node]] <= threshold[node] ? 0 : 1);
        passed[node] += weights[i];
      }
    }
    if (!weight) throw new Error('the tree has no weights');
    const unit = passed[0] / weight[0];
    expect([...weight].map((w) => w * unit)).toEqual([...passed]);
  });

  it('make the base of a forest the share of malicious rows', async () => {
    const fitted = await randomForest.fit(
      { X, y, classCount: 2 },
      { ...defaultParams(randomForest.params), nEstimators: 10 },
      context,
    );
    const [{ base }] = fitted.explain?.(X, Uint32Array.of(5), 1) ?? [];
    expect(base).toBeCloseTo(sum(y) / 400, 12);
  });

  it('are not known of the package’s trees, which is said', async () => {
    const params = { ...defaultParams(randomForest.params), nEstimators: 3, engine: 'ml-random-forest' };
    const rows = { ...X, rows: 60, values: X.values.slice(0, 360) };
    const fitted = await randomForest.fit({ X: rows, y: y.slice(0, 60), classCount: 2 }, params, context);
    expect(() => fitted.explain?.(rows, Uint32Array.of(0), 1)).toThrow(/train the model again|how many rows/);
  });
});
