import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import { rowLengths } from '../clustering/centre-distances.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';

/**
 * How far neighbours in a projection are neighbours in the data (Venna and Kaski 2001; scikit-learn's trustworthiness):
 * 1 where the k nearest of each row are among its k nearest in X, less the farther down they are there. O(n²·(d + log n)).
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
  const order = new Uint32Array(n);
  const rank = new Uint32Array(n);
  const distances = new RowDistances(X);
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
      order[j] = j;
    }
    order.sort((a, b) => inData[a] - inData[b] || a - b);
    order.forEach((j, place) => {
      rank[j] = place;
    });
    order.sort((a, b) => inPicture[a] - inPicture[b] || a - b);
    // Place 0 is the row itself.
    for (let place = 1; place <= k; place++) penalty += Math.max(0, rank[order[place]] - k);
  }
  return 1 - (2 * penalty) / (n * k * (2 * n - 3 * k - 1));
}

/** Squared distances of one row from all: of sparse rows by |x|² + |y|² − 2·x·y, which costs only their entries. */
class RowDistances {
  private readonly lengths: Float64Array;
  private readonly row: Float64Array;

  constructor(private readonly X: FeatureMatrix) {
    this.lengths = X.kind === 'sparse' ? rowLengths(X) : new Float64Array(0);
    this.row = new Float64Array(X.columns);
  }

  from(i: number, squared: Float64Array): void {
    const { X, row, lengths } = this;
    const { values } = X;
    const d = X.columns;
    if (X.kind === 'dense') {
      for (let j = 0; j < X.rows; j++) {
        let [even, odd] = [0, 0];
        let c = 0;
        for (let a = i * d, b = j * d; c + 1 < d; c += 2) {
          const [x, y] = [values[a + c] - values[b + c], values[a + c + 1] - values[b + c + 1]];
          even += x * x;
          odd += y * y;
        }
        if (c < d) even += (values[i * d + c] - values[j * d + c]) ** 2;
        squared[j] = even + odd;
      }
      return;
    }
    const { rowStart, columnIndex } = X;
    for (let at = rowStart[i]; at < rowStart[i + 1]; at++) row[columnIndex[at]] = values[at];
    for (let j = 0; j < X.rows; j++) {
      let dot = 0;
      for (let at = rowStart[j]; at < rowStart[j + 1]; at++) dot += values[at] * row[columnIndex[at]];
      squared[j] = Math.max(0, lengths[i] + lengths[j] - 2 * dot);
    }
    for (let at = rowStart[i]; at < rowStart[i + 1]; at++) row[columnIndex[at]] = 0;
  }
}
