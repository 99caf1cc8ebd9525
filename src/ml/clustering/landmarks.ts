import { type FeatureMatrix, sharedFloat64 } from '../matrix/feature-matrix.js';
import type { RandomStream } from '../random/stream.js';
import { CentreDistances, rowLengths } from './centre-distances.js';
import { seedCentres } from './kmeans/seeding.js';

/** Points that all others know their distance from. */
const most = 16;
/** What rounding may add to, or take from, the distance of two rows, for a squared length of 1. */
const roundingOfLength = 1e-6;

/** The distances of all rows from a few points: no two rows are nearer than theirs from any of these differ. */
export interface Landmarks {
  /** At most 16. */
  readonly count: number;
  /** (row, landmark) at row · count + landmark, on shared memory. */
  readonly known: Float64Array;
  /** What a difference may be too large by. */
  readonly slack: number;
}

/**
 * Landmarks of the rows of X (n×d) far from each other (LAESA, Micó, Oncina and Vidal 1994), drawn as the first centres
 * of k-means are. O(16·n·d) time, 16 doubles a row.
 */
export function landmarksOf(X: FeatureMatrix, stream: RandomStream): Landmarks {
  const lengths = rowLengths(X);
  const seeds = new CentreDistances(X, lengths, Math.min(most, X.rows));
  const count = seedCentres(X.rows, seeds, new CentreDistances(X, lengths, 1), stream);
  const known = sharedFloat64(X.rows * count);
  for (let row = 0, at = 0; row < X.rows; row++) {
    for (let r = 0; r < count; r++, at++) known[at] = Math.sqrt(seeds.squared(row, r));
  }
  const longest = lengths.reduce((largest, length) => Math.max(largest, length), 0);
  return { count, known, slack: roundingOfLength * Math.sqrt(longest) };
}
