import { type CancelSignal, throwIfCancelled } from '../../fit-context.js';
import { choleskyInPlace } from '../../kernels/cholesky.js';

/** A share of a column's variance smaller than this, once the other columns are known, is rounding. */
const leastOwnShare = 1e-12;

/** A centre and the inverse of a covariance, by its Cholesky factor. */
export interface Ellipsoid {
  /** Length p. */
  readonly location: Float64Array;
  /** p×p, row-major: U with covariance UᵀU in its upper triangle. */
  readonly factor: Float64Array;
  readonly logDeterminant: number;
}

/**
 * Mean and covariance (maximum likelihood) of some rows, null where the covariance is singular. O(rows · p²).
 * @param rows n×p row-major
 * @param ridge added to every variance
 */
export function ellipsoidOf(
  rows: Float64Array,
  p: number,
  of: Uint32Array,
  ridge: number,
  signal?: CancelSignal,
): Ellipsoid | null {
  // Around their mean, m rows vary in m − 1 directions at most.
  if (ridge === 0 && of.length <= p) return null;
  const location = new Float64Array(p);
  for (const row of of) for (let j = 0; j < p; j++) location[j] += rows[row * p + j];
  for (let j = 0; j < p; j++) location[j] /= of.length;
  const factor = new Float64Array(p * p);
  const centred = new Float64Array(p);
  for (const row of of) {
    throwIfCancelled(signal);
    for (let j = 0; j < p; j++) centred[j] = rows[row * p + j] - location[j];
    for (let i = 0; i < p; i++) {
      const x = centred[i];
      if (x === 0) continue;
      for (let j = i, at = i * p + i; j < p; j++, at++) factor[at] += x * centred[j];
    }
  }
  for (let at = 0; at < factor.length; at++) factor[at] /= of.length;
  const variance = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    factor[j * p + j] += ridge;
    variance[j] = factor[j * p + j];
  }
  if (!choleskyInPlace(factor, p, signal)) return null;
  let logDeterminant = 0;
  for (let j = 0; j < p; j++) {
    const pivot = factor[j * p + j];
    if (pivot * pivot < leastOwnShare * variance[j]) return null;
    logDeterminant += 2 * Math.log(pivot);
  }
  return { location, factor, logDeterminant };
}

/** Squared Mahalanobis distance of each row (n×p row-major) from the centre. O(n · p²). */
export function squaredMahalanobis(
  rows: Float64Array,
  p: number,
  { location, factor }: Pick<Ellipsoid, 'location' | 'factor'>,
): Float64Array {
  const n = p === 0 ? 0 : rows.length / p;
  const distances = new Float64Array(n);
  const rest = new Float64Array(p);
  for (let row = 0; row < n; row++) {
    for (let j = 0; j < p; j++) rest[j] = rows[row * p + j] - location[j];
    let sum = 0;
    for (let i = 0; i < p; i++) {
      const z = rest[i] / factor[i * p + i];
      sum += z * z;
      for (let j = i + 1, at = i * p + i + 1; j < p; j++, at++) rest[j] -= factor[at] * z;
    }
    distances[row] = sum;
  }
  return distances;
}
