import type { CancelSignal } from '../../fit-context.js';
import { chiSquaredQuantile } from '../../statistics/chi-squared-quantile.js';
import { selectMedian } from '../../preprocessing/median.js';
import { randomStream } from '../../random/stream.js';
import { type Ellipsoid, ellipsoidOf, squaredMahalanobis } from './ellipsoid.js';
import { fastMcd } from './fast-mcd.js';

/** What is added to every variance, in units of that of all rows, where a covariance is singular. */
const ridgeOfSingular = 1e-3;

export interface RobustEllipsoid {
  readonly ellipsoid: Ellipsoid;
  /** Rows of least determinant, ascending. */
  readonly support: Uint32Array;
  /** What had to be added to every variance: 0 where no covariance was singular. */
  readonly ridge: number;
}

/**
 * Robust mean and covariance of rows (n×p row-major, standardised, p >= 1): the minimum covariance determinant, made
 * consistent for normal data by the median distance, and reweighted: the mean and covariance of all rows within the
 * 97.5 % quantile (Rousseeuw and Van Driessen 1999, section 3.3; the same steps as scikit-learn's MinCovDet). Where a
 * covariance is singular (fewer rows than columns, columns that depend on each other or are constant in the support), all
 * is found again with a thousandth of each variance added.
 * @param supportFraction share of the rows in the support; 'auto': (n + p + 1) / 2 of them
 */
export function robustEllipsoid(
  rows: Float64Array,
  p: number,
  supportFraction: number | 'auto',
  seed: number,
  signal: CancelSignal | undefined,
): RobustEllipsoid {
  for (const ridge of [0, ridgeOfSingular]) {
    const found = withRidge(rows, p, supportFraction, ridge, seed, signal);
    if (found) return found;
  }
  throw new RangeError('a covariance with a ridge is not positive definite');
}

function withRidge(
  rows: Float64Array,
  p: number,
  supportFraction: number | 'auto',
  ridge: number,
  seed: number,
  signal: CancelSignal | undefined,
): RobustEllipsoid | null {
  const supportOf = (n: number): number =>
    Math.max(1, Math.min(n, supportFraction === 'auto' ? Math.ceil((n + p + 1) / 2) : Math.floor(supportFraction * n)));
  const stream = randomStream(seed, 'elliptic envelope');
  const fit = fastMcd({ rows, p, supportOf, ridge, stream, signal });
  if (!fit) return null;
  const distances = squaredMahalanobis(rows, p, fit.ellipsoid);
  const correction = selectMedian(distances.slice()) / chiSquaredQuantile(p, 0.5);
  if (!(correction > 0)) return { ...fit, ridge };
  const limit = correction * chiSquaredQuantile(p, 0.975);
  const inside = Uint32Array.from(distances.keys()).filter((i) => distances[i] < limit);
  const ellipsoid = ellipsoidOf(rows, p, inside, ridge, signal);
  return ellipsoid && { ellipsoid, support: fit.support, ridge };
}
