import type { FitContext } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { findNearestPoints, type PointScale } from '../tasks/find-nearest-points.js';

/** The k nearest others of each of n points. */
export interface NearestPoints {
  readonly k: number;
  /** n×k, row-major: the nearest first. */
  readonly index: Int32Array;
  /** n×k: squared distances. */
  readonly squared: Float64Array;
}

const rowsPerTask = 256;

/**
 * The k nearest others of each of n distinct rows (k < n), exact, spread over the executor.
 * @param scale on which distances are taken; absent: the cells as they are
 */
export async function nearestPoints(
  points: FeatureMatrix,
  k: number,
  context: FitContext,
  scale?: PointScale,
): Promise<NearestPoints> {
  const { executor, signal, progress } = context;
  const n = points.rows;
  const session = executor.open({ points, k, scale });
  try {
    const items = Array.from({ length: Math.ceil(n / rowsPerTask) }, (_, i) => ({
      from: i * rowsPerTask,
      until: Math.min(n, (i + 1) * rowsPerTask),
    }));
    const seconds = 5e-10 * n * points.values.length;
    const lists = await session.map(findNearestPoints, items, {
      signal,
      seconds,
      progress: (done, total) => progress?.(done, total, 'looking for neighbours'),
    });
    const index = new Int32Array(n * k);
    const squared = new Float64Array(n * k);
    lists.forEach((list, i) => {
      index.set(list.index, items[i].from * k);
      squared.set(list.squared, items[i].from * k);
    });
    return { k, index, squared };
  } finally {
    await session.close();
  }
}
