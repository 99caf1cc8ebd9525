import { UserError } from '../../errors.js';
import { throwIfCancelled } from '../fit-context.js';
import { defineParams } from '../params.js';
import { FittedGaussians } from './gaussian-naive-bayes/fitted-gaussians.js';
import { estimateGaussians } from './gaussian-naive-bayes/estimate.js';
import { defineClassifier } from './classifier.js';

const params = defineParams({
  varianceFloor: {
    type: 'choice',
    words: ['largest-variance', 'precision'],
    default: 'largest-variance',
    help: 'what keeps variances off 0: a share of the largest one, or the precision of each feature (often better)',
  },
  varSmoothing: {
    type: 'number',
    default: 1e-9,
    min: 0,
    help: 'share of the largest variance that is added to all (with varianceFloor=largest-variance)',
  },
});

/**
 * Gaussian naive Bayes on standardised features: within a class each feature is normal and independent of the others.
 * - varianceFloor=largest-variance adds varSmoothing times the largest variance to all, as scikit-learn's GaussianNB
 *   does (whose figures it gives on standardised features). Features that are constant in one class then decide alone.
 * - varianceFloor=precision is that of John and Langley (1995) as Weka has it: a feature is known to within its
 *   precision, the mean gap between its neighbouring distinct values; its standard deviation is at least a sixth of
 *   that, and what counts is the probability of the interval of that width around the value, at least 1e-75.
 *   Departure from Weka: values are not rounded to multiples of the precision, and priors are plain shares.
 * O(n·d) for the fit, O(n·d·k) for predictions; sparse rows are never made dense but one by one.
 */
export const gaussianNaiveBayes = defineClassifier({
  id: 'gaussian-naive-bayes',
  title: 'Gaussian naive Bayes',
  summary: 'A bell curve for each feature and class: instant to train, its probabilities are too sure of themselves.',
  params,
  accepts: { sparse: true, missing: false, multiclass: true, weights: true },
  cost: (rows, columns, classCount) => ({
    seconds: 2e-8 * rows * columns * (1 + classCount),
    bytes: 32 * columns * classCount + 40 * rows,
  }),
  async fit(data, { varianceFloor, varSmoothing }, context) {
    throwIfCancelled(context.signal);
    const weights = data.weights ?? new Float64Array(data.X.rows).fill(1);
    if (!weights.some((weight) => weight > 0)) throw new UserError('there is no row of positive weight to learn from');
    return new FittedGaussians(estimateGaussians({ ...data, weights }, varianceFloor, varSmoothing, context.signal));
  },
  revive: FittedGaussians.revive,
});
