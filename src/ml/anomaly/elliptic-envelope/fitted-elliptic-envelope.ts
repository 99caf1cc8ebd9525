import { UserError } from '../../../errors.js';
import type { FittedClassifier, ModelJson, Predictions } from '../../classifiers/classifier.js';
import { type FeatureMatrix, toDense } from '../../matrix/feature-matrix.js';
import { readNumbers } from '../../neighbours/points-json.js';
import { squaredMahalanobis } from './ellipsoid.js';
import { shiftedCell } from '../../preprocessing/centred-cell.js';

/** A robust centre and covariance of the d features; those that were constant are not seen. */
export interface EnvelopeFigures {
  /** Length d: a cell x is seen as (x − mean) · unit; a unit of 0 leaves the feature out. p features are seen. */
  readonly mean: Float64Array;
  readonly unit: Float64Array;
  /** Length p. */
  readonly location: Float64Array;
  /** p×p: the covariance's Cholesky factor in the upper triangle. */
  readonly factor: Float64Array;
  /** Squared Mahalanobis distance above which a row is called malicious. */
  readonly threshold: number;
}

/** The cells that are seen of each row: n×p row-major. Throws RangeError for a missing cell. */
export function seenCells(X: FeatureMatrix, mean: Float64Array, unit: Float64Array): Float64Array {
  if (X.columns !== unit.length) throw new RangeError(`${X.columns} columns for a model of ${unit.length}`);
  if (X.values.some(Number.isNaN)) throw new RangeError('the distance of a row with missing values is not defined');
  const seen = Array.from(unit.keys()).filter((j) => unit[j] !== 0);
  const { values } = toDense(X);
  const cells = new Float64Array(X.rows * seen.length);
  let to = 0;
  for (let i = 0; i < X.rows; i++)
    for (const j of seen) cells[to++] = shiftedCell(values[i * X.columns + j], mean[j], unit[j]);
  return cells;
}

/** An ellipsoid around what is usual: the decision value is the squared Mahalanobis distance less the threshold. */
export class FittedEllipticEnvelope implements FittedClassifier {
  constructor(
    private readonly figures: EnvelopeFigures,
    readonly warnings: readonly string[],
  ) {}

  predict(X: FeatureMatrix): Predictions {
    const { mean, unit, location, factor, threshold } = this.figures;
    const cells = seenCells(X, mean, unit);
    const p = location.length;
    const distances = p === 0 ? new Float64Array(X.rows) : squaredMahalanobis(cells, p, { location, factor });
    return { classCount: 2, probabilities: null, scores: distances.map((distance) => distance - threshold) };
  }

  toJSON(): ModelJson {
    const { threshold, ...lists } = this.figures;
    const arrays = Object.entries(lists).map(([name, list]) => [name, Array.from(list)]);
    return { classCount: 2, threshold, warnings: this.warnings, ...Object.fromEntries(arrays) };
  }

  /** Throws UserError where the JSON is not such a model. */
  static revive({ mean, unit, location, factor, threshold, warnings }: ModelJson): FittedEllipticEnvelope {
    const damaged = new UserError('the model of an elliptic envelope is damaged');
    if (!Array.isArray(unit) || !Array.isArray(warnings) || !Number.isFinite(threshold)) throw damaged;
    const p = unit.filter((width) => width !== 0).length;
    const figures = {
      mean: readNumbers(mean, unit.length),
      unit: readNumbers(unit, unit.length),
      location: readNumbers(location, p),
      factor: readNumbers(factor, p * p),
    };
    if (!figures.mean || !figures.unit || !figures.location || !figures.factor) throw damaged;
    return new FittedEllipticEnvelope(
      { ...(figures as Omit<EnvelopeFigures, 'threshold'>), threshold: threshold as number },
      warnings as string[],
    );
  }
}
