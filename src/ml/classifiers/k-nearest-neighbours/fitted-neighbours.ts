import { UserError } from '../../../errors.js';
import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { RowEntries } from '../../matrix/row-entries.js';
import { NeighbourList } from '../../neighbours/neighbour-list.js';
import { neighbourSearch } from '../../neighbours/neighbour-search.js';
import type { FittedClassifier, ModelJson, Predictions } from '../classifier.js';
import { type NeighbourModel, neighbourModelJson, readNeighbourModel } from './neighbour-model.js';

/** k nearest neighbours as fitted: the distinct training rows and the votes of each. */
export class FittedNeighbours implements FittedClassifier {
  readonly warnings: readonly string[];
  private readonly list: NeighbourList;
  private searcher: ((entries: RowEntries) => void) | null = null;

  constructor(private readonly model: NeighbourModel) {
    this.list = new NeighbourList(model.k, model.multiplicity);
    const rows = model.multiplicity.reduce((sum, count) => sum + count, 0);
    this.warnings =
      rows < model.k ? [`there are only ${rows} training rows: all of them vote, not the nearest ${model.k}`] : [];
  }

  predict(X: FeatureMatrix): Predictions {
    const { classCount } = this.model;
    if (X.columns !== this.model.points.columns) {
      throw new RangeError(`${X.columns} columns for a model of ${this.model.points.columns}`);
    }
    if (X.values.some(Number.isNaN)) throw new RangeError('neighbours of rows with missing values are not defined');
    const probabilities = new Float64Array(X.rows * classCount);
    const entries = new RowEntries(X);
    this.searcher ??= neighbourSearch(this.model, this.list);
    for (let i = 0; i < X.rows; i++) {
      entries.read(i);
      this.list.clear();
      this.searcher(entries);
      this.vote(probabilities.subarray(i * classCount, (i + 1) * classCount));
    }
    return { classCount, probabilities, scores: null };
  }

  /** The shares of the classes among the neighbours' votes. */
  private vote(shares: Float64Array): void {
    const { votes, classCount, byDistance } = this.model;
    const { points, squaredDistances } = this.list;
    // Equal rows decide alone, as a distance of 0 has an infinite weight.
    const onlyEqual = byDistance && squaredDistances[0] === 0;
    let total = 0;
    for (let i = 0; i < points.length; i++) {
      if (onlyEqual && squaredDistances[i] > 0) break;
      const weight = byDistance && !onlyEqual ? 1 / Math.sqrt(squaredDistances[i]) : 1;
      for (let k = 0; k < classCount; k++) {
        const vote = weight * votes[points[i] * classCount + k];
        shares[k] += vote;
        total += vote;
      }
    }
    for (let k = 0; k < classCount; k++) shares[k] /= total;
  }

  toJSON(): ModelJson {
    return neighbourModelJson(this.model);
  }

  /** Throws UserError where the JSON is not such a model. */
  static revive(json: ModelJson): FittedNeighbours {
    const model = readNeighbourModel(json);
    if (model === null) throw new UserError('the model of nearest neighbours is damaged');
    return new FittedNeighbours(model);
  }
}
