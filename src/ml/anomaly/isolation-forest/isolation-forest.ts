import type { FitContext } from '../../fit-context.js';
import { type FeatureMatrix, missingPerColumn } from '../../matrix/feature-matrix.js';
import { growIsolationTrees } from '../../tasks/grow-isolation-trees.js';
import { unpackTrees } from '../../trees/packed-trees.js';
import type { Tree } from '../../trees/tree.js';
import { predictMean } from '../../trees/tree-prediction.js';
import { averagePathLength } from './average-path-length.js';

export interface IsolationForestOptions {
  readonly trees: number;
  /** Rows of each tree's sample; fewer where there are fewer. */
  readonly sampleSize: number;
  /** Share of the features that each tree may use, 0 … 1; one at least. */
  readonly featureShare: number;
}

/** The trees with the size of the samples they were grown over. */
export interface IsolationForest {
  readonly trees: readonly Tree[];
  readonly sampleSize: number;
}

/** Trees of an item: a few for each thread, and few enough to be cancelled soon. */
const treesAtOnce = 10;

/**
 * Isolation forest (Liu, Ting and Zhou, "Isolation forest", ICDM 2008) over the rows of X (n×d, n >= 1, no missing
 * cells): what random splits separate early is unusual. Trees grow on worker threads, each from streams of its own.
 * O(trees · (d + sample · log sample · features tried)) time however many rows there are. The
 * same scores as scikit-learn's for the same trees.
 */
export async function growIsolationForest(
  X: FeatureMatrix,
  { trees, sampleSize, featureShare }: IsolationForestOptions,
  { seed, executor, signal, progress }: FitContext,
): Promise<IsolationForest> {
  // A task would let it pass: what is NaN is neither less nor more.
  if (missingPerColumn(X).some((count) => count > 0)) throw new RangeError('a tree cannot learn from missing values');
  const size = Math.min(sampleSize, X.rows);
  const featureCount = Math.max(1, Math.floor(featureShare * X.columns));
  const session = executor.open({ X, sampleSize: size, featureCount, seed });
  try {
    const items = Array.from({ length: Math.ceil(trees / treesAtOnce) }, (_, i) => ({
      first: i * treesAtOnce,
      last: Math.min(trees, (i + 1) * treesAtOnce),
    }));
    const seconds = 1e-7 * trees * size * Math.log2(size + 2) * 2;
    const grown = await session.map(growIsolationTrees, items, {
      signal,
      seconds,
      progress: (done, total) => progress?.(Math.round((trees * done) / total), trees, 'trees'),
    });
    return { trees: grown.flatMap(unpackTrees).map(({ tree }) => tree), sampleSize: size };
  } finally {
    await session.close();
  }
}

/**
 * Anomaly score of each row of X, 0 … 1: 2^(−mean path length / averagePathLength(sample)); 1/2 is what rows score that
 * nothing tells apart. O(n · trees · log sample). Throws RangeError for missing cells.
 */
export function anomalyScores({ trees, sampleSize }: IsolationForest, X: FeatureMatrix): Float64Array {
  // The leaves hold lengths of paths, one "class" each.
  const lengths = predictMean(trees, X, 1);
  const usual = averagePathLength(sampleSize);
  // What rounding leaves of equal lengths must not raise a row above the threshold.
  return lengths.map((length) => (Math.abs(length - usual) <= 1e-12 * usual ? 0.5 : 2 ** (-length / usual)));
}
