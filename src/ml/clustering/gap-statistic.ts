import { UserError } from '../../errors.js';
import type { FitContext } from '../fit-context.js';
import { denseMatrix, type FeatureMatrix } from '../matrix/feature-matrix.js';
import type { Params } from '../params.js';
import { CentredRows } from '../projection/centred-rows.js';
import { principalComponents } from '../projection/principal-components.js';
import { randomStream } from '../random/stream.js';
import { distancesFromMeans } from './cluster-profile.js';
import type { AnyClustererDef } from './clusterer.js';

/** Sets of rows without structure that are clustered, too. */
const references = 10;
/** The axes of the reference are eigenvectors of a matrix of this order at most. */
const mostColumns = 500;

/** How much more compact a number of clusters is than it would be without structure. */
export interface Gap {
  readonly clusters: number;
  /** Mean over the references of ln W, less ln W of the data; W sums the squared distances from the means. */
  readonly gap: number;
  /** Standard error of that: the references' deviation times √(1 + 1/10). */
  readonly error: number;
}

/**
 * The gap statistic (Tibshirani, Walther and Hastie 2001) of each number of clusters from 1 to `most`: the references are
 * uniform over the box of the data along its principal axes (their choice b), drawn by the seed. Ends where the clusterer
 * makes no more clusters of the data, or nothing is left within them. Clusters 11 sets of rows for each number.
 * Throws UserError above 500 columns.
 */
export async function gapStatistic(
  X: FeatureMatrix,
  most: number,
  clusterer: AnyClustererDef,
  params: Params,
  context: FitContext,
): Promise<Gap[]> {
  if (X.columns > mostColumns) {
    throw new UserError(`the gap statistic takes ${mostColumns} features at most, not ${X.columns}`, {
      hint: 'cluster in the components of a projection, --projection pca, or leave --clusters-by out',
    });
  }
  const quiet = { ...context, progress: undefined };
  const boxes = referenceRows(X, context);
  const gaps: Gap[] = [];
  for (let clusters = 1; clusters <= most; clusters++) {
    const own = await dispersion(X, clusters, clusterer, params, quiet);
    if (own === null) break;
    context.progress?.((clusters - 1) * references, most * references, 'gap statistic');
    const ofBoxes = await Promise.all(boxes.map((box) => dispersion(box, clusters, clusterer, params, quiet)));
    const apart = ofBoxes.flatMap((of) => (of === null ? [] : [Math.log(of)]));
    if (apart.length < references) break;
    const mean = apart.reduce((sum, value) => sum + value, 0) / references;
    const variance = apart.reduce((sum, value) => sum + (value - mean) ** 2, 0) / references;
    gaps.push({ clusters, gap: mean - Math.log(own), error: Math.sqrt(variance * (1 + 1 / references)) });
  }
  return gaps;
}

/** The least number whose gap the next one's does not exceed by more than its error; the last where there is none. */
export function numberByGap(gaps: readonly Gap[]): number {
  const found = gaps.find(({ gap }, k) => k + 1 < gaps.length && gap >= gaps[k + 1].gap - gaps[k + 1].error);
  return (found ?? gaps[gaps.length - 1]).clusters;
}

/** Σ of the squared distances from the means; null where so many clusters cannot be made, or nothing is left in them. */
async function dispersion(
  X: FeatureMatrix,
  clusters: number,
  clusterer: AnyClustererDef,
  params: Params,
  context: FitContext,
): Promise<number | null> {
  const found = await clusterer.cluster(X, clusters, params, context).catch((error: Error) => {
    if (error instanceof UserError) return null;
    throw error;
  });
  if (found === null || found.clusterCount < clusters) return null;
  const { inertia } = distancesFromMeans(X, found.cluster, clusters);
  return inertia > 0 ? inertia : null;
}

/** As many rows as X has, uniform over its box; told along the axes, for turning them back would change no distance. */
function referenceRows(X: FeatureMatrix, context: FitContext): FeatureMatrix[] {
  const rows = new CentredRows(X);
  const k = Math.min(X.rows, X.columns);
  const { axes } = principalComponents(rows, k, context);
  const along = new Float64Array(X.rows);
  const low = new Float64Array(k);
  const width = new Float64Array(k);
  for (let axis = 0; axis < k; axis++) {
    rows.multiply(axes.subarray(axis * X.columns, (axis + 1) * X.columns), along);
    low[axis] = along.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
    width[axis] = along.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY) - low[axis];
  }
  return Array.from({ length: references }, (_, b) => {
    const stream = randomStream(context.seed, 'gap', b);
    const box = denseMatrix(X.rows, k);
    for (let at = 0; at < box.values.length; at++) box.values[at] = low[at % k] + width[at % k] * stream.float();
    return box;
  });
}
