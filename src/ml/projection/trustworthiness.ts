import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { squaredDistance } from '../matrix/squared-distance.js';

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
  let penalty = 0;
  for (let i = 0; i < n; i++) {
    if (i % 64 === 0) throwIfCancelled(signal);
    for (let j = 0; j < n; j++) {
      inData[j] = i === j ? -1 : squaredDistance(X, i, j);
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
