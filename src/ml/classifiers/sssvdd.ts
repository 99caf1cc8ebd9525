import { FittedSphere } from '../anomaly/fitted-sphere.js';
import { requireBothLabels } from '../anomaly/require-both-labels.js';
import { fitSssvdd } from '../anomaly/sssvdd.js';
import { throwIfCancelled } from '../fit-context.js';
import { defineParams } from '../params.js';
import { defineClassifier } from './classifier.js';

const params = defineParams({
  nuU: {
    type: 'number',
    default: 10,
    min: 2,
    help: 'weight of the rows without a label: at most one in so many is left outside',
  },
  nuL: { type: 'number', default: 10, min: 1, help: 'weight of the rows with a label' },
  kappa: {
    type: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    open: true,
    help: 'worth of a wide margin between the labels',
  },
});

/**
 * Semi-supervised support vector data description (Görnitz et al. 2013; see fitSssvdd): the smallest sphere that holds
 * the benign rows and most of those without a label, and leaves the malicious outside. Its score is how far outside a row
 * lies, no probability. Where every row has a label, the benign ones stand for those without.
 */
export const sssvdd = defineClassifier({
  id: 'sssvdd',
  title: 'Semi-supervised support vector data description',
  summary: 'A sphere around what is usual that a few labels correct: rows without a label count, too.',
  params,
  accepts: { sparse: true, missing: false, multiclass: false, weights: false },
  learnsFrom: 'some-labels',
  cost: (rows, columns) => ({ seconds: 1e-6 * rows * columns, bytes: 16 * rows + 400 * columns }),
  async fit({ X, y, classCount }, point, context) {
    throwIfCancelled(context.signal);
    requireBothLabels(y, 'the sphere');
    const label = Int8Array.from(y, (k) => (k === classCount ? -1 : k));
    const alone = label.every((own) => own !== -1);
    const seen = alone ? label.map((own) => (own === 0 ? -1 : own)) : label;
    const { sphere, warnings } = fitSssvdd(X, seen, point, context.signal);
    return new FittedSphere(sphere, warnings);
  },
  revive: FittedSphere.revive,
});
