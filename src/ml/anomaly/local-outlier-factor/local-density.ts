import type { NeighbourList } from '../../neighbours/neighbour-list.js';

/** What scikit-learn adds to a mean reach, so that rows with k equals have a density: 10¹⁰, and not infinity. */
const leastReach = 1e-10;

/** m distinct points, and what local outlier factors need to know of each. */
export interface LocalDensities {
  /** Length m: rows that each point stands for. */
  readonly multiplicity: Uint32Array;
  /** Length m: distance to the k-th of the other rows. */
  readonly kDistance: Float64Array;
  /** Length m: 1 / mean reach. */
  readonly density: Float64Array;
}

/** Neighbours of a row: points by ascending distance, rows that each stands for, and the distance to the k-th row. */
export interface Neighbourhood {
  readonly points: readonly number[];
  readonly distances: readonly number[];
  readonly rows: readonly number[];
  readonly kDistance: number;
}

/**
 * The k nearest rows in a list that was searched for k + 1, with all that tie with the last of them (definition 4 of
 * the paper). `self`: the point that the row itself is among, one of whose rows is left out; -1 for a new row.
 */
export function neighbourhood(list: NeighbourList, multiplicity: Uint32Array, k: number, self: number): Neighbourhood {
  const points: number[] = [];
  const distances: number[] = [];
  const rows: number[] = [];
  let found = 0;
  let kDistance = Number.POSITIVE_INFINITY;
  for (let i = 0; i < list.points.length; i++) {
    const distance = Math.sqrt(list.squaredDistances[i]);
    if (distance > kDistance * (1 + 1e-9)) break;
    const point = list.points[i];
    const count = multiplicity[point] - (point === self ? 1 : 0);
    if (count === 0) continue;
    points.push(point);
    distances.push(distance);
    rows.push(count);
    found += count;
    if (found >= k && kDistance === Number.POSITIVE_INFINITY) kDistance = distance;
  }
  return { points, distances, rows, kDistance };
}

/** Local reachability density (definition 6): 1 / mean over the neighbours o of max(k-distance(o), distance to o). */
export function localDensity({ points, distances, rows }: Neighbourhood, kDistance: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < points.length; i++) {
    sum += rows[i] * Math.max(kDistance[points[i]], distances[i]);
    total += rows[i];
  }
  return 1 / (sum / total + leastReach);
}

/** Local outlier factor (definition 7): mean density of the neighbours over that of the row itself. */
export function localOutlierFactor({ points, rows }: Neighbourhood, own: number, density: Float64Array): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < points.length; i++) {
    sum += rows[i] * density[points[i]];
    total += rows[i];
  }
  return sum / total / own;
}
