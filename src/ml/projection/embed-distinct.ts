import { UserError } from '../../errors.js';
import { type FitContext, throwIfCancelled } from '../fit-context.js';
import { denseMatrix, type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { distinctRows } from '../neighbours/distinct-rows.js';
import { fixSigns } from '../linear-algebra/symmetric-eigen.js';
import { CentredRows } from './centred-rows.js';
import { linearCoordinates } from './linear-coordinates.js';
import { principalComponents } from './principal-components.js';
import type { Projected } from './projection.js';

/** Lays out n distinct points: n×k coordinates, from their principal components as a start. */
type Layout = (points: FeatureMatrix, start: Float64Array) => Promise<Float64Array>;

/** Fewer have no neighbourhoods to speak of. */
const fewestPoints = 4;

/**
 * Places rows by their neighbourhoods: equal rows are one point and come to lie in one place. The layout is centred and
 * turned to its own principal axes, so that it does not hang on the accidents of its start.
 */
export async function embedDistinct(
  X: FeatureMatrix,
  components: number,
  layout: Layout,
  context: FitContext,
): Promise<Projected> {
  throwIfCancelled(context.signal);
  const { representative, groupOf } = distinctRows(X);
  if (representative.length < fewestPoints) {
    throw new UserError(`only ${representative.length} instances differ: neighbourhoods need at least ${fewestPoints}`);
  }
  const points = selectRows(X, representative);
  const rows = new CentredRows(points);
  const first = Math.min(components, points.rows - 1, points.columns);
  const start = new Float64Array(points.rows * components);
  const along = linearCoordinates(rows, principalComponents(rows, first, context).axes);
  for (let i = 0; i < points.rows; i++) {
    for (let c = 0; c < first; c++) start[i * components + c] = along[i * first + c];
  }
  const placed = turned(await layout(points, start), components, context);
  const coordinates = new Float64Array(X.rows * components);
  groupOf.forEach((point, row) => {
    for (let c = 0; c < components; c++) coordinates[row * components + c] = placed[point * components + c];
  });
  return { components, coordinates, linear: null, variance: null, warnings: [] };
}

/** The layout in its own principal axes, the largest coordinate of each positive. */
function turned(layout: Float64Array, components: number, context: FitContext): Float64Array {
  const matrix = denseMatrix(layout.length / components, components);
  matrix.values.set(layout);
  const rows = new CentredRows(matrix);
  const { axes } = principalComponents(rows, components, context);
  const coordinates = linearCoordinates(rows, axes);
  const n = matrix.rows;
  const columns = new Float64Array(coordinates.length);
  for (let i = 0; i < n; i++) for (let c = 0; c < components; c++) columns[c * n + i] = coordinates[i * components + c];
  fixSigns(columns, n);
  for (let i = 0; i < n; i++) for (let c = 0; c < components; c++) coordinates[i * components + c] = columns[c * n + i];
  return coordinates;
}
