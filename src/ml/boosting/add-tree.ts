import type { FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';
import { expandTree, type ExpandedTree, type Tree } from '../trees/tree.js';

/** Values of a block of rows that should stay in the processor's cache while all trees pass over it. */
const blockValues = 32_768;

/**
 * Adds what a tree says of each row of X to its raw value v: raw[i·values + v] += value of its leaf. Missing values go
 * the way the tree knows. O(n · depth).
 */
export function addTree(tree: Tree, X: FeatureMatrix, raw: Float64Array, values: number, v: number): void {
  addTrees([tree], X, raw, values, () => v);
}

/** Adds several trees one after the other; `valueOf` says which raw value the t-th adds to. */
export function addTrees(
  trees: readonly Tree[],
  X: FeatureMatrix,
  raw: Float64Array,
  values: number,
  valueOf: (t: number) => number,
): void {
  const expanded = trees.map(expandTree);
  const blockRows = Math.max(1, Math.min(X.rows, Math.floor(blockValues / Math.max(1, X.columns))));
  const block = X.kind === 'sparse' ? new Float64Array(blockRows * X.columns) : X.values;
  for (let first = 0; first < X.rows; first += blockRows) {
    const last = Math.min(X.rows, first + blockRows);
    if (X.kind === 'sparse') spread(X, first, last, block);
    const from = X.kind === 'sparse' ? 0 : first * X.columns;
    expanded.forEach((tree, t) => {
      addBlock(tree, block, from, X.columns, last - first, raw, first * values + valueOf(t), values);
    });
  }
}

function addBlock(
  { feature, threshold, missingLeft, left, leaves }: ExpandedTree,
  cells: Float64Array,
  from: number,
  columns: number,
  rows: number,
  raw: Float64Array,
  to: number,
  values: number,
): void {
  for (let i = 0, at = from, out = to; i < rows; i++, at += columns, out += values) {
    let node = 0;
    for (let f = feature[0]; f >= 0; f = feature[node]) {
      const value = cells[at + f];
      // A missing value is neither: it is not equal to itself.
      if (value <= threshold[node] || (value !== value && missingLeft?.[node] === 1)) node = left[node];
      else node = left[node] + 1;
    }
    raw[out] += leaves[~feature[node]];
  }
}

/** Rows first … last - 1 of X, dense, at the front of `values`. */
function spread(X: SparseMatrix, first: number, last: number, values: Float64Array): void {
  values.fill(0);
  for (let i = first, offset = 0; i < last; i++, offset += X.columns) {
    for (let k = X.rowStart[i]; k < X.rowStart[i + 1]; k++) values[offset + X.columnIndex[k]] = X.values[k];
  }
}
