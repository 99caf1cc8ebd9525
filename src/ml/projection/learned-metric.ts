import { type FitContext, throwIfCancelled } from '../fit-context.js';
import { fixSigns } from '../linear-algebra/symmetric-eigen.js';
import { denseMatrix } from '../matrix/feature-matrix.js';
import { randomStream, shuffle } from '../random/stream.js';
import { CentredRows } from './centred-rows.js';
import { linearCoordinates } from './linear-coordinates.js';
import { principalComponents } from './principal-components.js';
import type { Projected, ProjectionInput } from './projection.js';
import { requireClasses } from './within-classes.js';

/** Rows with a class, in a space of p dimensions. */
export interface ClassedPoints {
  /** m×p, row-major; the mean square of all cells is 1. */
  readonly points: Float64Array;
  readonly count: number;
  readonly dimensions: number;
  /** Length m: 0 … */
  readonly classes: Int32Array;
}

export interface LearnedTransform {
  /** q×p, row-major: distances are taken after it. */
  readonly transform: Float64Array;
  readonly warnings: readonly string[];
}

/** Principal components that a metric is learned in, at most: what it costs grows with their square or cube. */
export const metricDimensions = 50;

/** Components whose variance is smaller than this share of the first carry rounding alone. */
const negligible = 1e-10;

/**
 * Projects by a metric that is learned from labels or families, as all of the metric learning algorithms here do: the
 * rows in at most 50 principal components; `learn` finds a linear transform for at most `mostRows` of those with a class,
 * drawn by the seed from each class alike; the k principal components of all transformed rows are what is shown.
 * Throws UserError with fewer than two classes.
 */
export async function projectByMetric(
  input: ProjectionInput,
  components: number,
  mostRows: number,
  learn: (classed: ClassedPoints) => LearnedTransform | Promise<LearnedTransform>,
  context: FitContext,
): Promise<Projected> {
  throwIfCancelled(context.signal);
  const sizes = new Uint32Array(input.classCount);
  for (const c of input.classes) if (c >= 0) sizes[c]++;
  requireClasses(sizes, 2);
  const rows = new CentredRows(input.X);
  const { rows: n, columns: d } = input.X;
  const first = reduced(rows, Math.min(metricDimensions, n - 1, d), context);
  const p = first.length / d;
  const inFirst = linearCoordinates(rows, first);
  const chosen = drawn(input.classes, mostRows, context.seed);
  const { points, scale } = pointsOf(inFirst, chosen, p);
  const classes = Int32Array.from(chosen, (row) => input.classes[row]);
  const learned = await learn({ points, count: chosen.length, dimensions: p, classes });
  const transformed = denseMatrix(n, learned.transform.length / p);
  transformed.values.set(product(inFirst, transposed(learned.transform, p), n, p));
  const k = Math.min(components, transformed.columns);
  const last = principalComponents(new CentredRows(transformed), k, context).axes;
  const axes = product(product(last, learned.transform, k, transformed.columns), first, k, p);
  for (let at = 0; at < axes.length; at++) axes[at] *= scale;
  fixSigns(axes, d);
  const withClass = input.classes.reduce((sum, c) => sum + Number(c >= 0), 0);
  return {
    components: k,
    coordinates: linearCoordinates(rows, axes),
    linear: { axes, mean: rows.mean },
    variance: null,
    warnings: [
      ...learned.warnings,
      ...(chosen.length < withClass
        ? [`the metric was learned from ${chosen.length} of the ${withClass} instances with a label, drawn by the seed`]
        : []),
      ...(p < Math.min(d, n - 1) && p === metricDimensions
        ? [`the metric was learned in the first ${p} principal components of the ${d} features`]
        : []),
    ],
  };
}

function reduced(rows: CentredRows, most: number, context: FitContext): Float64Array {
  const { squares, axes } = principalComponents(rows, most, context);
  const d = rows.X.columns;
  const kept = squares.findIndex((value) => !(value > negligible * squares[0]));
  return kept === -1 ? axes : axes.slice(0, Math.max(1, kept) * d);
}

/** Rows with a class: all, or as many as may be, of each class the same share, drawn by the seed. Ascending. */
function drawn(classes: Int32Array, most: number, seed: number): Uint32Array {
  const members = new Map<number, number[]>();
  classes.forEach((c, row) => {
    if (c < 0) return;
    const list = members.get(c);
    if (list) list.push(row);
    else members.set(c, [row]);
  });
  const all = [...members.values()].reduce((sum, rows) => sum + rows.length, 0);
  const share = Math.min(1, most / all);
  return Uint32Array.from(
    [...members].flatMap(([c, rows]) => {
      const mixed = rows.slice();
      shuffle(mixed, randomStream(seed, 'metric rows', c));
      return mixed.slice(
        0,
        share === 1 ? rows.length : Math.min(rows.length, Math.max(2, Math.floor(share * rows.length))),
      );
    }),
  ).sort();
}

/** Some rows on a common scale: the mean square of their cells is 1. */
function pointsOf(coordinates: Float64Array, rows: Uint32Array, p: number): { points: Float64Array; scale: number } {
  const points = new Float64Array(rows.length * p);
  rows.forEach((row, i) => {
    points.set(coordinates.subarray(row * p, (row + 1) * p), i * p);
  });
  let squares = 0;
  for (const x of points) squares += x * x;
  const scale = squares > 0 ? Math.sqrt(points.length / squares) : 1;
  for (let at = 0; at < points.length; at++) points[at] *= scale;
  return { points, scale };
}

/** A·B for A m×p and B p×q, row-major. */
function product(a: Float64Array, b: Float64Array, m: number, p: number): Float64Array {
  const q = b.length / p;
  const result = new Float64Array(m * q);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k < p; k++) {
      const factor = a[i * p + k];
      for (let j = 0; j < q; j++) result[i * q + j] += factor * b[k * q + j];
    }
  }
  return result;
}

/** Bᵀ of a matrix with p columns. */
function transposed(b: Float64Array, p: number): Float64Array {
  const q = b.length / p;
  return Float64Array.from({ length: b.length }, (_, at) => b[(at % q) * p + Math.floor(at / q)]);
}
