import { UserError } from '../../errors.js';
import type { FitContext } from '../fit-context.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import type { Params } from '../params.js';
import { randomStream, shuffle } from '../random/stream.js';
import type { AnyClustererDef, ClusteringCurve } from './clusterer.js';
import { silhouettes } from './indices/silhouette.js';

/** Numbers of clusters that are tried. */
const fewest = 2;
const most = 20;
/** Rows that they are tried on. */
const triedRows = 3000;

/**
 * The number of clusters, 2 … 20, that suits X best: of a clusterer that gives a `bic` the one where it is least, of any
 * other the one of the largest mean silhouette. Tried on 3,000 rows where there are more; numbers that the clusterer
 * cannot make of them are left out. Throws UserError where none is left.
 */
export async function chooseClusterCount(
  X: FeatureMatrix,
  clusterer: AnyClustererDef,
  params: Params,
  context: FitContext,
): Promise<ClusteringCurve> {
  const sample = sampleRows(X, context.seed);
  const tried: { clusters: number; bic: number | undefined; silhouette: number | undefined }[] = [];
  const last = Math.min(most, sample.rows - 1);
  const quiet = { ...context, progress: undefined };
  for (let clusters = fewest; clusters <= last; clusters++) {
    context.progress?.(clusters - fewest, last - fewest + 1, 'numbers of clusters');
    const found = await clusterer.cluster(sample, clusters, params, quiet).catch((error: Error) => {
      if (error instanceof UserError) return null;
      throw error;
    });
    if (found === null || found.clusterCount < clusters) continue;
    const { bic } = found.figures;
    const stream = randomStream(context.seed, 'silhouette', clusters);
    const shape = bic === undefined ? await silhouettes(sample, found.cluster, clusters, stream, quiet) : null;
    tried.push({ clusters, bic, silhouette: shape?.mean });
  }
  const by = tried.some(({ bic }) => bic !== undefined) ? 'bic' : 'silhouette';
  const points = tried.flatMap(({ clusters, [by]: value }) => (value === undefined ? [] : [{ clusters, value }]));
  if (points.length === 0) {
    throw new UserError('--clusters auto: there are too few distinct instances to compare numbers of clusters');
  }
  const better = (a: number, b: number): boolean => (by === 'bic' ? a < b : a > b);
  const best = points.reduce((chosen, point) => (better(point.value, chosen.value) ? point : chosen));
  return {
    by,
    x: points.map(({ clusters }) => clusters),
    y: points.map(({ value }) => value),
    chosen: best.clusters,
  };
}

function sampleRows(X: FeatureMatrix, seed: number): FeatureMatrix {
  if (X.rows <= triedRows) return X;
  const rows = Uint32Array.from({ length: X.rows }, (_, row) => row);
  shuffle(rows, randomStream(seed, 'cluster-count'));
  return selectRows(X, rows.slice(0, triedRows).sort());
}
