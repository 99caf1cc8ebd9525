import { UserError } from '../../../errors.js';
import type { FittedClassifier, ModelJson, Predictions } from '../../classifiers/classifier.js';
import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { treeFromJson, treeToJson } from '../../trees/tree.js';
import { anomalyScores, type IsolationForest } from './isolation-forest.js';

/** An isolation forest with the anomaly score above which a row is called malicious: its decision value is the rest. */
export class FittedIsolationForest implements FittedClassifier {
  readonly warnings: readonly string[] = [];

  constructor(
    private readonly forest: IsolationForest,
    private readonly columns: number,
    private readonly threshold: number,
  ) {}

  predict(X: FeatureMatrix): Predictions {
    const scores = anomalyScores(this.forest, X).map((score) => score - this.threshold);
    return { classCount: 2, probabilities: null, scores };
  }

  toJSON(): ModelJson {
    const { forest, columns, threshold } = this;
    const trees = forest.trees.map(treeToJson);
    return { classCount: 2, columns, threshold, sampleSize: forest.sampleSize, trees };
  }

  /** Throws UserError where the JSON is not such a model or could not be walked safely. */
  static revive({ columns, threshold, sampleSize, trees }: ModelJson): FittedIsolationForest {
    const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
    if (!isCount(columns) || !isCount(sampleSize) || !Number.isFinite(threshold) || !Array.isArray(trees)) {
      throw new UserError('the model is no isolation forest');
    }
    if (trees.length === 0) throw new UserError('the model has no trees');
    const revived = trees.map((tree) => treeFromJson(tree, columns, 1));
    return new FittedIsolationForest({ trees: revived, sampleSize }, columns, threshold as number);
  }
}
