import type { FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';
import type { Tree } from './tree.js';

/** Values of a block of rows that should stay in the processor's cache while all trees pass over it. */
const blockValues = 65_536;

/**
 * Mean class proportions over the trees' leaves: n×k. Trees are added in their order, so the bytes depend neither on
 * blocks nor on the kind of matrix. O(n · trees · depth). Throws RangeError where X has a missing cell.
 */
export function predictMean(trees: readonly Tree[], X: FeatureMatrix, classCount: number): Float64Array {
  if (X.values.some(Number.isNaN)) throw new RangeError('a tree cannot be applied to rows with missing values');
  const means = new Float64Array(X.rows * classCount);
  const blockRows = Math.max(1, Math.min(512, Math.floor(blockValues / Math.max(1, X.columns))));
  const buffer = X.kind === 'sparse' ? new Float64Array(blockRows * X.columns) : undefined;
  for (let first = 0; first < X.rows; first += blockRows) {
    const last = Math.min(X.rows, first + blockRows);
    let values: Float64Array;
    let offset = 0;
    if (X.kind === 'sparse') {
      values = buffer as Float64Array;
      spread(X, first, last, values);
    } else {
      values = X.values;
      offset = first * X.columns;
    }
    for (const tree of trees) {
      if (classCount === 2) addBinary(tree, values, offset, X.columns, last - first, means, first);
      else addAny(tree, values, offset, X.columns, last - first, means, first, classCount);
    }
  }
  if (classCount === 2) {
    for (let i = 0; i < X.rows; i++) {
      const malicious = means[2 * i + 1] / trees.length;
      means[2 * i] = 1 - malicious;
      means[2 * i + 1] = malicious;
    }
  } else {
    for (let i = 0; i < means.length; i++) means[i] /= trees.length;
  }
  return means;
}

/** Rows first … last - 1 of X, dense, at the front of `values`. */
function spread(X: SparseMatrix, first: number, last: number, values: Float64Array): void {
  values.fill(0);
  for (let i = first, offset = 0; i < last; i++, offset += X.columns) {
    for (let k = X.rowStart[i]; k < X.rowStart[i + 1]; k++) values[offset + X.columnIndex[k]] = X.values[k];
  }
}

function addBinary(
  tree: Tree,
  values: Float64Array,
  offset: number,
  columns: number,
  rows: number,
  sums: Float64Array,
  firstRow: number,
): void {
  const { feature, threshold, left, leaves } = tree;
  for (let i = 0, at = offset, out = 2 * firstRow + 1; i < rows; i++, at += columns, out += 2) {
    let node = 0;
    let f = feature[0];
    while (f >= 0) {
      node = left[node] + (values[at + f] <= threshold[node] ? 0 : 1);
      f = feature[node];
    }
    sums[out] += leaves[2 * ~f + 1];
  }
}

function addAny(
  tree: Tree,
  values: Float64Array,
  offset: number,
  columns: number,
  rows: number,
  sums: Float64Array,
  firstRow: number,
  classCount: number,
): void {
  const { feature, threshold, left, leaves } = tree;
  for (let i = 0, at = offset, out = classCount * firstRow; i < rows; i++, at += columns, out += classCount) {
    let node = 0;
    let f = feature[0];
    while (f >= 0) {
      node = left[node] + (values[at + f] <= threshold[node] ? 0 : 1);
      f = feature[node];
    }
    for (let k = 0, leaf = classCount * ~f; k < classCount; k++) sums[out + k] += leaves[leaf + k];
  }
}
