import { UserError } from '../../../errors.js';
import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { RowEntries } from '../../matrix/row-entries.js';
import { NeighbourList } from '../../neighbours/neighbour-list.js';
import { neighbourSearch } from '../../neighbours/neighbour-search.js';
import { isCount, pointsJson, readNumbers, readPoints } from '../../neighbours/points-json.js';
import type { FittedClassifier, ModelJson, Predictions } from '../classifier.js';

/** What label propagation has learned of m distinct training rows, d features and c classes. */
export interface PropagationModel {
  /** Neighbours that a new row is the mean of; 0: it is the mean of all, nearer ones weighing more (`gamma`). */
  readonly k: number;
  readonly gamma: number;
  readonly classCount: number;
  /** m×d: the distinct rows, as they came. */
  readonly points: FeatureMatrix;
  /** m×c: what the labels became there. */
  readonly shares: Float64Array;
  /** Length d: a cell x is seen as (x − mean)·unit; a unit of 0 leaves the column out. */
  readonly mean: Float64Array;
  readonly unit: Float64Array;
}

/** Labels of the training rows; new rows are the mean of those near them, one that equals a training row is that one. */
export class FittedPropagation implements FittedClassifier {
  private readonly list: NeighbourList;
  private searcher: ((entries: RowEntries) => void) | null = null;

  constructor(
    private readonly model: PropagationModel,
    readonly warnings: readonly string[],
  ) {
    this.list = new NeighbourList(this.searched, this.ones());
  }

  predict(X: FeatureMatrix): Predictions {
    const { classCount, points } = this.model;
    if (X.columns !== points.columns) throw new RangeError(`${X.columns} columns for a model of ${points.columns}`);
    if (X.values.some(Number.isNaN)) throw new RangeError('neighbours of rows with missing values are not defined');
    const probabilities = new Float64Array(X.rows * classCount);
    const entries = new RowEntries(X);
    this.searcher ??= neighbourSearch({ ...this.model, k: this.searched, multiplicity: this.ones() }, this.list);
    for (let i = 0; i < X.rows; i++) {
      entries.read(i);
      this.list.clear();
      this.searcher(entries);
      this.mix(probabilities.subarray(i * classCount, (i + 1) * classCount));
    }
    return { classCount, probabilities, scores: null };
  }

  /** The mean of what was found. */
  private mix(row: Float64Array): void {
    const { shares, classCount, gamma, k } = this.model;
    const { points, squaredDistances } = this.list;
    const nearest = squaredDistances[0];
    const count = nearest === 0 ? 1 : points.length;
    let total = 0;
    for (let i = 0; i < count; i++) {
      // Relative to the nearest, lest all weights of a far row be 0.
      const weight = k > 0 ? 1 : Math.exp(-gamma * (squaredDistances[i] - nearest));
      for (let c = 0; c < classCount; c++) row[c] += weight * shares[points[i] * classCount + c];
      total += weight;
    }
    for (let c = 0; c < classCount; c++) row[c] /= total;
  }

  private get searched(): number {
    const { k, points } = this.model;
    return k > 0 ? k : points.rows;
  }

  private ones(): Uint32Array {
    return new Uint32Array(this.model.points.rows).fill(1);
  }

  toJSON(): ModelJson {
    const { k, gamma, classCount, points, shares, mean, unit } = this.model;
    return {
      k,
      gamma,
      classCount,
      warnings: this.warnings,
      points: pointsJson(points),
      shares: Array.from(shares),
      mean: Array.from(mean),
      unit: Array.from(unit),
    };
  }

  /** Throws UserError where the JSON is not such a model. */
  static revive(json: ModelJson): FittedPropagation {
    const damaged = new UserError('the model of label propagation is damaged');
    const { k, gamma, classCount, warnings } = json;
    const points = readPoints(json.points);
    if (points === null || !isCount(k) || !isCount(classCount) || typeof gamma !== 'number') throw damaged;
    if (!Array.isArray(warnings) || !warnings.every((text) => typeof text === 'string')) throw damaged;
    const shares = readNumbers(json.shares, points.rows * classCount);
    const mean = readNumbers(json.mean, points.columns);
    const unit = readNumbers(json.unit, points.columns);
    if (!shares || !mean || !unit) throw damaged;
    return new FittedPropagation({ k, gamma, classCount, points, shares, mean, unit }, warnings);
  }
}
