import type { FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';
import type { Tree } from './tree.js';
import { TreeWalker } from './tree-walker.js';

/** Values of a block of rows that should stay in the processor's cache while all trees pass over it. */
const blockValues = 32_768;

/** Trees are loaded together up to this many nodes. */
const nodesAtOnce = 65_536;

/**
 * Mean class proportions over the trees' leaves: n×k. Trees are added in their order, so the bytes depend neither on
 * blocks nor on the kind of matrix. O(n · trees · depth). Throws RangeError where X has a missing cell.
 */
export function predictMean(trees: readonly Tree[], X: FeatureMatrix, classCount: number): Float64Array {
  if (hasMissing(X.values)) throw new RangeError('a tree cannot be applied to rows with missing values');
  const means = new Float64Array(X.rows * classCount);
  walkBlocks(trees, X, (tree, _, { leaves }, first, rows) => {
    const sums = means.subarray(first * classCount);
    if (classCount === 2) addBinary(tree, leaves, rows, sums);
    else addAny(tree, leaves, rows, sums, classCount);
  });
  for (let i = 0; i < means.length; i++) means[i] /= trees.length;
  if (classCount === 2) for (let i = 0; i < means.length; i += 2) means[i] = 1 - means[i + 1];
  return means;
}

/**
 * The leaf of each row in each tree, as the number of its row of `leaves`: trees×n, tree after tree. O(n · trees · depth),
 * 2 bytes each. Throws RangeError where X has a missing cell, or a tree more than 65,536 leaves.
 */
export function leavesOfRows(trees: readonly Tree[], X: FeatureMatrix): Uint16Array {
  if (hasMissing(X.values)) throw new RangeError('a tree cannot be applied to rows with missing values');
  if (trees.some(({ feature }) => feature.length > 2 * 65_536)) throw new RangeError('a tree has too many leaves');
  const found = new Uint16Array(trees.length * X.rows);
  walkBlocks(trees, X, ({ feature }, t, { leaves }, first, rows) => {
    const at = t * X.rows + first;
    for (let i = 0; i < rows; i++) found[at + i] = ~feature[leaves[i] >>> 4];
  });
  return found;
}

/** What is told of a block of rows that went down the t-th tree: their leaves are in the walker. */
type VisitBlock = (tree: Tree, t: number, walker: TreeWalker, first: number, rows: number) => void;

function walkBlocks(trees: readonly Tree[], X: FeatureMatrix, visit: VisitBlock): void {
  if (X.rows === 0) return;
  const groups = groupTrees(trees);
  const mostNodes = groups.reduce((most, { nodes }) => Math.max(most, nodes), 0);
  const blockRows = Math.max(1, Math.min(512, X.rows, Math.floor(blockValues / Math.max(1, X.columns))));
  const walker = new TreeWalker(mostNodes, blockRows, X.columns);
  let before = 0;
  for (const group of groups) {
    let next = 0;
    for (const tree of group.trees) {
      walker.load(tree, next);
      next += tree.feature.length;
    }
    for (let row = 0; row < X.rows; row += blockRows) {
      const rows = Math.min(blockRows, X.rows - row);
      if (X.kind === 'sparse') spread(X, row, row + rows, walker.values);
      else walker.values.set(X.values.subarray(row * X.columns, (row + rows) * X.columns));
      let root = 0;
      group.trees.forEach((tree, t) => {
        walker.walk(root, rows);
        visit(tree, before + t, walker, row, rows);
        root += tree.feature.length;
      });
    }
    before += group.trees.length;
  }
}

function hasMissing(values: Float64Array): boolean {
  let sum = 0;
  // The difference of a number with itself is NaN where it is NaN or infinite.
  for (let i = 0; i < values.length; i++) sum += values[i] - values[i];
  return Number.isNaN(sum) && values.some(Number.isNaN);
}

/** The trees in their order, in groups of about `nodesAtOnce` nodes. */
function groupTrees(trees: readonly Tree[]): { trees: Tree[]; nodes: number }[] {
  const groups: { trees: Tree[]; nodes: number }[] = [];
  for (const tree of trees) {
    const last = groups.at(-1);
    if (last && last.nodes + tree.feature.length <= nodesAtOnce) {
      last.trees.push(tree);
      last.nodes += tree.feature.length;
    } else {
      groups.push({ trees: [tree], nodes: tree.feature.length });
    }
  }
  return groups;
}

/** Only the second class; the first is the rest. */
function addBinary({ feature, leaves }: Tree, found: Uint32Array, rows: number, sums: Float64Array): void {
  for (let i = 0; i < rows; i++) sums[2 * i + 1] += leaves[2 * ~feature[found[i] >>> 4] + 1];
}

function addAny(
  { feature, leaves }: Tree,
  found: Uint32Array,
  rows: number,
  sums: Float64Array,
  classCount: number,
): void {
  for (let i = 0, out = 0; i < rows; i++, out += classCount) {
    const leaf = classCount * ~feature[found[i] >>> 4];
    for (let k = 0; k < classCount; k++) sums[out + k] += leaves[leaf + k];
  }
}

/** Rows first … last - 1 of X, dense, at the front of `values`. */
function spread(X: SparseMatrix, first: number, last: number, values: Float64Array): void {
  values.fill(0);
  for (let i = first, offset = 0; i < last; i++, offset += X.columns) {
    for (let k = X.rowStart[i]; k < X.rowStart[i + 1]; k++) values[offset + X.columnIndex[k]] = X.values[k];
  }
}
