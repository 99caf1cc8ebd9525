import { type FitContext, pause } from '../fit-context.js';
import { minimiseLbfgs } from '../optimisation/l-bfgs.js';
import { randomStream } from '../random/stream.js';
import type { EdgeList } from './fuzzy-graph.js';

export interface LayoutOptions {
  readonly components: number;
  readonly epochs: number;
  /** How close points may lie. */
  readonly minDistance: number;
}

/** Points that push an end of an edge away, for each time it is pulled. */
const negatives = 5;
/** A coordinate moves by at most this times the rate at once. */
const farthestStep = 4;

/**
 * The layout of UMAP (McInnes, Healy and Melville 2018, algorithm 5): stochastic gradient descent on the cross entropy of
 * the graph's weights and 1 / (1 + a·|difference|^2b), with sampled pushes. In one thread and one order: the same seed
 * gives the same bytes. O(epochs · edges).
 * @param start n×components, changed in place
 */
export async function umapLayout(
  edges: EdgeList,
  start: Float64Array,
  { components, epochs, minDistance }: LayoutOptions,
  context: FitContext,
): Promise<Float64Array> {
  const n = start.length / components;
  const { a, b } = closenessCurve(minDistance);
  const stream = randomStream(context.seed, 'layout');
  const strongest = edges.weight.reduce((most, weight) => Math.max(most, weight), 0);
  // An edge is pulled in as many epochs as its weight is to the strongest.
  const every = edges.weight.map((weight) => strongest / weight);
  const due = every.slice();
  for (let epoch = 1; epoch <= epochs; epoch++) {
    await pause(context);
    const rate = 1 - (epoch - 1) / epochs;
    for (let e = 0; e < due.length; e++) {
      if (due[e] > epoch) continue;
      due[e] += every[e];
      const i = edges.from[e] * components;
      const j = edges.to[e] * components;
      pull(start, i, j, components, a, b, rate);
      for (let k = 0; k < negatives; k++) {
        push(start, i, stream.below(n) * components, components, a, b, rate);
        push(start, j, stream.below(n) * components, components, a, b, rate);
      }
    }
    context.progress?.(epoch, epochs, 'laying out');
  }
  return start;
}

function squaredDistance(y: Float64Array, i: number, j: number, components: number): number {
  let squared = 0;
  for (let c = 0; c < components; c++) squared += (y[i + c] - y[j + c]) ** 2;
  return squared;
}

function pull(y: Float64Array, i: number, j: number, components: number, a: number, b: number, rate: number): void {
  const squared = squaredDistance(y, i, j, components);
  if (!(squared > 0)) return;
  const power = squared ** b;
  const factor = (-2 * a * b * power) / (squared * (1 + a * power));
  for (let c = 0; c < components; c++) {
    const step = rate * clipped(factor * (y[i + c] - y[j + c]));
    y[i + c] += step;
    y[j + c] -= step;
  }
}

function push(y: Float64Array, i: number, j: number, components: number, a: number, b: number, rate: number): void {
  if (i === j) return;
  const squared = squaredDistance(y, i, j, components);
  if (!(squared > 0)) return;
  const factor = (2 * b) / ((0.001 + squared) * (1 + a * squared ** b));
  for (let c = 0; c < components; c++) y[i + c] += rate * clipped(factor * (y[i + c] - y[j + c]));
}

const clipped = (step: number): number => Math.max(-farthestStep, Math.min(farthestStep, step));

/**
 * a and b for which 1 / (1 + a·x^2b) comes closest, in least squares on 300 places of [0, 3], to 1 up to `minDistance`
 * and exp(minDistance − x) above.
 */
export function closenessCurve(minDistance: number): { a: number; b: number } {
  const places = Array.from({ length: 300 }, (_, i) => (3 * i) / 299);
  const wanted = places.map((x) => (x < minDistance ? 1 : Math.exp(minDistance - x)));
  const loss = (logs: Float64Array, gradient: Float64Array): number => {
    const [a, b] = [Math.exp(logs[0]), Math.exp(logs[1])];
    let sum = 0;
    gradient.fill(0);
    places.forEach((x, i) => {
      if (x === 0) return;
      const power = a * x ** (2 * b);
      const value = 1 / (1 + power);
      const off = value - wanted[i];
      sum += off * off;
      const slope = -2 * off * value * value * power;
      gradient[0] += slope;
      gradient[1] += slope * 2 * b * Math.log(x);
    });
    return sum;
  };
  const { x } = minimiseLbfgs(loss, Float64Array.of(0, 0), { tolerance: 1e-12, maxIterations: 200 });
  return { a: Math.exp(x[0]), b: Math.exp(x[1]) };
}
