import { UserError } from '../../../errors.js';
import type { FittedClassifier, ModelJson, Predictions } from '../../classifiers/classifier.js';
import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { RowEntries } from '../../matrix/row-entries.js';
import { NeighbourList } from '../../neighbours/neighbour-list.js';
import { type NeighbourPoints, neighbourSearch } from '../../neighbours/neighbour-search.js';
import { isCount, pointsJson, readNumbers, readPoints } from '../../neighbours/points-json.js';
import { type LocalDensities, localDensity, localOutlierFactor, neighbourhood } from './local-density.js';

/** The distinct training rows, their densities and factors. */
export interface LocalOutlierFactors extends Omit<NeighbourPoints, 'k'>, LocalDensities {
  /** Neighbours that each row is compared with: fewer than the training rows. */
  readonly k: number;
  /** Length m: local outlier factor of each point as a training row. */
  readonly factor: Float64Array;
}

/** Local outlier factors with the one above which a row is called malicious: the decision value is the rest. */
export class FittedLocalOutlierFactor implements FittedClassifier {
  private searcher: ((entries: RowEntries) => void) | null = null;
  private readonly list: NeighbourList;

  constructor(
    private readonly model: LocalOutlierFactors,
    private readonly threshold: number,
    readonly warnings: readonly string[],
  ) {
    this.list = new NeighbourList(model.k + 1, model.multiplicity);
  }

  predict(X: FeatureMatrix): Predictions {
    const { model, list, threshold } = this;
    if (X.columns !== model.points.columns) {
      throw new RangeError(`${X.columns} columns for a model of ${model.points.columns}`);
    }
    if (X.values.some(Number.isNaN)) throw new RangeError('neighbours of rows with missing values are not defined');
    this.searcher ??= neighbourSearch({ ...model, k: model.k + 1 }, list);
    const scores = new Float64Array(X.rows);
    const entries = new RowEntries(X);
    for (let i = 0; i < X.rows; i++) {
      entries.read(i);
      list.clear();
      this.searcher(entries);
      scores[i] = this.factorOfRow() - threshold;
    }
    return { classCount: 2, probabilities: null, scores };
  }

  /** Of the row that was just searched for: a training row's own factor, or a new row's. */
  private factorOfRow(): number {
    const { k, multiplicity, kDistance, density, factor } = this.model;
    if (this.list.squaredDistances[0] === 0) return factor[this.list.points[0]];
    const near = neighbourhood(this.list, multiplicity, k, -1);
    return localOutlierFactor(near, localDensity(near, kDistance), density);
  }

  toJSON(): ModelJson {
    const { k, points, multiplicity, mean, unit, kDistance, density, factor } = this.model;
    const lists = { multiplicity, mean, unit, kDistance, density, factor };
    return {
      classCount: 2,
      k,
      threshold: this.threshold,
      warnings: this.warnings,
      points: pointsJson(points),
      ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, Array.from(list)])),
    };
  }

  /** Throws UserError where the JSON is not such a model. */
  static revive(json: ModelJson): FittedLocalOutlierFactor {
    const damaged = new UserError('the model of local outlier factors is damaged');
    const { k, threshold, warnings } = json;
    const points = readPoints(json.points);
    if (points === null || !isCount(k) || k === 0 || !Number.isFinite(threshold) || !isTexts(warnings)) throw damaged;
    const list = (name: string, length: number): Float64Array => {
      const numbers = readNumbers(json[name], length);
      if (numbers === null) throw damaged;
      return numbers;
    };
    const { rows, columns } = points;
    const model = {
      k,
      points,
      multiplicity: Uint32Array.from(list('multiplicity', rows)),
      mean: list('mean', columns),
      unit: list('unit', columns),
      kDistance: list('kDistance', rows),
      density: list('density', rows),
      factor: list('factor', rows),
    };
    return new FittedLocalOutlierFactor(model, threshold as number, warnings);
  }
}

const isTexts = (list: unknown): list is string[] =>
  Array.isArray(list) && list.every((text) => typeof text === 'string');
