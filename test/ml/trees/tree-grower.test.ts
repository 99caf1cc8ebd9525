import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  denseFromRows,
  denseMatrix,
  type FeatureMatrix,
  selectRows,
  toSparse,
} from '../../../src/ml/matrix/feature-matrix.js';
import { randomStream, shuffle } from '../../../src/ml/random/stream.js';
import { binColumns } from '../../../src/ml/trees/binning.js';
import { LocalRows } from '../../../src/ml/trees/local-rows.js';
import { packTrees, unpackTrees } from '../../../src/ml/trees/packed-trees.js';
import { type ExpandedTree, expandTree, treeFromJson, treeToJson } from '../../../src/ml/trees/tree.js';
import type { GrowthOptions } from '../../../src/ml/trees/growth-options.js';
import { TreeGrower } from '../../../src/ml/trees/tree-grower.js';
import { predictMean } from '../../../src/ml/trees/tree-prediction.js';

const free: GrowthOptions = {
  criterion: 'gini',
  splitter: 'best',
  maxDepth: Infinity,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
  maxFeatures: Infinity,
  maxLeafNodes: Infinity,
  minImpurityDecrease: 0,
  exact: true,
};

const problem = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: 4 }))
  .chain(([n, d, classCount]) =>
    fc.record({
      rows: fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: d, maxLength: d }), {
        minLength: n,
        maxLength: n,
      }),
      y: fc.array(fc.nat(classCount - 1), { minLength: n, maxLength: n }),
      weights: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: n, maxLength: n }),
      classCount: fc.constant(classCount),
      criterion: fc.constantFrom('gini' as const, 'entropy' as const),
      minSamplesLeaf: fc.integer({ min: 1, max: 5 }),
      maxLeafNodes: fc.oneof(fc.constant(Infinity), fc.integer({ min: 2, max: 8 })),
    }),
  )
  .filter(({ weights }) => weights.some((weight) => weight > 0));

function grow(
  X: FeatureMatrix,
  y: readonly number[],
  weights: readonly number[],
  k: number,
  options: GrowthOptions,
  keepCodes = false,
) {
  const columns = binColumns(X, 0, X.columns, keepCodes);
  const sane = { ...options, maxFeatures: Math.min(options.maxFeatures, X.columns) };
  const grower = new TreeGrower(columns, Uint32Array.from(y), k, sane);
  return grower.grow(Float64Array.from(weights), randomStream(0, 'test'));
}

/** The leaf that a row falls into. */
function leafOf(tree: ExpandedTree, row: readonly number[]): number {
  let node = 0;
  while (tree.feature[node] >= 0) {
    node = tree.left[node] + (row[tree.feature[node]] <= tree.threshold[node] ? 0 : 1);
  }
  return node;
}

describe('TreeGrower', () => {
  it('puts into each leaf the proportions of the rows that fall there, and enough of them', () => {
    fc.assert(
      fc.property(problem, ({ rows, y, weights, classCount, ...more }) => {
        const { tree, importance } = grow(denseFromRows(rows), y, weights, classCount, { ...free, ...more });
        const expanded = expandTree(tree);
        const inLeaf = new Map<number, { count: number; weight: number[] }>();
        rows.forEach((row, i) => {
          if (weights[i] === 0) return;
          const leaf = leafOf(expanded, row);
          const held = inLeaf.get(leaf) ?? { count: 0, weight: new Array<number>(classCount).fill(0) };
          held.count++;
          held.weight[y[i]] += weights[i];
          inLeaf.set(leaf, held);
        });
        const leaves = tree.feature.filter((feature) => feature < 0).length;
        expect(inLeaf.size).toBe(leaves);
        expect(leaves).toBeLessThanOrEqual(more.maxLeafNodes);
        for (const [leaf, { count, weight }] of inLeaf) {
          const total = weight.reduce((sum, part) => sum + part, 0);
          const at = ~tree.feature[leaf] * classCount;
          weight.forEach((part, k) => expect(tree.leaves[at + k]).toBeCloseTo(part / total, 12));
          if (leaves > 1) expect(count).toBeGreaterThanOrEqual(more.minSamplesLeaf);
        }
        const sum = importance.reduce((total, part) => total + part, 0);
        expect(sum === 0 || Math.abs(sum - 1) < 1e-12).toBe(true);
      }),
    );
  });

  it('splits the root at the boundary that a look at all of them finds best', () => {
    fc.assert(
      fc.property(problem, ({ rows, y, weights, classCount, criterion, minSamplesLeaf }) => {
        const options = { ...free, criterion, minSamplesLeaf, maxDepth: 1 };
        const { tree } = grow(denseFromRows(rows), y, weights, classCount, options);
        const impurityOf = (part: number[]): number => {
          const counts = new Array<number>(classCount).fill(0);
          for (const i of part) counts[y[i]] += weights[i];
          const total = counts.reduce((sum, count) => sum + count, 0);
          const shares = counts.filter((count) => count > 0).map((count) => count / total);
          const gini = 1 - shares.reduce((sum, share) => sum + share * share, 0);
          const entropy = -shares.reduce((sum, share) => sum + share * Math.log2(share), 0);
          return total * (criterion === 'gini' ? gini : entropy);
        };
        const present = rows.map((_, i) => i).filter((i) => weights[i] > 0);
        const split = (j: number, threshold: number) => {
          const left = present.filter((i) => rows[i][j] <= threshold);
          const right = present.filter((i) => rows[i][j] > threshold);
          return Math.min(left.length, right.length) < minSamplesLeaf ? Infinity : impurityOf(left) + impurityOf(right);
        };
        const candidates = rows[0].flatMap((_, j) => [0, 1, 2, 3, 4, 5].map((value) => split(j, value + 0.5)));
        const pure = new Set(present.map((i) => y[i])).size === 1;
        const best = Math.min(...candidates);
        if (pure || best === Infinity) expect(tree.feature.length).toBe(1);
        else expect(split(tree.feature[0], tree.threshold[0])).toBeCloseTo(best, 9);
      }),
    );
  });

  it('grows from lists the tree it grows from codes', () => {
    // Few entries a column, so that the sparse columns are kept as lists only.
    const stream = randomStream(3, 'lists');
    const X = denseMatrix(2000, 6);
    for (let e = 0; e < 120; e++) X.values[stream.below(12_000)] = 1 + stream.below(5) - 2.5;
    const y = Array.from({ length: 2000 }, (_, i) =>
      X.values[6 * i] + X.values[6 * i + 3] > 0 || stream.below(20) === 0 ? 1 : 0,
    );
    const weights = y.map((_, i) => i % 4);
    const sparse = toSparse(X);
    expect(binColumns(sparse, 0, 6, false).every((column) => column.codes === null)).toBe(true);
    for (const splitter of ['best', 'random'] as const) {
      const options = { ...free, splitter, maxFeatures: 2 };
      expect(grow(sparse, y, weights, 2, options)).toEqual(grow(X, y, weights, 2, options));
    }
  });

  it('grows with the kernel the tree it grows without, and from permuted rows', () => {
    const cell = fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 400 }),
    );
    const wide = fc
      .tuple(fc.integer({ min: 2, max: 300 }), fc.integer({ min: 1, max: 5 }), fc.integer())
      .chain(([n, d, seed]) =>
        fc.record({
          values: fc.array(cell, { minLength: n * d, maxLength: n * d }),
          absent: fc.integer({ min: 0, max: 4 }),
          exact: fc.boolean(),
          classCount: fc.integer({ min: 2, max: 3 }),
          keepCodes: fc.boolean(),
          shape: fc.constant({ n, d, seed }),
        }),
      );
    fc.assert(
      fc.property(wide, ({ values, absent, exact, classCount, keepCodes, shape: { n, d, seed } }) => {
        const stream = randomStream(seed, 'kernel');
        const X = denseMatrix(n, d, Float64Array.from(values));
        const y = Array.from({ length: n }, (_, i) =>
          values[i * d] + stream.below(3) > 2 ? stream.below(classCount) : 0,
        );
        const weights = y.map((_, i) => (i % 5 === absent - 1 ? 0 : 1));
        if (!weights.includes(1)) return;
        const order = Uint32Array.from(y.keys());
        shuffle(order, stream);
        const options = { ...free, exact, maxFeatures: 2 };
        const trees = [options, { ...options, useKernel: false }].flatMap((each) =>
          [X, toSparse(X)].map((matrix) => grow(matrix, y, weights, classCount, each, keepCodes)),
        );
        const permuted = (of: readonly number[]): number[] => Array.from(order, (row) => of[row]);
        trees.push(grow(selectRows(X, order), permuted(y), permuted(weights), classCount, options, keepCodes));
        for (const tree of trees.slice(1)) expect(tree).toEqual(trees[0]);
      }),
      { numRuns: 50 },
    );
  });

  it('grows large nodes with the kernel as without', () => {
    const stream = randomStream(8, 'large nodes');
    const n = 40_000;
    const X = denseMatrix(n, 4);
    for (let i = 0; i < n; i++) {
      // Many values; many values with a common one; few values; two.
      X.values.set([stream.float(), stream.below(5) ? 0 : stream.float(), stream.below(200), stream.below(2)], 4 * i);
    }
    const y = Array.from({ length: n }, (_, i) => (X.values[4 * i] + X.values[4 * i + 1] > stream.float() ? 1 : 0));
    const weights = new Array<number>(n).fill(1);
    for (const exact of [true, false]) {
      const options = { ...free, exact, maxFeatures: 2, maxDepth: 8 };
      const tree = grow(X, y, weights, 2, options);
      expect(grow(X, y, weights, 2, { ...options, useKernel: false })).toEqual(tree);
      expect(grow(toSparse(X), y, weights, 2, options)).toEqual(tree);
    }
  });

  it('packs trees for the threads and unpacks the same', () => {
    const stream = randomStream(7, 'pack');
    const X = denseFromRows(Array.from({ length: 300 }, () => [stream.normal(), stream.below(4)]));
    const y = Array.from({ length: 300 }, () => stream.below(3));
    const grown = [free, { ...free, maxDepth: 1 }, { ...free, minSamplesSplit: 400 }].map((options) =>
      grow(X, y, new Array<number>(300).fill(1), 3, options),
    );
    const unknown = { ...grown[0], tree: { ...grown[0].tree, leafWeight: null } };
    expect(unpackTrees(packTrees([...grown, unknown], 2))).toEqual([...grown, unknown]);
  });

  it('grows the same tree with one grower as with a new one', () => {
    const stream = randomStream(4, 'reuse');
    const rows = Array.from({ length: 200 }, () => [stream.below(9), stream.normal(), stream.below(2)]);
    const X = denseFromRows(rows);
    const y = Uint32Array.from(rows, ([a, b]) => (a + b > 4 ? 1 : 0));
    const columns = binColumns(X, 0, 3);
    const options = { ...free, maxFeatures: 1 };
    const grower = new TreeGrower(columns, y, 2, options);
    const weights = new Float64Array(200).fill(1);
    grower.grow(
      weights.map((_, i) => i % 2),
      randomStream(9, 'first'),
    );
    const fresh = new TreeGrower(columns, y, 2, options).grow(weights, randomStream(0, 'second'));
    expect(grower.grow(weights, randomStream(0, 'second'))).toEqual(fresh);
  });

  it('grows large trees on copies of the lower nodes, dense and sparse alike', () => {
    const stream = randomStream(6, 'large');
    const [n, d] = [12_000, 90];
    const X = denseMatrix(
      n,
      d,
      Float64Array.from({ length: n * d }, () => stream.float()),
    );
    const y = Array.from({ length: n }, (_, i) => (X.values[i * d] > 0.5 ? 1 : 0) + stream.below(2));
    const weights = y.map((_, i) => i % 3);
    const options = { ...free, maxFeatures: 9, exact: false };
    const columns = binColumns(X, 0, d);
    expect(LocalRows.isWorthwhile(columns, n, options)).toBe(true);
    const { tree } = grow(X, y, weights, 3, options);
    const predicted = predictMean([tree], X, 3);
    y.forEach((k, i) => expect(weights[i] === 0 || predicted[3 * i + k] === 1).toBe(true));
    expect(grow(toSparse(X), y, weights, 3, options).tree).toEqual(tree);
  });

  it('keeps a tree through JSON, and predicts the same blockwise from either kind of matrix', () => {
    const stream = randomStream(5, 'json');
    const rows = Array.from({ length: 1500 }, () => [stream.normal(), 0, stream.below(3) === 0 ? stream.normal() : 0]);
    const X = denseFromRows(rows);
    const y = rows.map(([a, , c]) => (a > 1 ? 2 : c > 0 ? 1 : stream.below(3)));
    const { tree } = grow(X, y, new Array<number>(1500).fill(1), 3, free);
    const revived = treeFromJson(JSON.parse(JSON.stringify(treeToJson(tree))), 3, 3);
    expect(revived).toEqual(tree);
    const predicted = predictMean([tree, revived], X, 3);
    expect(predictMean([tree, revived], toSparse(X), 3)).toEqual(predicted);
    y.forEach((k, i) => expect(predicted[3 * i + k]).toBe(1));
  });
});
