import { denseMatrix, type FeatureMatrix, sharedFloat64 } from '../matrix/feature-matrix.js';
import { rowLengths } from './centre-distances.js';

export const metrics = ['euclidean', 'cosine'] as const;

export type Metric = (typeof metrics)[number];

/** The parameter of the algorithms that can measure distances by angles. */
export const metricParam = {
  type: 'choice',
  words: metrics,
  default: 'euclidean',
  help: 'cosine: instances are near where their features are in proportion, however large they are; for counts of words',
} as const;

/** The distance of that metric for the Euclidean distance of two rows; of rows of length 1 where it is the cosine. */
export function distanceBy(metric: Metric, euclidean: number): number {
  return metric === 'cosine' ? (euclidean * euclidean) / 2 : euclidean;
}

/** What `distanceBy` takes for a distance. */
export function euclideanOf(metric: Metric, distance: number): number {
  return metric === 'cosine' ? Math.sqrt(2 * distance) : distance;
}

/** Rows of X (n×d) divided by their lengths, and how many have none: all their cells are 0, and stay so. */
export function unitRows(X: FeatureMatrix): { readonly X: FeatureMatrix; readonly withoutDirection: number } {
  const lengths = rowLengths(X).map(Math.sqrt);
  const withoutDirection = lengths.reduce((count, length) => count + (length === 0 ? 1 : 0), 0);
  const values = X.kind === 'dense' ? denseMatrix(X.rows, X.columns).values : sharedFloat64(X.values.length);
  for (let row = 0; row < X.rows; row++) {
    const [from, to] =
      X.kind === 'dense' ? [row * X.columns, (row + 1) * X.columns] : [X.rowStart[row], X.rowStart[row + 1]];
    const factor = lengths[row] === 0 ? 0 : 1 / lengths[row];
    for (let at = from; at < to; at++) values[at] = X.values[at] * factor;
  }
  return { X: { ...X, values }, withoutDirection };
}
