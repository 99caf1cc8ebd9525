import { throwIfCancelled } from '../../fit-context.js';
import { type FeatureMatrix, selectRows } from '../../matrix/feature-matrix.js';
import { type RandomStream, shuffle } from '../../random/stream.js';
import { addRow, CentreDistances, rowLengths } from '../centre-distances.js';
import { elkan, type LloydOptions, type LloydOutcome } from './elkan.js';
import { seedCentres } from './seeding.js';

/** Rows of a batch; the first centres are found among ten batches. */
const batchRows = 4096;
const seedingRows = 10 * batchRows;
/** Passes over the data that the batches make up. */
const passes = 3;

/**
 * k-means for many rows (Sculley, WWW 2010): the centres of a whole k-means on a sample are moved by batches of rows drawn
 * in a random order, each row pulling its centre by 1 / (rows that this centre has had); then every row goes to its
 * nearest centre, and the centres to the means of their rows. O(n·k·d) times a small number.
 */
export function miniBatch(
  X: FeatureMatrix,
  lengths: Float64Array,
  clusters: number,
  stream: RandomStream,
  options: LloydOptions,
): LloydOutcome & { readonly centres: Float64Array } {
  const order = Uint32Array.from({ length: X.rows }, (_, i) => i);
  shuffle(order, stream);
  const distances = new CentreDistances(X, lengths, clusters);
  const counts = fromSample(X, order.slice(0, seedingRows).sort(), distances, stream, options);
  const nearest = new Uint32Array(batchRows);
  for (let from = 0; from < passes * X.rows; from += batchRows) {
    throwIfCancelled(options.signal);
    const size = Math.min(batchRows, passes * X.rows - from);
    for (let b = 0; b < size; b++) nearest[b] = distances.nearest(order[(from + b) % X.rows]);
    pull(X, distances, counts, { order, from, nearest, size });
    if (options.spherical) for (let c = 0; c < clusters; c++) distances.makeUnit(c);
  }
  const cluster = new Int32Array(X.rows);
  for (let i = 0; i < X.rows; i++) cluster[i] = distances.nearest(i);
  const inertia = toMeans(X, distances, cluster, options.spherical === true);
  return { cluster, centres: distances.centres, inertia, converged: true };
}

/** Centres of a whole k-means on some rows; returns how many rows each has. */
function fromSample(
  X: FeatureMatrix,
  rows: Uint32Array,
  distances: CentreDistances,
  stream: RandomStream,
  options: LloydOptions,
): Float64Array {
  const sample = selectRows(X, rows);
  const sampleLengths = rowLengths(sample);
  const onSample = new CentreDistances(sample, sampleLengths, distances.clusters);
  seedCentres(sample.rows, onSample, new CentreDistances(sample, sampleLengths, 1), stream);
  const { cluster } = elkan(sample, onSample, options);
  distances.centres.set(onSample.centres);
  const counts = new Float64Array(distances.clusters);
  for (const c of cluster) counts[c]++;
  for (let c = 0; c < distances.clusters; c++) distances.centreChanged(c);
  return counts;
}

interface Batch {
  readonly order: Uint32Array;
  readonly from: number;
  readonly nearest: Uint32Array;
  readonly size: number;
}

/** Moves the centres towards the rows of a batch: each ends at the mean of all rows that it has had. */
function pull(X: FeatureMatrix, distances: CentreDistances, counts: Float64Array, batch: Batch): void {
  const d = X.columns;
  const { centres } = distances;
  const drawn = new Float64Array(distances.clusters);
  for (let b = 0; b < batch.size; b++) drawn[batch.nearest[b]]++;
  for (let c = 0; c < distances.clusters; c++) {
    if (drawn[c] === 0) continue;
    const before = counts[c];
    counts[c] += drawn[c];
    for (let j = c * d; j < (c + 1) * d; j++) centres[j] *= before / counts[c];
  }
  for (let b = 0; b < batch.size; b++) {
    const c = batch.nearest[b];
    addRow(X, batch.order[(batch.from + b) % X.rows], 1 / counts[c], centres, c * d);
  }
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
