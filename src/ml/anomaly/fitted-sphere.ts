import { UserError } from '../../errors.js';
import type { FittedClassifier, ModelJson, Predictions } from '../classifiers/classifier.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { Sphere } from './sphere.js';

/** A sphere as a model: the decision value of a row is how far it lies outside. */
export class FittedSphere implements FittedClassifier {
  constructor(
    private readonly sphere: Sphere,
    readonly warnings: readonly string[],
  ) {}

  predict(X: FeatureMatrix): Predictions {
    const scores = this.sphere.score(X);
    if (scores.some(Number.isNaN)) throw new RangeError('a sphere cannot judge rows with missing values');
    return { classCount: 2, probabilities: null, scores };
  }

  toJSON(): ModelJson {
    const { unit, middle, centre, offset } = this.sphere.figures;
    const numbers = (values: Float64Array): number[] => Array.from(values);
    return { classCount: 2, unit: numbers(unit), middle: numbers(middle), centre: numbers(centre), offset };
  }

  /** Throws UserError where the JSON is not such a model. */
  static revive({ unit, middle, centre, offset }: ModelJson): FittedSphere {
    const lists = [unit, middle, centre];
    const isList = (list: unknown): list is number[] => Array.isArray(list) && list.every(Number.isFinite);
    if (!lists.every(isList) || !Number.isFinite(offset)) throw new UserError('the model is no sphere');
    const [u, m, c] = lists.map((list) => Float64Array.from(list as number[]));
    if (u.length !== m.length || u.length !== c.length) throw new UserError('the model is no sphere');
    return new FittedSphere(new Sphere({ unit: u, middle: m, centre: c, offset: offset as number }), []);
  }
}
