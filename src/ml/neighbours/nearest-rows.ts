import type { FitContext } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { findNeighbours } from '../tasks/find-neighbours.js';

const known = new WeakMap<FeatureMatrix, Map<number, Map<number, Uint32Array>>>();

/**
 * The k nearest rows of some rows of X (n×d) among all the others, by Euclidean distance, exact, and all that tie with
 * the last of them. Spread over the executor, and kept as long as X is: a labelling loop asks for the same rows in each
 * iteration, and some new ones. O(n·d) for each new row.
 * @returns for each of `rows`, its neighbours in ascending distance
 */
export async function nearestRows(
  X: FeatureMatrix,
  rows: readonly number[],
  k: number,
  { executor, signal }: FitContext,
): Promise<Uint32Array[]> {
  const ofX = known.get(X) ?? new Map<number, Map<number, Uint32Array>>();
  known.set(X, ofX);
  const found = ofX.get(k) ?? new Map<number, Uint32Array>();
  ofX.set(k, found);
  const fresh = rows.filter((row) => !found.has(row));
  if (fresh.length > 0) {
    const session = executor.open({ X, k });
    try {
      const seconds = 2e-9 * fresh.length * X.values.length;
      const lists = await session.map(findNeighbours, fresh, { signal, seconds });
      fresh.forEach((row, i) => found.set(row, lists[i]));
    } finally {
      await session.close();
    }
  }
  return rows.map((row) => found.get(row) as Uint32Array);
}
