import type { FitContext } from '../fit-context.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { columnScaling } from '../preprocessing/standardisation.js';
import { findNeighbours } from '../tasks/find-neighbours.js';
import { distinctRows } from './distinct-rows.js';
import { searchable } from './neighbour-search.js';

/** The neighbours of every distinct row. */
export interface NearestRows {
  /** Length n: the distinct row that each row is. */
  readonly groupOf: Int32Array;
  /** By distinct row: its nearest distinct rows, itself first, which together stand for at least k rows. */
  readonly neighbours: readonly Uint32Array[];
}

/** Distinct rows of a task: long enough to pay for its way to a worker, short enough to be cancelled soon. */
const chunk = 250;

const known = new WeakMap<FeatureMatrix, Map<number, Promise<NearestRows>>>();

/**
 * The k nearest rows of each row of X (n×d) among all of them, itself counted, by Euclidean distance on standardised
 * features, exact; all that tie with the last too. Spread over the executor, and kept as long as X is: a labelling loop
 * asks for the same in each iteration. About O(n^1.5·d).
 */
export function nearestRows(X: FeatureMatrix, k: number, context: FitContext): Promise<NearestRows> {
  const ofX = known.get(X) ?? new Map<number, Promise<NearestRows>>();
  known.set(X, ofX);
  const before = ofX.get(k);
  if (before) return before;
  const found = search(X, k, context);
  ofX.set(k, found);
  // A search that was cancelled or failed is no answer for the next who asks.
  found.catch(() => ofX.delete(k));
  return found;
}

async function search(X: FeatureMatrix, k: number, { executor, signal }: FitContext): Promise<NearestRows> {
  const { representative, groupOf } = distinctRows(X);
  const multiplicity = new Uint32Array(representative.length);
  for (const group of groupOf) multiplicity[group]++;
  const { mean, scale, constant } = columnScaling(X);
  const unit = scale.map((width, j) => (constant[j] === 1 ? 0 : 1 / width));
  const points = searchable(selectRows(X, representative));
  const session = executor.open({ points, multiplicity, mean, unit, k });
  try {
    const items = Array.from({ length: Math.ceil(points.rows / chunk) }, (_, c) => ({
      from: c * chunk,
      to: Math.min(points.rows, (c + 1) * chunk),
    }));
    const seconds = 2e-9 * points.rows * Math.sqrt(points.rows) * points.columns;
    const lists = await session.map(findNeighbours, items, { signal, seconds });
    return { groupOf, neighbours: lists.flat() };
  } finally {
    await session.close();
  }
}
