import { counted } from '../../../errors.js';
import type { Session, Shared } from '../../fit-context.js';
import { type FeatureMatrix, selectRows } from '../../matrix/feature-matrix.js';
import { defineParams } from '../../params.js';
import { randomStream, shuffle } from '../../random/stream.js';
import { batchKmeans } from '../../tasks/batch-kmeans.js';
import { refineKmeans } from '../../tasks/refine-kmeans.js';
import { type KmeansStart, startKmeans } from '../../tasks/start-kmeans.js';
import { rowLengths } from '../centre-distances.js';
import { defineClusterer } from '../clusterer.js';
import { metricParam } from '../metric.js';
import { numberClusters } from '../number-clusters.js';

const params = defineParams({
  starts: {
    type: 'number-or-word',
    words: ['auto'],
    default: 'auto',
    min: 1,
    max: 1000,
    integer: true,
    help: 'times that it starts afresh, the best being kept; auto: 10',
  },
  maxIterations: { type: 'number', default: 300, min: 1, max: 100_000, integer: true, help: 'rounds of one start' },
  tolerance: {
    type: 'number',
    default: 1e-4,
    min: 0,
    help: 'a start ends when its centres move less, relative to the variance of the data',
  },
  batches: {
    type: 'choice',
    words: ['auto', 'yes', 'no'],
    default: 'auto',
    help: 'mini-batches in place of the whole data in each round; auto: above 200,000 rows',
  },
  metric: metricParam,
});

const batchesAbove = 200_000;
/** Of more rows, starts are tried on so many, or so many for each cluster. */
const startRows = 10_000;
const startRowsOfCluster = 40;

/**
 * k-means (Lloyd 1982) from several greedy k-means++ starts on worker threads, with Elkan's bounds. The best start, tried on
 * 10,000 rows where there are more, is improved over all rows by swapping centres, which scikit-learn does not; many rows
 * come in mini-batches after it has been improved on those that it was tried on. Defaults as scikit-learn 1.2 (10 starts, 300 rounds, tolerance 1e-4 of the mean variance). The best start is that
 * of least inertia, the first of equals.
 */
export const kmeans = defineClusterer({
  id: 'kmeans',
  title: 'k-means',
  summary: 'Round clusters of similar spread, a number that you choose: fast, and the one to begin with.',
  params,
  takesClusterCount: true,
  cost(rows, columns, clusters, { starts, batches }) {
    const inBatches = isInBatches(batches, rows);
    return {
      seconds: rows * clusters * columns * (inBatches ? 1e-8 : 1.2e-8 * startCount(starts)),
      bytes: 2 * rows * (inBatches ? 24 : 8 * clusters + 48),
    };
  },
  async cluster(
    X,
    clusters,
    { starts, maxIterations, tolerance, batches, metric },
    { executor, seed, signal, progress },
  ) {
    const inBatches = isInBatches(batches, X.rows);
    const count = startCount(starts);
    const few = sampleRows(X, Math.max(startRows, startRowsOfCluster * clusters), seed);
    const shared = {
      clusters,
      maxIterations,
      tolerance: tolerance * meanVariance(X),
      spherical: metric === 'cosine',
      seed,
    };
    const lengths = rowLengths(X);
    const outcomes = await within(
      executor.open({ ...shared, X: few, lengths: few === X ? lengths : rowLengths(few) }),
      (session) =>
        session.map(startKmeans, [...Array(count).keys()], {
          signal,
          seconds: (count * few.rows * clusters * X.columns) / 1e8,
          progress: (done, total) => progress?.(done, total, 'starts of k-means'),
        }),
    );
    const { centres } = leastInertia(outcomes);
    progress?.(count, count, 'the best start, over all rows');
    const [best] = inBatches
      ? await within(executor.open({ ...shared, X, lengths, few }), (session) =>
          session.map(batchKmeans, [centres], { signal }),
        )
      : await within(executor.open({ ...shared, X, lengths }), (session) =>
          session.map(refineKmeans, [centres], { signal }),
        );
    const warnings = best.converged
      ? []
      : [
          `k-means had not settled after ${counted(maxIterations, 'round')}: raise --param maxIterations=${maxIterations}`,
        ];
    return { ...numberClusters(best.cluster), figures: {}, warnings };
  },
});

/** Runs work in a session, and closes it. */
async function within<S extends Shared, T>(session: Session<S>, work: (session: Session<S>) => Promise<T>): Promise<T> {
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

const leastInertia = (outcomes: readonly KmeansStart[]): KmeansStart =>
  outcomes.reduce((least, outcome) => (outcome.inertia < least.inertia ? outcome : least));

/** The rows that starts are tried on: all of them, or many enough that the best start on them is a good one on all. */
function sampleRows(X: FeatureMatrix, most: number, seed: number): FeatureMatrix {
  if (X.rows <= most) return X;
  const rows = Uint32Array.from({ length: X.rows }, (_, row) => row);
  shuffle(rows, randomStream(seed, 'kmeans-sample'));
  return selectRows(X, rows.slice(0, most).sort());
}

const isInBatches = (batches: string, rows: number): boolean =>
  batches === 'yes' || (batches === 'auto' && rows > batchesAbove);

const startCount = (starts: number | 'auto'): number => (starts === 'auto' ? 10 : starts);

/** Mean over the columns of their population variance. */
function meanVariance(X: FeatureMatrix): number {
  const { rows, columns, values } = X;
  const first = new Float64Array(columns);
  const second = new Float64Array(columns);
  for (let at = 0; at < values.length; at++) {
    const j = X.kind === 'dense' ? at % columns : X.columnIndex[at];
    first[j] += values[at];
    second[j] += values[at] * values[at];
  }
  let sum = 0;
  for (let j = 0; j < columns; j++) sum += second[j] / rows - (first[j] / rows) ** 2;
  return sum / Math.max(1, columns);
}
