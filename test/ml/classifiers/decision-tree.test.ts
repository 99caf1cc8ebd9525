import { describe, expect, it } from 'vitest';
import type { ModelJson } from '../../../src/ml/classifiers/classifier.js';
import { decisionTree } from '../../../src/ml/classifiers/decision-tree.js';
import { denseFromRows, toSparse } from '../../../src/ml/matrix/feature-matrix.js';
import { defaultParams, parseParams } from '../../../src/ml/params.js';
import { inlineExecutor } from '../../../src/parallel/inline-executor.js';
import golden from '../../golden/tree.json' with { type: 'json' };

const context = { seed: 0, executor: inlineExecutor };
const defaults = defaultParams(decisionTree.params);

function pointOf(settings: Record<string, unknown>) {
  const typed = Object.entries(settings).map(([name, value]) => `${name}=${String(value)}`);
  const values = parseParams(decisionTree.params, typed, 'decision-tree');
  return { ...defaults, ...Object.fromEntries([...values].map(([name, [value]]) => [name, value])) };
}

describe('decision tree against scikit-learn', () => {
  for (const set of golden) {
    const X = denseFromRows(set.x);
    const testX = denseFromRows(set.testX);
    const y = Uint32Array.from(set.y);
    for (const fit of set.fits) {
      it(`${set.classCount} classes, ${JSON.stringify(fit.params)}${fit.weighted ? ', weighted' : ''}`, async () => {
        const weights = fit.weighted ? Float64Array.from(set.weights) : undefined;
        const data = { X, y, classCount: set.classCount, weights };
        const fitted = await decisionTree.fit(data, pointOf(fit.params), context);
        const tree = (fitted.toJSON().trees as { feature: number[]; threshold: number[] }[])[0];
        expect(tree.feature.length).toBe(fit.nodes);
        expect(tree.feature[0]).toBe(fit.rootFeature);
        expect(tree.threshold[0]).toBe(fit.rootThreshold);
        const { probabilities } = fitted.predict(testX);
        fit.probabilities.flat().forEach((p, i) => expect(probabilities?.[i]).toBeCloseTo(p, 12));
        fit.importances.forEach((share, j) => expect(fitted.importance?.().values[0][j]).toBeCloseTo(share, 10));
      });
    }
  }
});

describe('decision tree', () => {
  const set = golden[1];
  const X = denseFromRows(set.x);
  const data = { X, y: Uint32Array.from(set.y), classCount: set.classCount };

  it('fits a training set without contradictions completely', async () => {
    const fitted = await decisionTree.fit(data, defaults, context);
    const { probabilities } = fitted.predict(X);
    data.y.forEach((k, i) => expect(probabilities?.[i * set.classCount + k]).toBe(1));
  });

  it('counts a weight as so many copies of the row', async () => {
    const weights = Float64Array.from(data.y, (_, i) => 1 + (i % 3));
    const copies = set.x.flatMap((row, i) => Array.from({ length: 1 + (i % 3) }, () => ({ row, y: set.y[i] })));
    const copied = { ...data, X: denseFromRows(copies.map((c) => c.row)), y: Uint32Array.from(copies, (c) => c.y) };
    const weighted = await decisionTree.fit({ ...data, weights }, defaults, context);
    const repeated = await decisionTree.fit(copied, defaults, context);
    expect(inUnitsOfLeast(weighted.toJSON())).toEqual(inUnitsOfLeast(repeated.toJSON()));
  });

  it('gives along a path what it gives point by point', async () => {
    const points = [pointOf({ maxDepth: 2 }), pointOf({ criterion: 'entropy' }), pointOf({ splitter: 'random' })];
    const path = await decisionTree.fitPath?.(data, points, context);
    for (const [i, point] of points.entries()) {
      expect(path?.[i].toJSON()).toEqual((await decisionTree.fit(data, point, context)).toJSON());
    }
  });

  it('draws thresholds between the smallest and the largest value with the random splitter', async () => {
    const fitted = await decisionTree.fit(data, pointOf({ splitter: 'random' }), context);
    const other = await decisionTree.fit(data, pointOf({ splitter: 'random' }), { ...context, seed: 1 });
    expect(other.toJSON()).not.toEqual(fitted.toJSON());
    const { probabilities } = fitted.predict(X);
    data.y.forEach((k, i) => expect(probabilities?.[i * set.classCount + k]).toBe(1));
  });

  it('refuses missing and infinite values, naming the feature', async () => {
    for (const bad of [Number.NaN, Infinity]) {
      const broken = denseFromRows([
        [1, 2],
        [3, bad],
      ]);
      const fit = decisionTree.fit({ X: broken, y: Uint32Array.of(0, 1), classCount: 2 }, defaults, context);
      await expect(fit).rejects.toThrow(/feature 2/);
    }
  });

  it('refuses a model file whose tree could not be walked', async () => {
    const json = JSON.parse(JSON.stringify((await decisionTree.fit(data, defaults, context)).toJSON()));
    const damaged = (change: (tree: { feature: number[]; threshold: unknown[]; leaves: number[] }) => void) => {
      const copy = structuredClone(json);
      change(copy.trees[0]);
      return () => decisionTree.revive(copy);
    };
    expect(damaged((tree) => tree.feature.splice(0, 1, 99))).toThrow(/damaged/);
    expect(damaged((tree) => tree.feature.splice(-1, 1))).toThrow(/damaged/);
    expect(damaged((tree) => tree.feature.splice(-1, 1, -1000))).toThrow(/damaged/);
    expect(damaged((tree) => tree.threshold.splice(0, 1, 'x'))).toThrow(/damaged/);
    expect(damaged((tree) => tree.leaves.pop())).toThrow(/damaged/);
    expect(() => decisionTree.revive({})).toThrow(/no trees/);
  });

  it('keeps apart neighbouring doubles and very large ones', async () => {
    const values = [1, 1 + Number.EPSILON, -1.7e308, 1.7e308];
    const X4 = denseFromRows(values.map((value) => [value]));
    const y = Uint32Array.of(0, 1, 1, 0);
    for (const Z of [X4, toSparse(X4)]) {
      const fitted = await decisionTree.fit({ X: Z, y, classCount: 2 }, defaults, context);
      expect(Array.from(fitted.predict(Z).probabilities ?? [])).toEqual([1, 0, 0, 1, 0, 1, 1, 0]);
    }
  });
});

/** Weights are known up to a power of two. */
function inUnitsOfLeast(json: ModelJson): ModelJson {
  const trees = json.trees as { weight: number[] }[];
  return { ...json, trees: trees.map((tree) => ({ ...tree, weight: inUnits(tree.weight) })) };
}

function inUnits(weights: number[]): number[] {
  return weights.map((weight) => weight / Math.min(...weights));
}
