import { type CancelSignal, throwIfCancelled } from '../../fit-context.js';
import { conjugateGradient } from '../../kernels/conjugate-gradient.js';
import type { SimilarityGraph } from './similarity-graph.js';

/** How far labels reach. */
export interface Spreading {
  /** Labels of nodes stay as they are (Zhu), or give way to those around them (Zhou). */
  readonly method: 'propagation' | 'spreading';
  /** Between 0 and 1: how much a node of `spreading` listens to its neighbours. */
  readonly alpha: number;
}

export interface SpreadLabels {
  /** n×c, rows sum to 1: the share of each class. */
  readonly shares: Float64Array;
  /** Nodes that hang together with none of the labelled: they have the share of each class among the labels. */
  readonly unreached: number;
}

const tolerance = 1e-12;
const mostIterations = 20_000;

/**
 * Labels along a graph, by the fixed point of the iteration and not by so many steps of it:
 *
 * - propagation (Zhu, Ghahramani and Lafferty, ICML 2003): each node without a label is the weighted mean of its
 *   neighbours, (D − W)·f = 0 there;
 * - spreading (Zhou, Bousquet, Lal, Weston and Schölkopf, NIPS 2003): (I − αS)·f = (1 − α)·y, S = D^−½·W·D^−½, and each
 *   row of f then made to sum to 1.
 *
 * The first by conjugate gradients, the second by its series; O(edges) a step, a solution for each class.
 * @param given n×c: for nodes with a label the share of each class, rows that sum to 1; for others 0
 */
export function spreadLabels(
  graph: SimilarityGraph,
  given: Float64Array,
  classCount: number,
  { method, alpha }: Spreading,
  signal?: CancelSignal,
): SpreadLabels {
  const n = graph.nodes;
  const known = Uint8Array.from({ length: n }, (_, i) => {
    return Number(given.subarray(i * classCount, (i + 1) * classCount).some((share) => share > 0));
  });
  const reached = reachedFrom(graph, known);
  const shares = new Float64Array(n * classCount);
  const solve = method === 'propagation' ? harmonicSolver(graph, known, reached) : spreadSolver(graph, alpha, signal);
  const ofClass = new Float64Array(n);
  for (let k = 0; k < classCount; k++) {
    throwIfCancelled(signal);
    for (let i = 0; i < n; i++) ofClass[i] = given[i * classCount + k];
    const solved = ofClass.some((share) => share > 0) ? solve(ofClass) : new Float64Array(n);
    for (let i = 0; i < n; i++) shares[i * classCount + k] = Math.max(0, solved[i]);
  }
  return { shares, unreached: normalise(shares, classCount, reached, priorOf(given, classCount)) };
}

/** 1 for each node that a path leads to from a known one. */
function reachedFrom({ nodes, start, neighbour }: SimilarityGraph, known: Uint8Array): Uint8Array {
  const reached = known.slice();
  const queue = Uint32Array.from(known.keys()).filter((i) => known[i] === 1);
  const open = new Uint32Array(nodes);
  open.set(queue);
  let end = queue.length;
  for (let at = 0; at < end; at++) {
    for (let e = start[open[at]]; e < start[open[at] + 1]; e++) {
      if (reached[neighbour[e]] === 1) continue;
      reached[neighbour[e]] = 1;
      open[end++] = neighbour[e];
    }
  }
  return reached;
}

type Solver = (given: Float64Array) => Float64Array;

function harmonicSolver(graph: SimilarityGraph, known: Uint8Array, reached: Uint8Array): Solver {
  const degree = degrees(graph);
  const free = known.map((own, i) => (own === 0 && reached[i] === 1 ? 1 : 0));
  const system = {
    multiply(v: Float64Array, out: Float64Array): void {
      multiply(graph, v, out);
      // Entries of nodes that are not free are 0 throughout.
      for (let i = 0; i < v.length; i++) out[i] = free[i] === 1 ? degree[i] * v[i] - out[i] : 0;
    },
    precondition(r: Float64Array): void {
      for (let i = 0; i < r.length; i++) if (free[i] === 1) r[i] /= degree[i];
    },
  };
  return (given) => {
    const pull = new Float64Array(given.length);
    multiply(graph, given, pull);
    for (let i = 0; i < pull.length; i++) if (free[i] === 0) pull[i] = 0;
    const solved = new Float64Array(given.length);
    conjugateGradient(system, pull, solved, tolerance, mostIterations);
    return solved.map((value, i) => (known[i] === 1 ? given[i] : value));
  };
}

/**
 * The series Σ (αS)ᵏ·y, all of whose terms are positive: it gives far nodes, whose shares are tiny before they are made to
 * sum to 1, the same relative accuracy as near ones.
 */
function spreadSolver(graph: SimilarityGraph, alpha: number, signal: CancelSignal | undefined): Solver {
  const root = degrees(graph).map((degree) => (degree > 0 ? 1 / Math.sqrt(degree) : 0));
  const turned = new Float64Array(graph.nodes);
  return (given) => {
    const sum = given.slice();
    const term = given.slice();
    const product = new Float64Array(given.length);
    for (let settled = false; !settled; ) {
      throwIfCancelled(signal);
      for (let i = 0; i < term.length; i++) turned[i] = term[i] * root[i];
      multiply(graph, turned, product);
      settled = true;
      for (let i = 0; i < term.length; i++) {
        term[i] = alpha * root[i] * product[i];
        sum[i] += term[i];
        if (term[i] > tolerance * sum[i]) settled = false;
      }
    }
    return sum;
  };
}

function degrees({ nodes, start, weight }: SimilarityGraph): Float64Array {
  const degree = new Float64Array(nodes);
  for (let i = 0; i < nodes; i++) for (let e = start[i]; e < start[i + 1]; e++) degree[i] += weight[e];
  return degree;
}

/** out = W·v. */
function multiply({ nodes, start, neighbour, weight }: SimilarityGraph, v: Float64Array, out: Float64Array): void {
  for (let i = 0; i < nodes; i++) {
    let sum = 0;
    for (let e = start[i]; e < start[i + 1]; e++) sum += weight[e] * v[neighbour[e]];
    out[i] = sum;
  }
}

function priorOf(given: Float64Array, classCount: number): Float64Array {
  const prior = new Float64Array(classCount);
  given.forEach((share, at) => (prior[at % classCount] += share));
  const total = prior.reduce((sum, share) => sum + share, 0);
  return prior.map((share) => share / total);
}

/** Makes rows sum to 1; returns how many had nothing to do so with. */
function normalise(shares: Float64Array, classCount: number, reached: Uint8Array, prior: Float64Array): number {
  let unreached = 0;
  for (let i = 0; i < reached.length; i++) {
    const row = shares.subarray(i * classCount, (i + 1) * classCount);
    const total = row.reduce((sum, share) => sum + share, 0);
    if (reached[i] === 1 && total > 0) {
      for (let k = 0; k < classCount; k++) row[k] /= total;
    } else {
      row.set(prior);
      unreached++;
    }
  }
  return unreached;
}
