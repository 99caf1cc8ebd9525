import { contaminationParams, scoreThreshold } from '../anomaly/contamination.js';
import { FittedIsolationForest } from '../anomaly/isolation-forest/fitted-isolation-forest.js';
import { anomalyScores, growIsolationForest } from '../anomaly/isolation-forest/isolation-forest.js';
import { throwIfCancelled } from '../fit-context.js';
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
  maxFeatures: {
    type: 'number',
    default: 1,
    min: 0,
    max: 1,
    help: 'share of the features that each tree may use; one at least',
  },
  ...contaminationParams,
});

/** The score of rows that nothing tells apart: Liu's own threshold. */
const ownThreshold = 0.5;

/**
 * Isolation forest (Liu, Ting and Zhou, ICDM 2008) with scikit-learn's defaults: rows that few random splits isolate are
 * unusual. It has scores, the anomaly score less the threshold, and no probabilities: unusual is not malicious. Labels
 * are not looked at. See growIsolationForest for cost.
 */
export const isolationForest = defineClassifier({
  id: 'isolation-forest',
  title: 'Isolation forest',
  summary: 'What is unusual, without any label: fast, and only as good as the malicious are rare and odd.',
  params,
  accepts: { sparse: true, missing: false, multiclass: false, weights: false },
  learnsFrom: 'nothing',
  parallelFit: true,
  cost(rows, columns, _, { nEstimators, maxSamples, contamination }) {
    const size = Math.min(rows, maxSamples);
    const growing = nEstimators * (columns + 20 * size) * 1e-7;
    const scoring = contamination === 'auto' ? 0 : rows * nEstimators * 5e-8;
    return { seconds: growing + scoring + 1e-9 * rows * columns, bytes: 64 * nEstimators * size + 16 * rows };
  },
  async fit({ X }, { nEstimators, maxSamples, maxFeatures, contamination }, context) {
    throwIfCancelled(context.signal);
    const options = { trees: nEstimators, sampleSize: maxSamples, featureShare: maxFeatures };
    const forest = await growIsolationForest(X, options, context);
    const threshold = contamination === 'auto' ? ownThreshold : scoreThreshold(anomalyScores(forest, X), contamination);
    return new FittedIsolationForest(forest, X.columns, threshold);
  },
  revive: FittedIsolationForest.revive,
});
