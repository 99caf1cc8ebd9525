import { UserError } from '../../../errors.js';
import type { FitContext } from '../../fit-context.js';
import { denseMatrix, type FeatureMatrix, toDense } from '../../matrix/feature-matrix.js';
import { nearestPoints } from '../../neighbours/nearest-points.js';
import { CentredRows } from '../../projection/centred-rows.js';
import { scatterOfRows } from '../../projection/scatter-matrix.js';
import type { PointScale } from '../../tasks/find-nearest-points.js';
import { shiftedCell } from '../../preprocessing/centred-cell.js';

/** A graph of n nodes with symmetric positive weights and no loops, by rows. */
export interface SimilarityGraph {
  readonly nodes: number;
  /** Length n + 1. */
  readonly start: Uint32Array;
  readonly neighbour: Uint32Array;
  readonly weight: Float64Array;
}

/** Of more points the weights of all pairs are not kept. */
export const mostPairedPoints = 4000;
/** A weight below this changes no figure that is shown. */
const leastWeight = 1e-12;

/** Links each of n distinct points with its k nearest; those that are each other's count twice. */
export async function neighbourGraph(
  points: FeatureMatrix,
  k: number,
  scale: PointScale,
  context: FitContext,
): Promise<SimilarityGraph> {
  const n = points.rows;
  const { index } = await nearestPoints(points, k, context, scale);
  const links = Array.from({ length: n }, () => new Map<number, number>());
  for (let i = 0; i < n; i++) {
    for (const j of index.subarray(i * k, (i + 1) * k)) {
      links[i].set(j, (links[i].get(j) ?? 0) + 1);
      links[j].set(i, (links[j].get(i) ?? 0) + 1);
    }
  }
  return graphOf(links.map((own) => Array.from(own).sort(([a], [b]) => a - b)));
}

/** Links all pairs of n distinct points by exp(−gamma·distance²). O(n²·d); throws UserError for too many. */
export function kernelGraph(points: FeatureMatrix, gamma: number, scale: PointScale, context: FitContext) {
  const n = points.rows;
  if (n > mostPairedPoints) {
    throw new UserError(`kernel=rbf compares all pairs of rows: ${n} distinct ones are too many`, {
      hint: `take kernel=knn, or --sample ${mostPairedPoints}`,
    });
  }
  const products = scatterOfRows(new CentredRows(scaled(points, scale)), context.signal);
  const lists: [number, number][][] = Array.from({ length: n }, () => []);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const squared = Math.max(0, products[i * n + i] + products[j * n + j] - 2 * products[i * n + j]);
      const weight = i === j ? 0 : Math.exp(-gamma * squared);
      if (weight >= leastWeight) lists[i].push([j, weight]);
    }
  }
  return graphOf(lists);
}

function scaled(points: FeatureMatrix, { mean, unit }: PointScale): FeatureMatrix {
  const { rows, columns, values } = toDense(points);
  const X = denseMatrix(rows, columns);
  values.forEach((value, at) => (X.values[at] = shiftedCell(value, mean[at % columns], unit[at % columns])));
  return X;
}

function graphOf(lists: readonly (readonly (readonly [number, number])[])[]): SimilarityGraph {
  const start = new Uint32Array(lists.length + 1);
  lists.forEach((list, i) => (start[i + 1] = start[i] + list.length));
  const neighbour = new Uint32Array(start[lists.length]);
  const weight = new Float64Array(start[lists.length]);
  lists.forEach((list, i) => {
    list.forEach(([j, value], e) => {
      neighbour[start[i] + e] = j;
      weight[start[i] + e] = value;
    });
  });
  return { nodes: lists.length, start, neighbour, weight };
}
