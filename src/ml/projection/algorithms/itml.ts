import { pause } from '../../fit-context.js';
import { symmetricPower } from '../../linear-algebra/matrix-roots.js';
import { defineParams } from '../../params.js';
import { randomStream } from '../../random/stream.js';
import { projectByMetric } from '../learned-metric.js';
import { metricCost } from '../metric-cost.js';
import { drawPairs, type PointPair, squaredLength } from '../pairs-of-points.js';
import { defineProjection } from '../projection.js';

const params = defineParams({
  gamma: { type: 'number', default: 1, min: 0, open: true, help: 'how much the pairs weigh against staying as it was' },
  pairs: {
    type: 'number',
    default: 1000,
    min: 10,
    max: 20000,
    integer: true,
    help: 'pairs of instances to learn from',
  },
  maxIterations: { type: 'number', default: 200, min: 1, integer: true, help: 'rounds over the pairs, at most' },
});

/** A change of the multipliers by less than this share of them ends the rounds. */
const settled = 1e-3;

/**
 * Information-theoretic metric learning (Davis, Kulis, Jain, Sra and Dhillon 2007, algorithm 1): of all metrics that
 * bring pairs of one class below the 5th percentile of distances and others above the 95th, the one closest to the
 * plain distance; by Bregman projections, pair by pair, with the step that solves the problem with slack (the paper prints
 * another one for it). O(pairs·p²) a round.
 */
export const itml = defineProjection({
  id: 'itml',
  title: 'Information-theoretic metric learning',
  summary: 'Changes distances as little as possible so that pairs of one label or family come close.',
  params,
  supervised: true,
  usualComponents: 10,
  mostComponents: (rows, columns) => Math.max(0, Math.min(rows - 1, columns, 50)),
  cost: (rows, columns, _components, { pairs, maxIterations }) =>
    metricCost(rows, columns, () => 5e-9 * pairs * Math.min(50, columns) ** 2 * maxIterations),
  project: (input, components, { gamma, pairs, maxIterations }, context) =>
    projectByMetric(
      input,
      components,
      Number.POSITIVE_INFINITY,
      async (classed) => {
        const drawn = drawPairs(classed, pairs, randomStream(context.seed, 'metric pairs'));
        const bounds = distanceBounds(drawn);
        const p = classed.dimensions;
        const metric = new Float64Array(p * p);
        for (let c = 0; c < p; c++) metric[c * p + c] = 1;
        const project = bregmanProjections(metric, p, drawn, bounds, gamma);
        let change = Number.POSITIVE_INFINITY;
        for (let round = 0; round < maxIterations && change > settled; round++) {
          await pause(context);
          change = project();
          context.progress?.(round + 1, maxIterations, 'rounds');
        }
        const late = `the metric has not settled within ${maxIterations} rounds: --param maxIterations=N`;
        return { transform: symmetricPower(metric, p, 0.5), warnings: change > settled ? [late] : [] };
      },
      context,
    ),
});

interface Bounds {
  /** Pairs of one class are to be closer than this … */
  readonly near: number;
  /** … and others farther than this; squared distances. */
  readonly far: number;
}

function distanceBounds(pairs: readonly PointPair[]): Bounds {
  const squared = Float64Array.from(pairs, ({ difference }) => squaredLength(difference)).sort();
  const at = (share: number): number => squared[Math.min(squared.length - 1, Math.floor(share * squared.length))];
  return { near: Math.max(at(0.05), 1e-9), far: Math.max(at(0.95), 1e-9) };
}

/** A function that goes once over the pairs, changes the metric (p×p) and returns how far the multipliers moved. */
export function bregmanProjections(
  metric: Float64Array,
  p: number,
  pairs: readonly PointPair[],
  { near, far }: Bounds,
  gamma: number,
): () => number {
  const multiplier = new Float64Array(pairs.length);
  const slack = Float64Array.from(pairs, ({ alike }) => (alike ? near : far));
  const along = new Float64Array(p);
  return () => {
    let [moved, size] = [0, 0];
    pairs.forEach(({ difference, alike }, k) => {
      let distance = 0;
      for (let i = 0; i < p; i++) {
        let sum = 0;
        for (let j = 0; j < p; j++) sum += metric[i * p + j] * difference[j];
        along[i] = sum;
        distance += sum * difference[i];
      }
      if (!(distance > 0)) return;
      const sign = alike ? 1 : -1;
      const alpha = Math.min(multiplier[k], (sign * gamma * (1 / distance - 1 / slack[k])) / (gamma + 1));
      const beta = (sign * alpha) / (1 - sign * alpha * distance);
      slack[k] = (gamma * slack[k]) / (gamma + sign * alpha * slack[k]);
      multiplier[k] -= alpha;
      moved += Math.abs(alpha);
      size += multiplier[k];
      for (let i = 0; i < p; i++) {
        const factor = beta * along[i];
        for (let j = 0; j < p; j++) metric[i * p + j] += factor * along[j];
      }
    });
    return moved / Math.max(size, Number.MIN_VALUE);
  };
}
