import { UserError } from '../../errors.js';
import type { FitContext } from '../fit-context.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import type { Params } from '../params.js';
import { randomStream, shuffle } from '../random/stream.js';
import type { AnyClustererDef, ClusteringCurve } from './clusterer.js';
import { gapStatistic, numberByGap } from './gap-statistic.js';
import { silhouettesOfAll } from './indices/silhouette.js';

const fewest = 2;
/** The highest number of clusters that is tried. */
export const mostClusters = 20;
/** Rows that they are tried on; the gap statistic clusters as many again ten times. */
const triedRows = 3000;
const gapRows = 1000;

/** What a number of clusters can be chosen by. */
export const countCriteria = ['bic', 'silhouette', 'gap'] as const;

export type CountCriterion = (typeof countCriteria)[number];

/**
 * The number of clusters, 2 … 20, that suits X best: by the least `bic`, the largest mean silhouette, or the gap statistic,
 * which may be 1, too. Without a criterion by the `bic` of a clusterer that gives one, of any other by the silhouette. Tried
 * on 3,000 rows where there are more, for the gap on 1,000; numbers that the clusterer cannot make of them are left out.
 * Throws UserError where none is left, or the clusterer has no `bic`.
 */
export async function chooseClusterCount(
  X: FeatureMatrix,
  clusterer: AnyClustererDef,
  params: Params,
  criterion: CountCriterion | null,
  context: FitContext,
): Promise<ClusteringCurve> {
  if (criterion === 'gap') return byGap(X, clusterer, params, context);
  const sample = sampleRows(X, triedRows, context.seed);
  const last = Math.min(mostClusters, sample.rows - 1);
  const numbers = Array.from({ length: Math.max(0, last - fewest + 1) }, (_, i) => fewest + i);
  const quiet = { ...context, progress: undefined };
  let done = 0;
  // At once, for one number alone seldom keeps all threads busy.
  const made = await Promise.all(
    numbers.map(async (clusters) => {
      const found = await clusterer.cluster(sample, clusters, params, quiet).catch((error: Error) => {
        if (error instanceof UserError) return null;
        throw error;
      });
      context.progress?.(++done, numbers.length, 'numbers of clusters');
      return found === null || found.clusterCount < clusters ? [] : [{ ...found, clusters }];
    }),
  );
  const tried = made.flat();
  const by = criterion ?? (tried.some(({ figures }) => figures.bic !== undefined) ? 'bic' : 'silhouette');
  const values =
    by === 'bic'
      ? tried.map(({ figures }) => figures.bic)
      : (await silhouettesOfAll(sample, tried, context)).map((found) => found?.mean);
  const points = tried.flatMap(({ clusters }, i) => {
    const value = values[i];
    return value === undefined ? [] : [{ clusters, value }];
  });
  if (points.length === 0) throw tooFew();
  const better = (a: number, b: number): boolean => (by === 'bic' ? a < b : a > b);
  const best = points.reduce((chosen, point) => (better(point.value, chosen.value) ? point : chosen));
  return {
    by,
    x: points.map(({ clusters }) => clusters),
    y: points.map(({ value }) => value),
    chosen: best.clusters,
  };
}

async function byGap(
  X: FeatureMatrix,
  clusterer: AnyClustererDef,
  params: Params,
  context: FitContext,
): Promise<ClusteringCurve> {
  const sample = sampleRows(X, gapRows, context.seed);
  const gaps = await gapStatistic(sample, Math.min(mostClusters, sample.rows - 1), clusterer, params, context);
  if (gaps.length === 0) throw tooFew();
  return {
    by: 'gap',
    x: gaps.map(({ clusters }) => clusters),
    y: gaps.map(({ gap }) => gap),
    error: gaps.map(({ error }) => error),
    chosen: numberByGap(gaps),
  };
}

function tooFew(): UserError {
  return new UserError('--clusters auto: there are too few distinct instances to compare numbers of clusters');
}

function sampleRows(X: FeatureMatrix, rowsAtMost: number, seed: number): FeatureMatrix {
  if (X.rows <= rowsAtMost) return X;
  const rows = Uint32Array.from({ length: X.rows }, (_, row) => row);
  shuffle(rows, randomStream(seed, 'cluster-count'));
  return selectRows(X, rows.slice(0, rowsAtMost).sort());
}
