import { minimiseLbfgs } from '../../optimisation/l-bfgs.js';
import { defineParams } from '../../params.js';
import { type ClassedPoints, projectByMetric } from '../learned-metric.js';
import { mapPoints } from '../map-points.js';
import { metricCost } from '../metric-cost.js';
import { defineProjection } from '../projection.js';

const params = defineParams({
  maxRows: {
    type: 'number',
    default: 1000,
    min: 10,
    max: 5000,
    integer: true,
    help: 'instances to learn from, at most',
  },
  maxIterations: { type: 'number', default: 50, min: 1, integer: true, help: 'steps of the optimisation, at most' },
});

/**
 * Neighbourhood components analysis (Goldberger, Roweis, Hinton and Salakhutdinov 2004): the linear map after which a
 * neighbour drawn by closeness is most likely of the own class; by L-BFGS from the principal components, to a local
 * optimum. O(m²·(p + k)) a step for m rows to learn from.
 */
export const nca = defineProjection({
  id: 'nca',
  title: 'Neighbourhood components analysis',
  summary: 'Brings instances of one label or family next to each other; slow, for some hundred labelled instances.',
  params,
  supervised: true,
  usualComponents: 2,
  mostComponents: (rows, columns) => Math.max(0, Math.min(rows - 1, columns, 50)),
  cost: (rows, columns, _components, { maxRows, maxIterations }) =>
    metricCost(rows, columns, (m) => 1e-7 * Math.min(m, maxRows) ** 2 * maxIterations),
  project: (input, components, { maxRows, maxIterations }, context) =>
    projectByMetric(
      input,
      components,
      maxRows,
      (classed) => {
        const k = Math.min(components, classed.dimensions);
        const start = new Float64Array(k * classed.dimensions);
        // The points are in their principal components already.
        for (let c = 0; c < k; c++) start[c * classed.dimensions + c] = 1;
        const options = { tolerance: 1e-5, maxIterations, signal: context.signal };
        const { x } = minimiseLbfgs((A, gradient) => expectedMistakes(classed, A, gradient), start, options);
        return { transform: x, warnings: [] };
      },
      context,
    ),
});

/**
 * −1/m Σᵢ pᵢ, pᵢ = Σ over j of i's class of softmaxⱼ(−|A·xᵢ − A·xⱼ|²), and its gradient in A (k×p): minus the mean
 * probability that the neighbour drawn for a point is of its own class.
 */
export function expectedMistakes(
  { points, count, dimensions, classes }: ClassedPoints,
  A: Float64Array,
  gradient: Float64Array,
): number {
  const k = A.length / dimensions;
  const mapped = mapPoints(points, count, dimensions, A);
  const weights = new Float64Array(count);
  // Σ over pairs of weight · (A·xᵢ − A·xⱼ)(xᵢ − xⱼ)ᵀ = Σᵢ gᵢ xᵢᵀ: the gᵢ are gathered first.
  const pull = new Float64Array(count * k);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const probability = neighbourWeights(mapped, k, i, weights);
    let own = 0;
    for (let j = 0; j < count; j++) if (j !== i && classes[j] === classes[i]) own += weights[j] / probability;
    sum += own;
    for (let j = 0; j < count; j++) {
      if (j === i) continue;
      const share = weights[j] / probability;
      if (share === 0) continue;
      const factor = share * (own - (classes[j] === classes[i] ? 1 : 0));
      for (let c = 0; c < k; c++) {
        const step = factor * (mapped[i * k + c] - mapped[j * k + c]);
        pull[i * k + c] += step;
        pull[j * k + c] -= step;
      }
    }
  }
  gradient.fill(0);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < k; c++) {
      const factor = (-2 / count) * pull[i * k + c];
      for (let j = 0; j < dimensions; j++) gradient[c * dimensions + j] += factor * points[i * dimensions + j];
    }
  }
  return -sum / count;
}

/** Writes exp(−|difference|² + the least of them) of all others to `weights` and returns their sum. */
function neighbourWeights(mapped: Float64Array, k: number, i: number, weights: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let j = 0; j < weights.length; j++) {
    let squared = 0;
    for (let c = 0; c < k; c++) squared += (mapped[i * k + c] - mapped[j * k + c]) ** 2;
    weights[j] = squared;
    if (j !== i && squared < least) least = squared;
  }
  let sum = 0;
  for (let j = 0; j < weights.length; j++) {
    weights[j] = j === i ? 0 : Math.exp(least - weights[j]);
    sum += weights[j];
  }
  return sum;
}
