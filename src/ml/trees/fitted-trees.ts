import { UserError } from '../../errors.js';
import type { FeatureImportance, FittedClassifier, ModelJson, Predictions } from '../classifiers/classifier.js';
import type { Explanation } from '../explanation/explanation.js';
import { treeShap } from '../explanation/tree-shap.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { type Tree, treeFromJson, treeToJson } from './tree.js';
import type { GrownTree } from './tree-grower.js';
import { predictMean } from './tree-prediction.js';

/** One tree or many: the probability of a class is the mean of its proportions in the leaves a row falls into. */
export class FittedTrees implements FittedClassifier {
  readonly warnings: readonly string[] = [];

  /** @param importances length d, summing to 1, or all 0 where nothing was split */
  constructor(
    private readonly trees: readonly Tree[],
    private readonly classCount: number,
    private readonly importances: Float64Array,
  ) {}

  static of(grown: readonly GrownTree[], classCount: number, columns: number): FittedTrees {
    const trees = grown.map(({ tree }) => tree);
    return new FittedTrees(trees, classCount, meanImportance(grown, columns));
  }

  predict(X: FeatureMatrix): Predictions {
    const { trees, classCount } = this;
    return { classCount, probabilities: predictMean(trees, X, classCount), scores: null };
  }

  importance(): FeatureImportance {
    return { kind: 'impurity', values: [this.importances] };
  }

  /** Contributions to the probability of a class, by path-dependent TreeSHAP. */
  explain(X: FeatureMatrix, rows: Uint32Array, classIndex: number): Explanation[] {
    const { trees, classCount } = this;
    const contributions = treeShap({ trees, classCount, classIndex, together: 'mean' }, X, rows);
    return contributions.map((of) => ({ output: 'probability', ...of }));
  }

  toJSON(): ModelJson {
    const { classCount, importances, trees } = this;
    return { classCount, importances: Array.from(importances), trees: trees.map(treeToJson) };
  }

  /** Throws UserError where the JSON is not such a model or could not be walked safely. */
  static revive(json: ModelJson): FittedTrees {
    const { classCount, importances, trees } = json;
    const sound =
      Number.isInteger(classCount) && (classCount as number) >= 1 && Array.isArray(importances) && Array.isArray(trees);
    if (!sound || trees.length === 0) throw new UserError('the model has no trees');
    const columns = importances.length;
    const revived = trees.map((tree) => treeFromJson(tree, columns, classCount as number));
    return new FittedTrees(revived, classCount as number, Float64Array.from(importances as number[]));
  }
}

/** Mean of the trees' importances, scaled to sum to 1. Trees of a single leaf have none and do not count. */
function meanImportance(grown: readonly GrownTree[], columns: number): Float64Array {
  const sums = new Float64Array(columns);
  let total = 0;
  for (const { importance } of grown) {
    for (let j = 0; j < columns; j++) {
      sums[j] += importance[j];
      total += importance[j];
    }
  }
  return total > 0 ? sums.map((sum) => sum / total) : sums;
}
