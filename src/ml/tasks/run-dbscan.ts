import { bendOf, dbscan, neighbourDistances } from '../clustering/dbscan/dbscan.js';
import { distanceBy, euclideanOf, type Metric } from '../clustering/metric.js';
import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { randomStream } from '../random/stream.js';

export interface RunDbscanShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
  readonly seed: number;
}

export interface DbscanItem {
  /** Null: where the curve of the distances from neighbours bends. */
  readonly radius: number | null;
  readonly least: number;
  /** What the radius and the curve are told in. */
  readonly metric: Metric;
}

/** A whole DBSCAN on a worker, with the distances of some rows from their neighbours where these decide. */
export const runDbscan = defineTask({
  id: 'run-dbscan',
  run(
    { X, seed }: RunDbscanShared,
    { radius, least, metric }: DbscanItem,
    { signal },
  ): { cluster: Int32Array; radius: number; curve: Float64Array } {
    const curve =
      radius === null ? neighbourDistances(X, least, randomStream(seed, 'dbscan-curve'), signal) : new Float64Array(0);
    const used = radius === null ? bendOf(curve) : euclideanOf(metric, radius);
    // Nothing lies within a radius of 0 of anything but its like: the caller tells.
    const cluster = used > 0 ? dbscan(X, used, least, randomStream(seed, 'dbscan'), signal) : new Int32Array(X.rows);
    const inMetric = curve.map((distance) => distanceBy(metric, distance));
    return { cluster, radius: radius ?? distanceBy(metric, used), curve: inMetric };
  },
});
