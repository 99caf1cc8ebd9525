import { type CancelSignal, throwIfCancelled } from '../fit-context.js';

/** A smooth function of d variables: writes its gradient at x into `gradient` and returns its value. */
export type SmoothFunction = (x: Float64Array, gradient: Float64Array) => number;

export interface MinimiseOptions {
  /** Stops where no component of the gradient is larger. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** Pairs of steps and changes of the gradient that are remembered. */
  readonly memory?: number;
  readonly signal?: CancelSignal;
}

export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Minimises a smooth function from `start` by L-BFGS (Liu and Nocedal 1989; two-loop recursion of Nocedal and Wright,
 * Numerical Optimization, algorithm 7.4), with the line search for weak Wolfe conditions by bisection (Lewis and Overton
 * 2013), which also survives kinks. Not converged where the line search finds nothing lower. O(memory·d) an iteration
 * besides one or two values of the function.
 */
export function minimiseLbfgs(f: SmoothFunction, start: Float64Array, options: MinimiseOptions): Minimum {
  const { tolerance, maxIterations, memory = 10, signal } = options;
  const d = start.length;
  let x = start.slice();
  let gradient = new Float64Array(d);
  let value = f(x, gradient);
  const pairs: Pair[] = [];
  let iterations = 0;
  for (; iterations < maxIterations && largest(gradient) > tolerance; iterations++) {
    throwIfCancelled(signal);
    const direction = descent(gradient, pairs);
    let slope = dot(direction, gradient);
    if (!(slope < 0)) {
      // Rounding has spoilt what is remembered: begin again from the steepest descent.
      pairs.length = 0;
      direction.set(gradient.map((g) => -g));
      slope = -dot(gradient, gradient);
    }
    const first = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const found = lineSearch(f, { x, value, direction, slope, first });
    if (!found) {
      if (pairs.length === 0) break;
      pairs.length = 0;
      continue;
    }
    const step = found.x.map((to, j) => to - x[j]);
    const change = found.gradient.map((to, j) => to - gradient[j]);
    const curvature = dot(step, change);
    if (curvature > 1e-14 * dot(change, change)) {
      pairs.push({ step, change, curvature });
      if (pairs.length > memory) pairs.shift();
    }
    ({ x, value, gradient } = found);
  }
  return { x, value, iterations, converged: largest(gradient) <= tolerance };
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/** −H·gradient for the inverse Hessian H that the pairs stand for. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((g) => -g);
  const factors: number[] = [];
  for (let p = pairs.length - 1; p >= 0; p--) {
    const { step, change, curvature } = pairs[p];
    factors[p] = dot(step, direction) / curvature;
    for (let j = 0; j < direction.length; j++) direction[j] -= factors[p] * change[j];
  }
  const last = pairs.at(-1);
  const scale = last ? last.curvature / dot(last.change, last.change) : 1;
  for (let j = 0; j < direction.length; j++) direction[j] *= scale;
  pairs.forEach(({ step, change, curvature }, p) => {
    const back = factors[p] - dot(change, direction) / curvature;
    for (let j = 0; j < direction.length; j++) direction[j] += back * step[j];
  });
  return direction;
}

interface Ray {
  readonly x: Float64Array;
  readonly value: number;
  readonly direction: Float64Array;
  readonly slope: number;
  readonly first: number;
}

interface Point {
  readonly x: Float64Array<ArrayBuffer>;
  readonly value: number;
  readonly gradient: Float64Array<ArrayBuffer>;
}

const sufficientDecrease = 1e-4;
const flatEnough = 0.9;

/** A point on the ray that is lower by enough and flatter; a merely lower one where none is found; null for neither. */
function lineSearch(f: SmoothFunction, { x, value, direction, slope, first }: Ray): Point | null {
  let low = 0;
  let high = Infinity;
  let best: Point | null = null;
  for (let trial = 0, step = first; trial < 50; trial++) {
    const at: Float64Array<ArrayBuffer> = new Float64Array(x.length);
    for (let j = 0; j < x.length; j++) at[j] = x[j] + step * direction[j];
    const gradient = new Float64Array(x.length);
    const reached = f(at, gradient);
    if (!(reached <= value + sufficientDecrease * step * slope)) high = step;
    else {
      if (best === null || reached < best.value) best = { x: at, value: reached, gradient };
      if (dot(gradient, direction) >= flatEnough * slope) return { x: at, value: reached, gradient };
      low = step;
    }
    step = high === Infinity ? 2 * step : (low + high) / 2;
  }
  return best;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
