import { type CancelSignal, throwIfCancelled } from '../../fit-context.js';
import { type RandomStream, shuffle } from '../../random/stream.js';
import { type Ellipsoid, ellipsoidOf, squaredMahalanobis } from './ellipsoid.js';

/** Random starts, in all. */
const starts = 100;
/** Candidates that go on after two steps. */
const kept = 10;
/** Up to this many rows all starts see all of them; more are first divided. */
const undivided = 600;
const parts = 5;
const rowsOfPart = 300;
/** Candidates that go on to all rows where they were divided. */
const keptOfMerged = 2;
const mostSteps = 100;

export interface McdProblem {
  /** n×p row-major. */
  readonly rows: Float64Array;
  readonly p: number;
  /** Share of the rows that the ellipsoid is to be of: their count among n rows. */
  supportOf(n: number): number;
  /** Added to every variance. */
  readonly ridge: number;
  readonly stream: RandomStream;
  readonly signal: CancelSignal | undefined;
}

/** An ellipsoid and the rows that it is the mean and covariance of. */
export interface McdFit {
  readonly ellipsoid: Ellipsoid;
  /** Ascending. */
  readonly support: Uint32Array;
}

/**
 * Minimum covariance determinant by FastMCD (Rousseeuw and Van Driessen, "A fast algorithm for the minimum covariance
 * determinant estimator", Technometrics 41, 1999): the h rows whose covariance has the least determinant, sought by
 * concentration steps from random starts; above 600 rows first in five disjoint parts of 300, then in their union, then in
 * all. Null where the covariance of a support is singular. O(starts · min(n, 1500) · p² + n · p² · steps).
 */
export function fastMcd(problem: McdProblem): McdFit | null {
  const { rows, p, stream } = problem;
  const n = rows.length / p;
  const all = Uint32Array.from({ length: n }, (_, i) => i);
  // With hardly more rows than columns the support is all of them, whatever the start.
  if (problem.supportOf(n) >= n) {
    const ellipsoid = ellipsoidOf(rows, p, all, problem.ridge, problem.signal);
    return ellipsoid && { ellipsoid, support: all };
  }
  if (n <= undivided) {
    const first = fromStarts(problem, all, starts);
    return first && best(problem, all, first);
  }
  const order = all.slice();
  shuffle(order, stream);
  const size = Math.min(rowsOfPart, Math.floor(n / parts));
  const candidates: Ellipsoid[] = [];
  for (let part = 0; part < parts; part++) {
    const found = fromStarts(problem, order.slice(part * size, (part + 1) * size), starts / parts);
    if (!found) return null;
    candidates.push(...found);
  }
  const merged = concentrated(problem, order.slice(0, parts * size), candidates, 2);
  return (
    merged &&
    best(
      problem,
      all,
      merged.slice(0, keptOfMerged).map(({ ellipsoid }) => ellipsoid),
    )
  );
}

/** The best ellipsoids among `among` after two steps from random starts. */
function fromStarts(problem: McdProblem, among: Uint32Array, count: number): Ellipsoid[] | null {
  const first = Array.from({ length: count }, () => randomEllipsoid(problem, among));
  if (first.some((ellipsoid) => ellipsoid === null)) return null;
  return (
    concentrated(problem, among, first as Ellipsoid[], 2)
      ?.slice(0, kept)
      .map(({ ellipsoid }) => ellipsoid) ?? null
  );
}

/** Of p + 1 random rows, and as many more as it takes not to be singular. */
function randomEllipsoid({ rows, p, ridge, stream, signal }: McdProblem, among: Uint32Array): Ellipsoid | null {
  const order = among.slice();
  shuffle(order, stream);
  for (let size = Math.min(p + 1, order.length); size <= order.length; size += Math.max(1, size >> 3)) {
    const ellipsoid = ellipsoidOf(rows, p, order.subarray(0, size), ridge, signal);
    if (ellipsoid) return ellipsoid;
  }
  return ellipsoidOf(rows, p, order, ridge, signal);
}

/** Each candidate after some steps, the least determinant first; null where one is singular. */
function concentrated(
  problem: McdProblem,
  among: Uint32Array,
  candidates: readonly Ellipsoid[],
  steps: number,
): McdFit[] | null {
  const { p, ridge, supportOf, signal } = problem;
  const rows = new Float64Array(among.length * p);
  among.forEach((row, i) => rows.set(problem.rows.subarray(row * p, (row + 1) * p), i * p));
  const h = supportOf(among.length);
  const fits: McdFit[] = [];
  for (const candidate of candidates) {
    let fit: McdFit = { ellipsoid: candidate, support: new Uint32Array(0) };
    for (let step = 0; step < steps; step++) {
      throwIfCancelled(signal);
      const support = nearest(squaredMahalanobis(rows, p, fit.ellipsoid), h);
      if (support.length === fit.support.length && support.every((row, i) => row === fit.support[i])) break;
      const ellipsoid = ellipsoidOf(rows, p, support, ridge, signal);
      if (!ellipsoid) return null;
      fit = { ellipsoid, support };
    }
    fits.push(fit);
  }
  return fits.sort((a, b) => a.ellipsoid.logDeterminant - b.ellipsoid.logDeterminant);
}

function best(problem: McdProblem, all: Uint32Array, candidates: readonly Ellipsoid[]): McdFit | null {
  return concentrated(problem, all, candidates, mostSteps)?.[0] ?? null;
}

/** The h least distances' rows, ascending. */
function nearest(distances: Float64Array, h: number): Uint32Array {
  const order = Uint32Array.from(distances.keys()).sort((a, b) => distances[a] - distances[b] || a - b);
  return order.slice(0, h).sort();
}
