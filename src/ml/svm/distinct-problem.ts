import { UserError } from '../../errors.js';
import { type FeatureMatrix, type SparseMatrix, selectRows } from '../matrix/feature-matrix.js';
import { distinctRows } from '../neighbours/distinct-rows.js';
import { type KernelFunction } from './kernel-function.js';
import { kernelFunction, type KernelParams } from './kernel-params.js';
import { type CellScaling, cellScaling, type ScaledRows, scaledRows } from './scaled-rows.js';

/** Training rows as a kernel machine takes them: equal ones once, in an order that is theirs alone. */
export interface DistinctProblem {
  readonly kernel: KernelFunction;
  readonly scaling: CellScaling;
  /** The m distinct rows, ascending by their cells. */
  readonly rows: ScaledRows;
  /** The rows that count, of those given: those of positive weight, ascending; which distinct row each is; its weight. */
  readonly given: Uint32Array;
  readonly groupOf: Uint32Array;
  readonly weights: Float64Array;
}

/**
 * Standardises the rows of positive weight and merges equal ones: variables of equal rows (and equal labels) share
 * their bounds, so the optimum is the same. The order of the given rows does not matter to what is learned.
 * O(stored cells + m log m).
 */
export function distinctProblem(
  X: FeatureMatrix,
  allWeights: Float64Array | undefined,
  params: KernelParams,
): DistinctProblem {
  const all = allWeights ?? new Float64Array(X.rows).fill(1);
  const given = Uint32Array.from(all.keys()).filter((i) => all[i] > 0);
  if (given.length === 0) throw new UserError('there is no row of positive weight to learn from');
  const seen = selectRows(X, given);
  const weights = Float64Array.from(given, (i) => all[i]);
  const scaling = cellScaling(seen, weights, params.standardise);
  const scaled = scaledRows(seen, scaling);
  const kernel = kernelFunction(params, scaled, scaling, weights);
  const { representative, groupOf } = distinctRows(scaled.cells);
  const order = Uint32Array.from(representative.keys()).sort((a, b) => {
    return compareRows(scaled.cells, representative[a], representative[b]);
  });
  const place = new Uint32Array(order.length);
  order.forEach((group, p) => {
    place[group] = p;
  });
  const chosen = order.map((group) => representative[group]);
  const rows: ScaledRows = {
    cells: selectRows(scaled.cells, chosen) as SparseMatrix,
    norm: Float64Array.from(chosen, (i) => scaled.norm[i]),
    centring: Float64Array.from(chosen, (i) => scaled.centring[i]),
  };
  return { kernel, scaling, rows, given, groupOf: Uint32Array.from(groupOf, (group) => place[group]), weights };
}

/** Lexicographic order of the cells that are not 0. */
function compareRows({ rowStart, columnIndex, values }: SparseMatrix, a: number, b: number): number {
  let [x, y] = [rowStart[a], rowStart[b]];
  const [endX, endY] = [rowStart[a + 1], rowStart[b + 1]];
  for (; x < endX && y < endY; x++, y++) {
    if (columnIndex[x] !== columnIndex[y]) return columnIndex[x] - columnIndex[y];
    if (values[x] !== values[y]) return values[x] - values[y];
  }
  return endX - x - (endY - y);
}
