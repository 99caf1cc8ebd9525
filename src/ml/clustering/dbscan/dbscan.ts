import { type CancelSignal, throwIfCancelled } from '../../fit-context.js';
import { type FeatureMatrix, selectRows } from '../../matrix/feature-matrix.js';
import { distinctRows } from '../../neighbours/distinct-rows.js';
import { type RandomStream, shuffle } from '../../random/stream.js';
import { CentreDistances, rowLengths } from '../centre-distances.js';
import { RadiusIndex } from './radius-index.js';

/**
 * DBSCAN (Ester, Kriegel, Sander and Xu, KDD 1996) with Euclidean distances: a row with `least` rows within `radius`,
 * itself among them, is in the middle of a cluster, which takes in all rows within its radius. A row on the border of
 * several is taken by the one whose first row comes first, as in scikit-learn. Equal rows are searched for once. Memory
 * O(n): neighbours are not kept. Returns the cluster of each row, -1 for noise.
 */
export function dbscan(
  X: FeatureMatrix,
  radius: number,
  least: number,
  stream: RandomStream,
  signal: CancelSignal | undefined,
): Int32Array {
  const { representative, groupOf } = distinctRows(X);
  const size = new Float64Array(representative.length);
  for (const group of groupOf) size[group]++;
  const index = new RadiusIndex(selectRows(X, representative), stream);
  const cluster = new Int32Array(size.length).fill(-1);
  const searched = new Uint8Array(size.length);
  let clusters = 0;
  for (let seed = 0; seed < size.length; seed++) {
    if (searched[seed] || cluster[seed] >= 0) continue;
    const pending = [seed];
    for (let point = pending.pop(); point !== undefined; point = pending.pop()) {
      throwIfCancelled(signal);
      searched[point] = 1;
      if (!index.isDense(point, radius, size, least)) continue;
      index.claim(point, radius, (other) => {
        cluster[other] = clusters;
        if (!searched[other]) pending.push(other);
      });
    }
    if (cluster[seed] >= 0) clusters++;
  }
  return groupOf.map((group) => cluster[group]);
}

/** Rows whose distance from their neighbours is looked at. */
const curveRows = 400;

/**
 * The distances of some rows from their `least`-th nearest row, themselves counted as the first: ascending.
 * O(400·n·d).
 */
export function neighbourDistances(
  X: FeatureMatrix,
  least: number,
  stream: RandomStream,
  signal: CancelSignal | undefined,
): Float64Array {
  const rows = Uint32Array.from({ length: X.rows }, (_, row) => row);
  shuffle(rows, stream);
  const query = new CentreDistances(X, rowLengths(X), 1);
  const squared = new Float64Array(X.rows);
  const place = Math.min(least, X.rows) - 1;
  return Float64Array.from(rows.subarray(0, curveRows), (row) => {
    throwIfCancelled(signal);
    query.placeAt(0, row);
    for (let other = 0; other < X.rows; other++) squared[other] = query.squared(other, 0);
    return Math.sqrt(smallest(squared, place));
  }).sort();
}

/** The value at `place` in ascending order; found among the few smallest. */
export function smallest(values: Float64Array, place: number): number {
  const kept: number[] = [];
  for (const value of values) {
    if (kept.length > place && value >= kept[place]) continue;
    let at = kept.length;
    while (at > 0 && kept[at - 1] > value) at--;
    kept.splice(at, 0, value);
    if (kept.length > place + 1) kept.pop();
  }
  return kept[place];
}

/** Outliers beyond this share of a curve hide where it bends. */
const bendUpTo = 0.98;

/**
 * The height of an ascending curve where it bends most: farthest below the line from its beginning to its end (Satopää
 * et al. 2011), the last fiftieth left out. 0 where the curve is 0.
 */
export function bendOf(curve: Float64Array): number {
  const last = Math.max(0, Math.floor(bendUpTo * curve.length) - 1);
  const [first, rise] = [curve[0], curve[last] - curve[0]];
  let best = last;
  let deepest = 0;
  if (!(rise > 0)) return curve[last];
  for (let i = 0; i <= last; i++) {
    const depth = i / last - (curve[i] - first) / rise;
    if (depth > deepest) {
      deepest = depth;
      best = i;
    }
  }
  return curve[best];
}
