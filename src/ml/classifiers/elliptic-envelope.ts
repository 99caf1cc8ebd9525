import { UserError } from '../../errors.js';
import { scoreThreshold } from '../anomaly/contamination.js';
import { squaredMahalanobis } from '../anomaly/elliptic-envelope/ellipsoid.js';
import { FittedEllipticEnvelope, seenCells } from '../anomaly/elliptic-envelope/fitted-elliptic-envelope.js';
import { robustEllipsoid } from '../anomaly/elliptic-envelope/robust-ellipsoid.js';
import { throwIfCancelled } from '../fit-context.js';
import { denseMatrix, toDense } from '../matrix/feature-matrix.js';
import { defineParams } from '../params.js';
import { columnScaling } from '../preprocessing/standardisation.js';
import { defineClassifier } from './classifier.js';

const params = defineParams({
  contamination: {
    type: 'number',
    default: 0.1,
    min: 0,
    max: 0.5,
    help: 'share of the training rows to be called malicious',
  },
  supportFraction: {
    type: 'number-or-word',
    words: ['auto'],
    default: 'auto',
    min: 0.5,
    max: 1,
    help: 'share of the rows that the ellipsoid is sought among; auto: just over half',
  },
});

/**
 * Elliptic envelope (scikit-learn's name and defaults): the Mahalanobis distance from a robust centre, by the covariance
 * that FastMCD finds; see robustEllipsoid. For features that are about normal. Departures from scikit-learn: constant
 * features are left out; a singular covariance has a thousandth of each variance added, and a warning says so, where
 * scikit-learn does not see those directions at all; rows are put in order first, so that theirs does not matter. Without
 * labels and probabilities.
 */
export const ellipticEnvelope = defineClassifier({
  id: 'elliptic-envelope',
  title: 'Elliptic envelope',
  summary: 'What is far from the bulk of the rows, without any label: for few features with one hump each.',
  params,
  accepts: { sparse: false, missing: false, multiclass: false, weights: false },
  learnsFrom: 'nothing',
  cost: (rows, columns) => ({
    seconds: 0.01 + 2e-9 * columns * columns * (60 * rows + 200 * Math.min(rows, 1500)),
    bytes: 32 * rows * columns + 64 * columns * columns,
  }),
  async fit({ X: given }, { contamination, supportFraction }, { seed, signal }) {
    throwIfCancelled(signal);
    const X = denseMatrix(given.rows, given.columns, inOrder(toDense(given).values, given.columns));
    if (X.rows < 2) throw new UserError('an elliptic envelope needs at least two rows');
    if (X.values.some(Number.isNaN)) throw new RangeError('the covariance of missing values is not defined');
    const { mean, scale, constant } = columnScaling(X);
    const unit = scale.map((width, j) => (constant[j] === 1 ? 0 : 1 / width));
    const cells = seenCells(X, mean, unit);
    const p = cells.length / X.rows;
    const empty = new Float64Array(0);
    if (p === 0) {
      const none = { mean, unit, location: empty, factor: empty, threshold: 0 };
      return new FittedEllipticEnvelope(none, ['every feature is constant: no row is unusual']);
    }
    const { ellipsoid, ridge } = robustEllipsoid(cells, p, supportFraction, seed, signal);
    const { location, factor } = ellipsoid;
    const threshold = scoreThreshold(squaredMahalanobis(cells, p, ellipsoid), contamination);
    const warnings =
      ridge === 0
        ? []
        : [
            `the covariance of the usual rows is singular (features that depend on each other or hardly vary, or too few rows): ${ridge} of each feature's variance was added`,
          ];
    return new FittedEllipticEnvelope({ mean, unit, location, factor, threshold }, warnings);
  },
  revive: FittedEllipticEnvelope.revive,
});

/** The rows (n×d row-major) in the order of their cells: another order of the training rows then gives the same model. */
function inOrder(cells: Float64Array, d: number): Float64Array {
  if (d === 0) return cells;
  const rows = Array.from({ length: cells.length / d }, (_, i) => cells.subarray(i * d, (i + 1) * d));
  rows.sort((a, b) => {
    let j = 0;
    while (j < d - 1 && a[j] === b[j]) j++;
    return a[j] - b[j];
  });
  const ordered = new Float64Array(cells.length);
  rows.forEach((row, i) => ordered.set(row, i * d));
  return ordered;
}
