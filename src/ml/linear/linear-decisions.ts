import { UserError } from '../../errors.js';
import type { FeatureImportance, FittedClassifier, ModelJson } from '../classifiers/classifier.js';
import { linearContributions } from '../explanation/linear-contributions.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { type LinearModel, linearModelFromJson, linearModelToJson, linearScores, malformed } from './linear-model.js';

/**
 * A linear model over `classCount` classes: one decision function for two classes, otherwise one for each of `present`,
 * the classes that had training rows.
 */
export interface LinearDecisions {
  readonly classCount: number;
  /** Increasing class indexes; [0, 1] for two classes. */
  readonly present: readonly number[];
  readonly linear: LinearModel;
}

/** Decision values of X: length n for two classes, n×k otherwise, `absent` for a class without training rows. */
export function decisionValues({ classCount, present, linear }: LinearDecisions, X: FeatureMatrix, absent: number) {
  if (classCount === 2) {
    const scores = new Float64Array(X.rows);
    linearScores(linear, 0, X, scores);
    return scores;
  }
  const scores = new Float64Array(X.rows * classCount).fill(absent);
  present.forEach((c, k) => linearScores(linear, k, X, scores, c, classCount));
  return scores;
}

/** What every linear classifier can do besides predicting. */
export function linearAbilities(
  model: LinearDecisions,
): Required<Pick<FittedClassifier, 'importance' | 'explain' | 'toJSON'>> {
  const { classCount, present, linear } = model;
  return {
    importance(): FeatureImportance {
      if (classCount === 2) return { kind: 'coefficient', values: [linear.coefficients[0].slice()] };
      const d = linear.mean.length;
      const rows = Array.from({ length: classCount }, () => new Float64Array(d));
      present.forEach((c, k) => rows[c].set(linear.coefficients[k]));
      return { kind: 'coefficient', values: rows };
    },
    explain(X, rows, classIndex) {
      if (classCount === 2) return linearContributions(linear, 0, X, rows, classIndex === 1 ? 1 : -1);
      const index = present.indexOf(classIndex);
      if (index < 0) throw new UserError('the class had no training rows: nothing speaks for it');
      return linearContributions(linear, index, X, rows);
    },
    toJSON: () => ({ classCount, present: [...present], ...linearModelToJson(linear) }),
  };
}

/** The model saved as such JSON; throws UserError where it is malformed. */
export function linearDecisionsFromJson(json: ModelJson): LinearDecisions {
  const { classCount, present } = json;
  if (typeof classCount !== 'number' || !Number.isInteger(classCount) || classCount < 2) {
    throw malformed('classCount is not a whole number of at least 2');
  }
  if (!Array.isArray(present) || !isIncreasing(present, classCount)) {
    throw malformed(`present is not a list of increasing class indexes below ${classCount}`);
  }
  if (classCount === 2 && present.length !== 2) throw malformed('two classes, but not both are present');
  return { classCount, present, linear: linearModelFromJson(json, classCount === 2 ? 1 : present.length) };
}

function isIncreasing(values: readonly unknown[], limit: number): values is number[] {
  let previous = -1;
  for (const value of values) {
    if (typeof value !== 'number' || !Number.isInteger(value) || value <= previous || value >= limit) return false;
    previous = value;
  }
  return values.length >= 2;
}
