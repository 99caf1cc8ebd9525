import { FeedbackForest } from '../anomaly/isolation-forest/feedback-forest.js';
import { FittedIsolationForest } from '../anomaly/isolation-forest/fitted-isolation-forest.js';
import { anomalyScores, growIsolationForest } from '../anomaly/isolation-forest/isolation-forest.js';
import { requireBothLabels } from '../anomaly/require-both-labels.js';
import { separatingThreshold } from '../anomaly/separating-threshold.js';
import { throwIfCancelled } from '../fit-context.js';
import { selectRows } from '../matrix/feature-matrix.js';
import { defineParams } from '../params.js';
import { defineClassifier } from './classifier.js';

const params = defineParams({
  nEstimators: { type: 'number', default: 100, min: 1, max: 100_000, integer: true, help: 'trees' },
  maxSamples: {
    type: 'number',
    default: 256,
    min: 2,
    max: 1_000_000,
    integer: true,
    help: 'rows that each tree is grown over; all where there are fewer',
  },
  eta: { type: 'number', default: 1, min: 0, open: true, help: 'how much a label changes the weights of its paths' },
});

/** Up to so many labels each changes weights by eta; more of them share what these would. */
const fullLabels = 20;

/**
 * Isolation forest that learns from labels (Siddiqui et al., KDD 2018, with the linear loss; see FeedbackForest): grown
 * over all rows, then the paths of malicious rows count for less and those of benign rows for more. Its score is the
 * anomaly score less the threshold that tells the labelled training rows apart best, no probability. Departure from the
 * paper: beyond 20 labels a step is as much smaller, so that weights stay of the order of 1 however many labels there are.
 */
export const weightedIsolationForest = defineClassifier({
  id: 'weighted-isolation-forest',
  title: 'Weighted isolation forest',
  summary: 'What is unusual, corrected by a few labels: rows without a label count, too.',
  params,
  accepts: { sparse: true, missing: false, multiclass: false, weights: false },
  learnsFrom: 'some-labels',
  parallelFit: true,
  cost(rows, columns, _, { nEstimators, maxSamples }) {
    const size = Math.min(rows, maxSamples);
    const growing = nEstimators * (columns + 20 * size) * 1e-7;
    return { seconds: growing + 2e-7 * rows * nEstimators, bytes: nEstimators * (120 * size + 2 * rows) };
  },
  async fit({ X, y, classCount }, { nEstimators, maxSamples, eta }, context) {
    throwIfCancelled(context.signal);
    requireBothLabels(y, 'a weighted isolation forest');
    const options = { trees: nEstimators, sampleSize: maxSamples, featureShare: 1 };
    const forest = await growIsolationForest(X, options, context);
    const labelled = Uint32Array.from(y.keys()).filter((row) => y[row] < classCount);
    const known = selectRows(X, labelled);
    const feedback = new FeedbackForest(forest, known, eta * Math.min(1, fullLabels / Math.max(1, labelled.length)));
    labelled.forEach((row, i) => feedback.answer(i, y[row] === 1));
    throwIfCancelled(context.signal);
    const weighted = feedback.weighted();
    const malicious = Uint8Array.from(labelled, (row) => Number(y[row] === 1));
    return new FittedIsolationForest(
      weighted,
      X.columns,
      separatingThreshold(anomalyScores(weighted, known), malicious),
    );
  },
  revive: FittedIsolationForest.revive,
});
