import { throwIfCancelled } from '../../fit-context.js';
import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { type RandomStream, shuffle } from '../../random/stream.js';
import { addRow, type CentreDistances } from '../centre-distances.js';
import type { LloydOptions, LloydOutcome } from './elkan.js';
import { type NearestCentres, nearestCentres } from './nearest-centres.js';

/** Rows of a batch. */
const batchRows = 4096;
/** Rounds over all rows at the end, while they gain more than this share of the inertia. */
const lastRounds = 10;
const worthwhile = 1e-4;

/**
 * k-means for many rows (Sculley, WWW 2010): centres are moved by batches of rows in a random order, each row once,
 * pulling its centre by 1 / (rows that this centre has had); then come at most ten rounds of Lloyd's algorithm over all
 * rows. Starts from, and leaves, the centres of `distances`. O(n·k·d) times a small number.
 * @param counts length k: rows that each centre has had before, changed in place
 */
export function miniBatch(
  X: FeatureMatrix,
  distances: CentreDistances,
  counts: Float64Array,
  stream: RandomStream,
  options: LloydOptions,
): LloydOutcome {
  const order = Uint32Array.from({ length: X.rows }, (_, i) => i);
  const finder = nearestCentres(X, distances);
  const rows = order.slice();
  shuffle(rows, stream);
  const nearest = new Int32Array(batchRows);
  for (let from = 0; from < rows.length; from += batchRows) {
    throwIfCancelled(options.signal);
    const batch = rows.subarray(from, from + batchRows);
    finder.refresh();
    finder.of(batch, nearest);
    pull(X, distances, counts, batch, nearest);
    if (options.spherical) for (let c = 0; c < distances.clusters; c++) distances.makeUnit(c);
  }
  const cluster = new Int32Array(X.rows);
  let inertia = Number.POSITIVE_INFINITY;
  for (let round = 0; round < Math.min(lastRounds, options.maxIterations); round++) {
    const before = inertia;
    assign(order, cluster, finder, options);
    inertia = toMeans(X, distances, cluster, options.spherical === true);
    if (before - inertia < worthwhile * inertia) break;
  }
  return { cluster, inertia, converged: true };
}

/** Every row to its nearest centre. */
function assign(order: Uint32Array, cluster: Int32Array, finder: NearestCentres, { signal }: LloydOptions): void {
  finder.refresh();
  for (let from = 0; from < order.length; from += batchRows) {
    throwIfCancelled(signal);
    finder.of(order.subarray(from, from + batchRows), cluster.subarray(from));
  }
}

/** Moves the centres towards the rows of a batch: each ends at the mean of all rows that it has had. */
function pull(
  X: FeatureMatrix,
  distances: CentreDistances,
  counts: Float64Array,
  batch: Uint32Array,
  nearest: Int32Array,
): void {
  const d = X.columns;
  const { centres } = distances;
  const drawn = new Float64Array(distances.clusters);
  for (let b = 0; b < batch.length; b++) drawn[nearest[b]]++;
  for (let c = 0; c < distances.clusters; c++) {
    if (drawn[c] === 0) continue;
    const before = counts[c];
    counts[c] += drawn[c];
    for (let j = c * d; j < (c + 1) * d; j++) centres[j] *= before / counts[c];
  }
  for (let b = 0; b < batch.length; b++) addRow(X, batch[b], 1 / counts[nearest[b]], centres, nearest[b] * d);
  for (let c = 0; c < distances.clusters; c++) if (drawn[c] > 0) distances.centreChanged(c);
}

/** Moves each centre to the mean of its rows, or its direction; returns the inertia. */
function toMeans(X: FeatureMatrix, distances: CentreDistances, cluster: Int32Array, spherical: boolean): number {
  const d = X.columns;
  const counts = new Float64Array(distances.clusters);
  for (const c of cluster) counts[c]++;
  const sums = new Float64Array(distances.centres.length);
  for (let i = 0; i < X.rows; i++) addRow(X, i, 1, sums, cluster[i] * d);
  for (let c = 0; c < distances.clusters; c++) {
    if (counts[c] === 0) continue;
    for (let j = c * d; j < (c + 1) * d; j++) distances.centres[j] = sums[j] / counts[c];
    if (spherical) distances.makeUnit(c);
    else distances.centreChanged(c);
  }
  let inertia = 0;
  for (let i = 0; i < X.rows; i++) inertia += distances.squared(i, cluster[i]);
  return inertia;
}
