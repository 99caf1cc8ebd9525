import { UserError } from '../../../errors.js';
import { type FeatureMatrix, toDense } from '../../matrix/feature-matrix.js';
import { RowEntries } from '../../matrix/row-entries.js';
import { BallIndex } from '../../neighbours/ball-index.js';
import { InvertedIndex } from '../../neighbours/inverted-index.js';
import { NeighbourList } from '../../neighbours/neighbour-list.js';
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
    this.searcher ??= this.makeSearcher();
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

  /** Finds the neighbours of a row by whichever search suits the points; built when first used. */
  private makeSearcher(): (entries: RowEntries) => void {
    const { points, mean, unit, k, multiplicity } = this.model;
    if (points.kind === 'sparse') {
      // Distances do not change when the mean is left out, and zeros stay zeros.
      const scaled = { ...points, values: points.values.map((value, at) => value * unit[points.columnIndex[at]]) };
      const index = new InvertedIndex(scaled, k, multiplicity);
      const values = new Float64Array(points.columns);
      return ({ columns, values: cells, count }) => {
        for (let e = 0; e < count; e++) values[e] = cells[e] * unit[columns[e]];
        index.search(columns, values, count, this.list);
      };
    }
    // A column that is mostly 0 is not centred, so that its zeros stay; distances are the same either way.
    const d = points.columns;
    const filled = new Uint32Array(d);
    points.values.forEach((value, at) => {
      if (value !== 0) filled[at % d]++;
    });
    const shift = mean.map((middle, j) => (2 * filled[j] > points.rows ? middle : 0));
    const scaled = points.values.map((value, at) => (value - shift[at % d]) * unit[at % d]);
    const index = new BallIndex(scaled, d, k, multiplicity);
    const row = new Float64Array(d);
    const columns = new Uint32Array(d);
    const cells = new Float64Array(d);
    return (entries) => {
      row.fill(0);
      for (let e = 0; e < entries.count; e++) row[entries.columns[e]] = entries.values[e];
      let count = 0;
      for (let j = 0; j < d; j++) {
        const x = (row[j] - shift[j]) * unit[j];
        if (x === 0) continue;
        columns[count] = j;
        cells[count++] = x;
      }
      index.search(columns, cells, count, this.list);
    };
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

/** Up to this many columns balls of dense points leave out more work than zeros would save. */
const columnsOfBalls = 256;

/** The rows as they are searched best: dense in balls, or sparse in an inverted index. */
export function searchable(X: FeatureMatrix): FeatureMatrix {
  if (X.kind === 'dense') return X;
  return X.columns <= columnsOfBalls || X.rows * X.columns < 4 * X.values.length ? toDense(X) : X;
}
