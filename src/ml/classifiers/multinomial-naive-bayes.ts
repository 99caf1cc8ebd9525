import { UserError } from '../../errors.js';
import { throwIfCancelled } from '../fit-context.js';
import { defineParams } from '../params.js';
import { defineClassifier } from './classifier.js';
import { countedRows, estimateMultinomials, estimateWithPackage } from './multinomial-naive-bayes/estimate.js';
import { fittedMultinomial, reviveMultinomial } from './multinomial-naive-bayes/fitted-multinomial.js';

const params = defineParams({
  alpha: {
    type: 'number',
    default: 1,
    min: 0,
    open: true,
    help: 'added to every count, so that what was never seen is not impossible',
  },
  fitPrior: {
    type: 'boolean',
    default: true,
    help: 'classes are as likely as they are frequent; false: all alike',
  },
  engine: {
    type: 'choice',
    words: ['secuml', 'ml-naivebayes'],
    default: 'secuml',
    help: 'our own, or the npm package ml-naivebayes: the same figures, for dense data, alpha=1 and no weights',
  },
});

/**
 * Multinomial naive Bayes of counts (McCallum and Nigam 1998; scikit-learn's MultinomialNB): a class draws the features
 * of a row one by one, each with its share of all counts of the class. Features are taken as they are, and must not be
 * negative; sparse ones stay sparse. O(stored cells).
 */
export const multinomialNaiveBayes = defineClassifier({
  id: 'multinomial-naive-bayes',
  title: 'Multinomial naive Bayes',
  summary: 'Counts of words, calls or bytes, class by class: instant to train; features must not be negative.',
  params,
  accepts: { sparse: true, missing: false, multiclass: true, weights: true, negative: false },
  cost: (rows, columns, classCount) => ({
    seconds: 5e-9 * rows * columns + 1e-8 * classCount * columns,
    bytes: 24 * columns * classCount + 8 * rows * classCount,
  }),
  async fit(data, { alpha, fitPrior, engine }, context) {
    throwIfCancelled(context.signal);
    const rows = countedRows(data);
    const { classCount } = rows;
    const counts = new Uint32Array(classCount);
    for (const c of rows.y) counts[c]++;
    const present = Array.from(counts.keys()).filter((c) => counts[c] > 0);
    if (present.length < 2) {
      throw new UserError('multinomial naive Bayes needs training rows of at least two classes', {
        hint: `the training rows with a weight above 0 (${rows.y.length}) are all of one class: label some of the other`,
      });
    }
    const estimate = engine === 'secuml' ? estimateMultinomials : estimateWithPackage;
    const { logPrior, logShare } = await estimate(rows, present, alpha, fitPrior);
    const binary = classCount === 2;
    const d = rows.X.columns;
    const linear = {
      mean: new Float64Array(d),
      scale: new Float64Array(d).fill(1),
      coefficients: binary ? [logShare[1].map((log, j) => log - logShare[0][j])] : logShare,
      intercepts: binary ? Float64Array.of(logPrior[1] - logPrior[0]) : logPrior,
    };
    return fittedMultinomial({ classCount, present, linear });
  },
  revive: reviveMultinomial,
});
