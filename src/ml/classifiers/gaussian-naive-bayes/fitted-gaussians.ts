import { UserError } from '../../../errors.js';
import type { Explanation } from '../../explanation/explanation.js';
import { type FeatureMatrix, selectRows } from '../../matrix/feature-matrix.js';
import type { FittedClassifier, ModelJson, Predictions } from '../classifier.js';
import { logIntervalProbability } from './interval-probability.js';
import { RowEntries } from '../../matrix/row-entries.js';
import { standardisedCell } from '../../preprocessing/centred-cell.js';

export type VarianceFloor = 'largest-variance' | 'precision';

/** What is known of d features in k classes. */
export interface Gaussians {
  readonly classCount: number;
  /** Length d: a value x is seen as (x − centre) / scale; constant features are not seen at all. */
  readonly centre: Float64Array;
  readonly scale: Float64Array;
  readonly constant: Uint8Array;
  /** Length k; NaN for a class without rows, which is never predicted. */
  readonly logPrior: Float64Array;
  /** k×d, of standardised values. */
  readonly mean: Float64Array;
  /** k×d, > 0. */
  readonly variance: Float64Array;
  /** Length d, in standardised units; null where densities are compared. */
  readonly precision: Float64Array | null;
}

/** A log likelihood stays within this, so that the sum over classes and features is finite. */
const mostUnlikely = -1e300;

/** What a class without rows is given: less than any other. */
const neverSeen = -1.5e300;

/** Gaussian naive Bayes as fitted. Scores are log odds (two classes) or log joint likelihoods (more). */
export class FittedGaussians implements FittedClassifier {
  readonly warnings: readonly string[] = [];
  /** ln of what a density is divided by: k×d. */
  private readonly logNorm: Float64Array;
  private readonly deviation: Float64Array;

  constructor(private readonly model: Gaussians) {
    this.logNorm = model.variance.map((variance) => 0.5 * Math.log(2 * Math.PI * variance));
    this.deviation = model.variance.map(Math.sqrt);
  }

  predict(X: FeatureMatrix): Predictions {
    if (X.values.some(Number.isNaN)) throw new RangeError('naive Bayes cannot be applied to rows with missing values');
    const { classCount } = this.model;
    const joint = this.jointLogLikelihood(X);
    const probabilities = new Float64Array(joint.length);
    for (let i = 0; i < X.rows; i++) softmax(joint, probabilities, i * classCount, classCount);
    const scores = classCount === 2 ? logOdds(joint) : joint;
    return { classCount, probabilities, scores };
  }

  /** ln P(class) + Σ ln p(x | class): n×k. */
  private jointLogLikelihood(X: FeatureMatrix): Float64Array {
    const { classCount, centre, scale, logPrior } = this.model;
    const d = X.columns;
    const joint = new Float64Array(X.rows * classCount);
    const entries = new RowEntries(X);
    const zeros = centre.map((middle, j) => -middle / scale[j]);
    const row = zeros.slice();
    for (let i = 0; i < X.rows; i++) {
      entries.read(i);
      for (let e = 0; e < entries.count; e++) {
        const j = entries.columns[e];
        row[j] = standardisedCell(entries.values[e], centre[j], scale[j]);
      }
      for (let k = 0; k < classCount; k++) {
        joint[i * classCount + k] = Number.isNaN(logPrior[k])
          ? neverSeen
          : Math.max(mostUnlikely, logPrior[k] + this.logLikelihood(row, k * d));
      }
      for (let e = 0; e < entries.count; e++) row[entries.columns[e]] = zeros[entries.columns[e]];
    }
    return joint;
  }

  private logLikelihood(row: Float64Array, offset: number): number {
    const { constant } = this.model;
    let sum = 0;
    for (let j = 0; j < row.length; j++) if (constant[j] === 0) sum += this.logDensity(row[j], j, offset + j);
    return sum;
  }

  /** ln p(x | class) of a standardised value of feature j, whose figures for the class are at `at`. */
  private logDensity(x: number, j: number, at: number): number {
    const { mean, variance, precision } = this.model;
    const difference = x - mean[at];
    if (!precision) return -(this.logNorm[at] + (0.5 * difference * difference) / variance[at]);
    return logIntervalProbability(difference / this.deviation[at], precision[j] / this.deviation[at]);
  }

  /**
   * Contributions to the log odds (two classes) or to the joint log likelihood (more): how much more likely each value
   * is in the class than in the others, in logarithms, on average over them. With two classes the base is the log odds
   * of the priors; with more it also holds what the other classes say, and so differs from row to row.
   */
  explain(X: FeatureMatrix, rows: Uint32Array, classIndex: number): Explanation[] {
    const { classCount, logPrior } = this.model;
    const others = Array.from(logPrior.keys()).filter((k) => k !== classIndex && !Number.isNaN(logPrior[k]));
    if (Number.isNaN(logPrior[classIndex]) || others.length === 0) {
      throw new UserError('only one class had training rows, or this one had none: no feature tells it apart');
    }
    const selected = selectRows(X, rows);
    if (selected.values.some(Number.isNaN)) {
      throw new RangeError('naive Bayes cannot be applied to rows with missing values');
    }
    const entries = new RowEntries(selected);
    return Array.from(rows, (_, i) => {
      entries.read(i);
      const { contributions, elsewhere } = this.contributions(entries, classIndex, others);
      const base = logPrior[classIndex] + (classCount === 2 ? -logPrior[others[0]] : elsewhere);
      return { output: 'score', base, contributions };
    });
  }

  /** ln p(x | class) less its mean over the other classes, feature by feature; and the sum of those means. */
  private contributions(
    entries: RowEntries,
    classIndex: number,
    others: readonly number[],
  ): { contributions: Float64Array; elsewhere: number } {
    const { centre, scale, constant } = this.model;
    const d = centre.length;
    const cells = new Float64Array(d);
    for (let e = 0; e < entries.count; e++) cells[entries.columns[e]] = entries.values[e];
    const contributions = new Float64Array(d);
    let elsewhere = 0;
    for (let j = 0; j < d; j++) {
      if (constant[j] === 1) continue;
      const x = standardisedCell(cells[j], centre[j], scale[j]);
      const logOf = (k: number): number => Math.max(mostUnlikely, this.logDensity(x, j, k * d + j));
      let mean = 0;
      for (const k of others) mean += logOf(k) / others.length;
      contributions[j] = logOf(classIndex) - mean;
      elsewhere += mean;
    }
    return { contributions, elsewhere };
  }

  toJSON(): ModelJson {
    const { classCount, centre, scale, constant, logPrior, mean, variance, precision } = this.model;
    return {
      classCount,
      centre: Array.from(centre),
      scale: Array.from(scale),
      constant: Array.from(constant),
      logPrior: Array.from(logPrior, (value) => (Number.isNaN(value) ? null : value)),
      mean: Array.from(mean),
      variance: Array.from(variance),
      precision: precision ? Array.from(precision) : null,
    };
  }

  /** Throws UserError where the JSON is not such a model. */
  static revive(json: ModelJson): FittedGaussians {
    const { classCount, logPrior } = json;
    const centre = numbers(json, 'centre');
    const d = centre.length;
    if (typeof classCount !== 'number' || !Array.isArray(logPrior) || logPrior.length !== classCount)
      refuse('logPrior');
    return new FittedGaussians({
      classCount: classCount as number,
      centre,
      scale: numbers(json, 'scale', d),
      constant: Uint8Array.from(numbers(json, 'constant', d)),
      logPrior: Float64Array.from(logPrior as (number | null)[], (value) => value ?? Number.NaN),
      mean: numbers(json, 'mean', d * (classCount as number)),
      variance: numbers(json, 'variance', d * (classCount as number)),
      precision: json.precision === null ? null : numbers(json, 'precision', d),
    });
  }
}

function numbers(json: ModelJson, name: string, length?: number): Float64Array {
  const list = json[name];
  if (!Array.isArray(list) || !list.every((item) => typeof item === 'number')) return refuse(name);
  if (length !== undefined && list.length !== length) return refuse(name);
  return Float64Array.from(list);
}

function refuse(name: string): never {
  throw new UserError(`the naive Bayes model is damaged: ${name} is missing or has a wrong length`);
}

/** Probabilities of `count` classes from their joint log likelihoods, without overflow. */
function softmax(joint: Float64Array, out: Float64Array, offset: number, count: number): void {
  let largest = -Infinity;
  for (let k = 0; k < count; k++) largest = Math.max(largest, joint[offset + k]);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    out[offset + k] = Math.exp(joint[offset + k] - largest);
    sum += out[offset + k];
  }
  for (let k = 0; k < count; k++) out[offset + k] /= sum;
}

function logOdds(joint: Float64Array): Float64Array {
  const odds = new Float64Array(joint.length / 2);
  for (let i = 0; i < odds.length; i++) odds[i] = joint[2 * i + 1] - joint[2 * i];
  return odds;
}
