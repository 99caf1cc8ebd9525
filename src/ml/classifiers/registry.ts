import type { AnyClassifierDef } from './classifier.js';
import { decisionTree } from './decision-tree.js';
import { ellipticEnvelope } from './elliptic-envelope.js';
import { gaussianNaiveBayes } from './gaussian-naive-bayes.js';
import { gradientBoosting } from './gradient-boosting.js';
import { histGradientBoosting } from './hist-gradient-boosting.js';
import { isolationForest } from './isolation-forest.js';
import { kNearestNeighbours } from './k-nearest-neighbours.js';
import { labelPropagation } from './label-propagation.js';
import { linearSvm } from './linear-svm.js';
import { localOutlierFactor } from './local-outlier-factor.js';
import { logisticRegression } from './logistic-regression.js';
import { multinomialNaiveBayes } from './multinomial-naive-bayes.js';
import { oneClassSvm } from './one-class-svm.js';
import { randomForest } from './random-forest.js';
import { sssvdd } from './sssvdd.js';
import { svm } from './svm.js';
import { weightedIsolationForest } from './weighted-isolation-forest.js';

/** Every classifier by the name the user types. Adding one is its file and its line here. */
export const classifiers = {
  'decision-tree': decisionTree,
  'elliptic-envelope': ellipticEnvelope,
  'gaussian-naive-bayes': gaussianNaiveBayes,
  'gradient-boosting': gradientBoosting,
  'hist-gradient-boosting': histGradientBoosting,
  'isolation-forest': isolationForest,
  'k-nearest-neighbours': kNearestNeighbours,
  'label-propagation': labelPropagation,
  'linear-svm': linearSvm,
  'local-outlier-factor': localOutlierFactor,
  'logistic-regression': logisticRegression,
  'multinomial-naive-bayes': multinomialNaiveBayes,
  'one-class-svm': oneClassSvm,
  'random-forest': randomForest,
  sssvdd,
  svm,
  'weighted-isolation-forest': weightedIsolationForest,
} satisfies Record<string, AnyClassifierDef>;

export type ClassifierId = keyof typeof classifiers;
