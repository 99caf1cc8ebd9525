import { rounding, rowLengths } from '../clustering/centre-distances.js';
import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import { othersAtOnce, rowProducts, rowsAtOnce } from '../linear-algebra/row-products.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';

/**
 * How far neighbours in a projection are neighbours in the data (Venna and Kaski 2001; scikit-learn's trustworthiness):
 * 1 where the k nearest of a row are among its k nearest in X, less the farther down they are there. The mean over the
 * first `anchors` rows, each held against all n: in a part of the rows neighbours are farther away, and it comes out worse.
 * O(anchors·n·(d + k)) time, anchors·n memory.
 * @param X n×d, near its means: products of large numbers lose digits
 * @param coordinates n×components
 * @param k less than n / 2
 */
export function trustworthiness(
  X: FeatureMatrix,
  coordinates: Float64Array,
  components: number,
  k: number,
  { anchors = X.rows, signal }: { readonly anchors?: number; readonly signal?: CancelSignal } = {},
): number {
  const n = X.rows;
  if (!(k < n / 2)) throw new RangeError(`${k} neighbours of ${n} rows: fewer than half are needed`);
  const inData = distancesOf(X, anchors, signal);
  const inPicture = new Float64Array(n);
  let penalty = 0;
  for (let i = 0; i < anchors; i++) {
    if (i % 64 === 0) throwIfCancelled(signal);
    inPicture.fill(0);
    for (let c = 0; c < components; c++) addSquares(coordinates, i, c, components, inPicture);
    inPicture[i] = -1;
    const own = inData.subarray(i * n, (i + 1) * n);
    // Place 0 is the row itself.
    for (const rank of ranksOf(own, nearest(inPicture, k + 1).subarray(1))) penalty += Math.max(0, rank - k);
  }
  return 1 - (2 * penalty) / (anchors * k * (2 * n - 3 * k - 1));
}

/** Adds to each sum the squared difference of that row's c-th coordinate from the i-th row's. */
function addSquares(coordinates: Float64Array, i: number, c: number, components: number, sums: Float64Array): void {
  const own = coordinates[i * components + c];
  for (let j = 0, at = c; j < sums.length; j++, at += components) {
    const difference = own - coordinates[at];
    sums[j] += difference * difference;
  }
}

/** Squared distances of the first `anchors` rows from all, by |x|² + |y|² − 2·x·y; anchors×n, a row's from itself -1. */
function distancesOf(X: FeatureMatrix, anchors: number, signal: CancelSignal | undefined): Float64Array {
  const n = X.rows;
  const squared = new Float64Array(anchors * n);
  const lengths = rowLengths(X);
  const rows = rowProducts(X);
  const { products } = rows;
  for (let from = 0; from < n; from += othersAtOnce) {
    throwIfCancelled(signal);
    const others = Math.min(n - from, othersAtOnce);
    rows.others(from, from + others);
    for (let first = 0; first < anchors; first += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, anchors - first);
      rows.multiply(first, count, others);
      for (let q = 0; q < count; q++) {
        const to = (first + q) * n + from;
        writeDistances(lengths[first + q], lengths, from, products.subarray(q), squared.subarray(to, to + others));
      }
    }
  }
  for (let i = 0; i < anchors; i++) squared[i * n + i] = -1;
  return squared;
}

/** Squared distances of a row from those that begin at `from`. */
function writeDistances(
  length: number,
  lengths: Float64Array,
  from: number,
  products: Float64Array,
  squared: Float64Array,
): void {
  for (let o = 0; o < squared.length; o++) {
    const both = length + lengths[from + o];
    const distance = both - 2 * products[rowsAtOnce * o];
    // What rounding leaves of two equal rows.
    squared[o] = distance > rounding * both ? distance : 0;
  }
}

/** The `count` places of the least values, the least first, the first of equals before the others. */
function nearest(values: Float64Array, count: number): Uint32Array {
  const places = new Uint32Array(count);
  let found = 0;
  for (let j = 0; j < values.length; j++) {
    if (found === count && values[j] >= values[places[count - 1]]) continue;
    let at = found < count ? found++ : count - 1;
    for (; at > 0 && values[places[at - 1]] > values[j]; at--) places[at] = places[at - 1];
    places[at] = j;
  }
  return places;
}

/** Of each of some places, the least value first, how many values come before its own, the first of equals before the others. */
function ranksOf(values: Float64Array, places: Uint32Array): Uint32Array {
  const ordered = places.slice().sort((a, b) => values[a] - values[b] || a - b);
  const ranks = new Uint32Array(ordered.length);
  const largest = values[ordered[ordered.length - 1]];
  for (let l = 0; l < values.length; l++) {
    const value = values[l];
    if (value > largest) continue;
    let at = 0;
    while (at < ordered.length && (value > values[ordered[at]] || (value === values[ordered[at]] && l >= ordered[at])))
      at++;
    if (at < ordered.length) ranks[at]++;
  }
  // So far those between a place and the one before it.
  for (let at = 1; at < ranks.length; at++) ranks[at] += ranks[at - 1];
  return ranks;
}
