import { UserError } from '../../errors.js';
import type { FeatureImportance, FittedClassifier, ModelJson, Predictions } from '../classifiers/classifier.js';
import type { Explanation } from '../explanation/explanation.js';
import { treeShap } from '../explanation/tree-shap.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { type Tree, treeFromJson, treeToJson } from '../trees/tree.js';
import { addTrees } from './add-tree.js';
import { logSumExp } from './losses.js';

export interface BoostedTrees {
  /** Round after round, and within a round one for each raw value. */
  readonly trees: readonly Tree[];
  /** Raw values before the first tree: one for two classes, one a class otherwise. */
  readonly start: Float64Array;
  readonly classCount: number;
  /** Length d: shares of what the splits have gained; they sum to 1. */
  readonly importances: Float64Array;
  /** What a raw value of two classes is multiplied by to be log odds: 1, or 2 for the exponential loss. */
  readonly logOdds: number;
}

/** Boosted trees: the score is the start plus the leaves' values, the probability its sigmoid or softmax. */
export class FittedBoosting implements FittedClassifier {
  constructor(
    private readonly model: BoostedTrees,
    readonly warnings: readonly string[] = [],
  ) {}

  predict(X: FeatureMatrix): Predictions {
    const { trees, start, classCount, logOdds } = this.model;
    const values = start.length;
    const scores = new Float64Array(X.rows * values);
    for (let at = 0; at < scores.length; at++) scores[at] = start[at % values];
    addTrees(trees, X, scores, values, (t) => t % values);
    const probabilities = new Float64Array(X.rows * classCount);
    if (values === 1) {
      for (let i = 0; i < X.rows; i++) {
        const p = 1 / (1 + Math.exp(-logOdds * scores[i]));
        probabilities[2 * i] = 1 - p;
        probabilities[2 * i + 1] = p;
      }
    } else {
      for (let i = 0; i < X.rows; i++) {
        const log = logSumExp(scores, i * values, values);
        let sum = 0;
        for (let at = i * values; at < (i + 1) * values; at++) sum += probabilities[at] = Math.exp(scores[at] - log);
        for (let at = i * values; at < (i + 1) * values; at++) probabilities[at] /= sum;
      }
    }
    return { classCount, probabilities, scores };
  }

  importance(): FeatureImportance {
    return { kind: 'impurity', values: [this.model.importances] };
  }

  /** Contributions to the score, by path-dependent TreeSHAP. */
  explain(X: FeatureMatrix, rows: Uint32Array, classIndex: number): Explanation[] {
    const { trees, start } = this.model;
    const values = start.length;
    const value = values === 1 ? 0 : classIndex;
    // Of two classes the first one's score is the second's with the other sign.
    const sign = values === 1 && classIndex === 0 ? -1 : 1;
    const own = trees.filter((_, t) => t % values === value);
    const explained = treeShap({ trees: own, classCount: 1, classIndex: 0, together: 'sum' }, X, rows);
    return explained.map(({ base, contributions }) => ({
      output: 'score',
      base: sign * (start[value] + base),
      // Never -0.
      contributions: contributions.map((contribution) => sign * contribution + 0),
    }));
  }

  toJSON(): ModelJson {
    const { trees, start, classCount, importances, logOdds } = this.model;
    return {
      classCount,
      logOdds,
      start: Array.from(start),
      importances: Array.from(importances),
      trees: trees.map(treeToJson),
    };
  }

  /** Throws UserError where the JSON is not such a model or could not be walked safely. */
  static revive(json: ModelJson): FittedBoosting {
    const { classCount, logOdds, start, importances, trees } = json;
    if (!Number.isInteger(classCount) || (classCount as number) < 2 || !Array.isArray(trees)) return refuse();
    if (!isNumbers(start) || !isNumbers(importances) || (logOdds !== 1 && logOdds !== 2)) return refuse();
    const values = classCount === 2 ? 1 : (classCount as number);
    if (start.length !== values || trees.length % values !== 0) return refuse();
    return new FittedBoosting({
      trees: trees.map((tree) => treeFromJson(tree, importances.length, 1)),
      start: Float64Array.from(start),
      classCount: classCount as number,
      importances: Float64Array.from(importances),
      logOdds,
    });
  }
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number' && Number.isFinite(item));
}

function refuse(): never {
  throw new UserError('the model is not one of boosted trees, or it is damaged');
}
