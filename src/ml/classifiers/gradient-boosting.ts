import { boost } from '../boosting/boost.js';
import { maxBins } from '../boosting/feature-bins.js';
import { FittedBoosting } from '../boosting/fitted-boosting.js';
import { exponentialLoss, logisticLoss, softmaxLoss } from '../boosting/losses.js';
import { UserError } from '../../errors.js';
import type { FitContext } from '../fit-context.js';
import { defineParams, type ParamsOf } from '../params.js';
import { featuresTried, growthParams } from '../trees/growth-params.js';
import { trainingRows } from '../trees/training-rows.js';
import { type Cost, defineClassifier, type TrainingSet } from './classifier.js';

const { minSamplesSplit, minSamplesLeaf, maxFeatures, maxLeafNodes } = growthParams;

const params = defineParams({
  loss: {
    type: 'choice',
    words: ['deviance', 'exponential'],
    default: 'deviance',
    help: "what the trees lower: the deviance (log loss), or AdaBoost's exponential loss, of two classes only",
  },
  learningRate: {
    type: 'number',
    default: 0.1,
    min: 0,
    open: true,
    max: 10,
    help: "share of each tree's step that is taken",
  },
  nEstimators: { type: 'number', default: 100, min: 1, max: 100_000, integer: true, help: 'rounds' },
  maxDepth: {
    type: 'number-or-word',
    words: ['none'],
    default: 3,
    min: 1,
    integer: true,
    grid: [3, 5],
    help: 'levels of splits below the root',
  },
  subsample: {
    type: 'number',
    default: 0.1,
    min: 0.0001,
    max: 1,
    help: 'share of the rows that each tree learns from, drawn without replacement',
  },
  minSamplesSplit,
  minSamplesLeaf,
  maxFeatures,
  maxLeafNodes,
});

type Point = ParamsOf<typeof params>;

/**
 * Stochastic gradient boosting (Friedman 1999, 2001): splits lower the squared error of the gradient, leaves take one
 * Newton step. The names and defaults of scikit-learn's GradientBoostingClassifier, save `subsample` (.1, as the
 * original SecuML had it). Departs from it in that a feature has at most 255 cells and missing values are taken: see
 * boost. O(rounds · (subsample · rows · columns · depth + rows · depth)) time.
 */
export const gradientBoosting = defineClassifier({
  id: 'gradient-boosting',
  title: 'Gradient boosting',
  summary: 'Small trees one after the other, each on a random part of the rows: quick to train, robust to noise.',
  params,
  accepts: { sparse: true, missing: true, multiclass: true, weights: true },
  cost,
  async fit(data: TrainingSet, point: Point, context: FitContext) {
    const { X, y, weights } = trainingRows(data);
    const { classCount } = data;
    if (point.loss === 'exponential' && classCount > 2) {
      throw new UserError('the exponential loss is for two classes', { hint: 'use --param loss=deviance' });
    }
    const limit = (value: number | 'none'): number => (value === 'none' ? Infinity : value);
    const twoClasses = point.loss === 'exponential' ? exponentialLoss : logisticLoss;
    return boost(
      { X, y, weights, classCount },
      {
        loss: classCount === 2 ? twoClasses : softmaxLoss(classCount),
        rounds: point.nEstimators,
        learningRate: point.learningRate,
        maxBins,
        growth: {
          maxLeafNodes: limit(point.maxLeafNodes),
          maxDepth: limit(point.maxDepth),
          minSamplesLeaf: point.minSamplesLeaf,
          minSamplesSplit: point.minSamplesSplit,
          l2Regularization: 0,
        },
        maxFeatures: featuresTried(point.maxFeatures, X.columns),
        subsample: point.subsample,
        criterion: 'squared-error',
        stopping: null,
      },
      context,
    );
  },
  revive: FittedBoosting.revive,
});

function cost(rows: number, columns: number, classCount: number, point: Point): Cost {
  const trees = point.nEstimators * (classCount === 2 ? 1 : classCount);
  const depth = Math.min(point.maxDepth === 'none' ? Infinity : point.maxDepth, Math.log2(rows + 2));
  const cells = rows * columns;
  return {
    seconds:
      2e-7 * cells +
      trees * (1.5e-9 * point.subsample * cells * depth + 1e-6 * 2 ** Math.min(depth, 12) * columns + 5e-8 * rows),
    bytes: 3 * cells + 70 * rows + Math.min(2 ** 29, 16 * maxBins * columns * 2 ** Math.min(8, depth)),
  };
}
