import { FeedbackForest } from '../anomaly/isolation-forest/feedback-forest.js';
import { growIsolationForest } from '../anomaly/isolation-forest/isolation-forest.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { drawByIds } from './draw.js';
import type { LabellingState, StrategyContext } from './strategy.js';

/** A forest of Liu's size. */
const trees = 100;
const sampleSize = 256;

/** The trees' samples are drawn from so many rows at most. */
const rowsSampled = 8192;

interface Grown {
  readonly seed: number;
  readonly rate: number;
  readonly forest: FeedbackForest;
}

const known = new WeakMap<FeatureMatrix, Grown>();

/**
 * Score of every row, the larger the more anomalous, by an isolation forest that learned from the answers (see
 * FeedbackForest). The forest is grown once for a labelling loop. O(n · trees), the first time times depth.
 * @param rate step of an answer, > 0
 */
export async function feedbackScores(
  { X, ids, label }: LabellingState,
  rate: number,
  { seed, executor, signal }: StrategyContext,
): Promise<Float64Array> {
  let grown = known.get(X);
  if (grown === undefined || grown.seed !== seed || grown.rate !== rate) {
    // Drawn by their ids, in that order: the order of the file must not matter.
    const sampled = drawByIds(Uint32Array.from(ids.keys()), ids, rowsSampled, seed, 'feedback forest');
    const options = { trees, sampleSize, featureShare: 1 };
    const forest = await growIsolationForest(selectRows(X, sampled), options, { seed, executor, signal });
    grown = { seed, rate, forest: new FeedbackForest(forest, X, rate) };
    known.set(X, grown);
  }
  const { forest } = grown;
  forest.forget();
  label.forEach((answer, row) => {
    if (answer !== -1) forest.answer(row, answer === 1);
  });
  return forest.scores();
}
