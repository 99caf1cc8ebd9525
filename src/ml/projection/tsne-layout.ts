import { type FitContext, pause } from '../fit-context.js';
import type { EdgeList } from './fuzzy-graph.js';
import { Quadtree } from './quadtree.js';

export interface TsneOptions {
  readonly rounds: number;
  /** Squares that look narrower than this count as one point; 0: none does, exact. */
  readonly narrow: number;
}

/** Affinities count this many times in the first rounds, so that groups form. */
const exaggeration = 12;
const exaggeratedRounds = 250;

/**
 * The layout of t-SNE in the plane (van der Maaten and Hinton 2008; Barnes-Hut pushes: van der Maaten 2014): gradient
 * descent with momentum and gains, the rate n / 12 or at least 50 (Belkina et al. 2019). O(n·log n) a round.
 * @param affinities of pairs; they sum to ½, each pair counting both ways
 * @param y n×2, the start, changed in place
 */
export async function tsneLayout(
  affinities: EdgeList,
  y: Float64Array,
  { rounds, narrow }: TsneOptions,
  context: FitContext,
): Promise<Float64Array> {
  const n = y.length / 2;
  const tree = new Quadtree(n);
  const gradient = new Float64Array(2 * n);
  const speed = new Float64Array(2 * n);
  const gains = new Float64Array(2 * n).fill(1);
  const rate = Math.max(50, n / exaggeration / 4);
  for (let round = 0; round < rounds; round++) {
    await pause(context);
    const early = round < exaggeratedRounds;
    tsneGradient(affinities, y, tree, early ? exaggeration : 1, narrow, gradient);
    const momentum = early ? 0.5 : 0.8;
    for (let at = 0; at < 2 * n; at++) {
      // A gain grows while the way stays the same, and shrinks where it turns.
      gains[at] = Math.max(0.01, speed[at] * gradient[at] < 0 ? gains[at] + 0.2 : 0.8 * gains[at]);
      speed[at] = momentum * speed[at] - rate * gains[at] * gradient[at];
      y[at] += speed[at];
    }
    context.progress?.(round + 1, rounds, 'laying out');
  }
  return y;
}

/** Writes 4·Σ (p − q)·q'·(yᵢ − yⱼ), q' = 1 / (1 + |yᵢ − yⱼ|²) and q = q' / Σ q', the gradient of the divergence. */
export function tsneGradient(
  { from, to, weight }: EdgeList,
  y: Float64Array,
  tree: Quadtree,
  exaggerated: number,
  narrow: number,
  gradient: Float64Array,
): void {
  const n = y.length / 2;
  tree.build(y);
  gradient.fill(0);
  const force = new Float64Array(2);
  let all = 0;
  for (let i = 0; i < n; i++) {
    force[0] = force[1] = 0;
    all += tree.push(y[2 * i], y[2 * i + 1], narrow, force);
    gradient[2 * i] = force[0];
    gradient[2 * i + 1] = force[1];
  }
  for (let at = 0; at < 2 * n; at++) gradient[at] *= -4 / all;
  for (let e = 0; e < weight.length; e++) {
    const [i, j] = [2 * from[e], 2 * to[e]];
    const dx = y[i] - y[j];
    const dy = y[i + 1] - y[j + 1];
    const factor = (4 * exaggerated * weight[e]) / (1 + dx * dx + dy * dy);
    gradient[i] += factor * dx;
    gradient[i + 1] += factor * dy;
    gradient[j] -= factor * dx;
    gradient[j + 1] -= factor * dy;
  }
}
