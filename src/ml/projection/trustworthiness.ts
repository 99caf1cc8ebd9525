import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';
import { CentredRows } from './centred-rows.js';
import { scatterOfRows } from './scatter-matrix.js';

/**
 * How far neighbours in a projection are neighbours in the data (Venna and Kaski 2001; scikit-learn's trustworthiness):
 * 1 where the k nearest of each row are among its k nearest in X, less the farther down they are there. O(n²·(d + k)) time, n² memory.
 * @param X n×d
 * @param coordinates n×components
 * @param k less than n / 2
 */
export function trustworthiness(
  X: FeatureMatrix,
  coordinates: Float64Array,
  components: number,
  k: number,
  signal?: CancelSignal,
): number {
  const n = X.rows;
  if (!(k < n / 2)) throw new RangeError(`${k} neighbours of ${n} rows: fewer than half are needed`);
  const inData = new Float64Array(n);
  const inPicture = new Float64Array(n);
  const distances = new RowDistances(X, signal);
  let penalty = 0;
  for (let i = 0; i < n; i++) {
    if (i % 64 === 0) throwIfCancelled(signal);
    distances.from(i, inData);
    inData[i] = -1;
    for (let j = 0; j < n; j++) {
      let squared = 0;
      for (let c = 0; c < components; c++) {
        squared += (coordinates[i * components + c] - coordinates[j * components + c]) ** 2;
      }
      inPicture[j] = i === j ? -1 : squared;
    }
    // Place 0 is the row itself.
    for (const j of nearest(inPicture, k + 1).subarray(1)) penalty += Math.max(0, rankOf(inData, j) - k);
  }
  return 1 - (2 * penalty) / (n * k * (2 * n - 3 * k - 1));
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

/** How many values come before that of place j, in the same order. */
function rankOf(values: Float64Array, j: number): number {
  let rank = 0;
  for (let l = 0; l < values.length; l++) if (values[l] < values[j] || (values[l] === values[j] && l < j)) rank++;
  return rank;
}

/** Squared distances of rows of X by |x|² + |y|² − 2·x·y, from the products of all pairs. */
class RowDistances {
  private readonly products: Float64Array;

  constructor(
    private readonly X: FeatureMatrix,
    signal: CancelSignal | undefined,
  ) {
    // Dense rows are centred, lest differences drown.
    this.products = X.kind === 'dense' ? scatterOfRows(new CentredRows(X), signal) : productsOfRows(X, signal);
  }

  /** Writes those of row i from all. */
  from(i: number, squared: Float64Array): void {
    const { products } = this;
    const n = this.X.rows;
    const own = products[i * n + i];
    for (let j = 0; j < n; j++) squared[j] = Math.max(0, own + products[j * n + j] - 2 * products[i * n + j]);
  }
}

/** X·Xᵀ, n×n. O(n · entries). */
function productsOfRows(X: SparseMatrix, signal: CancelSignal | undefined): Float64Array {
  const { rows: n, rowStart, columnIndex, values } = X;
  const products = new Float64Array(n * n);
  const row = new Float64Array(X.columns);
  for (let i = 0; i < n; i++) {
    if (i % 64 === 0) throwIfCancelled(signal);
    for (let at = rowStart[i]; at < rowStart[i + 1]; at++) row[columnIndex[at]] = values[at];
    for (let j = i; j < n; j++) {
      let product = 0;
      for (let at = rowStart[j]; at < rowStart[j + 1]; at++) product += values[at] * row[columnIndex[at]];
      products[i * n + j] = products[j * n + i] = product;
    }
    for (let at = rowStart[i]; at < rowStart[i + 1]; at++) row[columnIndex[at]] = 0;
  }
  return products;
}
