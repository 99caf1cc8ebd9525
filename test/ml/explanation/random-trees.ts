import * as fc from 'fast-check';
import { type ExpandedTree, expandTree, type Tree } from '../../../src/ml/trees/tree.js';
import { TreeBuilder } from '../../../src/ml/trees/tree-builder.js';

/** A tree to draw: an inner node, or a leaf with the weights of its classes. */
type Drawn = { feature: number; threshold: number; left: Drawn; right: Drawn } | { classWeights: number[] };

/** Trees over `columns` features and `classCount` classes; features and thresholds repeat along a path. */
export function trees(columns: number, classCount: number, maxDepth: number): fc.Arbitrary<Tree> {
  const weights = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1000 })), {
    minLength: classCount,
    maxLength: classCount,
  });
  const leaf = fc.oneof(
    weights.filter((drawn) => drawn.some((weight) => weight > 0)),
    fc.nat(classCount - 1).chain((only) =>
      fc.integer({ min: 1, max: 10_000 }).map((weight) => {
        const pure = new Array<number>(classCount).fill(0);
        pure[only] = weight;
        return pure;
      }),
    ),
  );
  const leaves = leaf.map((classWeights): Drawn => ({ classWeights }));
  const grow = (depth: number): fc.Arbitrary<Drawn> =>
    depth === 0
      ? leaves
      : fc.oneof(
          { weight: 1, arbitrary: leaves },
          {
            weight: 4,
            arbitrary: fc.record({
              feature: fc.nat(columns - 1),
              threshold: fc.constantFrom(-1, -0.5, 0, 0.5, 1),
              left: grow(depth - 1),
              right: grow(depth - 1),
            }),
          },
        );
  return grow(maxDepth).map((drawn) => build(drawn, classCount));
}

function build(root: Drawn, classCount: number): Tree {
  const builder = new TreeBuilder(classCount);
  const add = (drawn: Drawn, node: number): void => {
    if ('classWeights' in drawn) {
      const total = drawn.classWeights.reduce((sum, weight) => sum + weight, 0);
      const only = drawn.classWeights.indexOf(total);
      if (only >= 0) builder.setPureLeaf(node, only, total);
      else builder.setLeaf(node, Float64Array.from(drawn.classWeights), total);
      return;
    }
    const left = builder.add();
    const right = builder.add();
    builder.setInner(node, drawn.feature, drawn.threshold, left);
    add(drawn.left, left);
    add(drawn.right, right);
  };
  add(root, builder.add());
  return builder.build();
}

/** A row of cells at and between the thresholds. */
export function rowsOf(columns: number): fc.Arbitrary<number[]> {
  const cell = fc.constantFrom(-2, -1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1, 2);
  return fc.array(cell, { minLength: columns, maxLength: columns });
}

/** What trees say of a row when the features of `known` alone are known (Lundberg and others 2020, algorithm 1). */
function conditionalExpectation(tree: ExpandedTree, row: readonly number[], known: number, k: number): number {
  const { feature, threshold, left, leaves, weight } = tree;
  const classCount = leaves.length / (1 + Math.max(...[...feature].map((f) => ~f)));
  const visit = (node: number): number => {
    const f = feature[node];
    if (f < 0) return leaves[~f * classCount + k];
    const [a, b] = [left[node], left[node] + 1];
    if ((known >>> f) & 1) return visit(row[f] <= threshold[node] ? a : b);
    if (!weight) throw new Error('the tree has no weights');
    return (weight[a] * visit(a) + weight[b] * visit(b)) / (weight[a] + weight[b]);
  };
  return visit(0);
}

/** Shapley values by their definition: every coalition of features. O(2^d · d · nodes). */
export function shapleyValues(forest: readonly Tree[], row: readonly number[], k: number) {
  const d = row.length;
  const values = Float64Array.from({ length: 2 ** d }, (_, known) => {
    const each = forest.map((tree) => conditionalExpectation(expandTree(tree), row, known, k));
    return each.reduce((sum, value) => sum + value, 0) / forest.length;
  });
  const contributions = row.map((_, j) => {
    let sum = 0;
    for (let known = 0; known < values.length; known++) {
      if ((known >>> j) & 1) continue;
      const size = countBits(known);
      sum += (factorial(size) * factorial(d - size - 1) * (values[known | (1 << j)] - values[known])) / factorial(d);
    }
    return sum;
  });
  return { base: values[0], contributions };
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest &= rest - 1) count++;
  return count;
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}
