import { minimiseLbfgs } from '../../optimisation/l-bfgs.js';
import { defineParams } from '../../params.js';
import { type ClassedPoints, projectByMetric } from '../learned-metric.js';
import { mapPoints } from '../map-points.js';
import { metricCost } from '../metric-cost.js';
import { defineProjection } from '../projection.js';

const params = defineParams({
  neighbours: {
    type: 'number',
    default: 3,
    min: 1,
    max: 20,
    integer: true,
    help: 'neighbours of the own class to pull',
  },
  push: { type: 'number', default: 0.5, min: 0, max: 1, open: true, help: 'weight of pushing others away' },
  maxRows: {
    type: 'number',
    default: 500,
    min: 10,
    max: 3000,
    integer: true,
    help: 'instances to learn from, at most',
  },
  maxIterations: { type: 'number', default: 50, min: 1, integer: true, help: 'steps of the optimisation, at most' },
});

/**
 * Large margin nearest neighbours (Weinberger and Saul 2009): pulls the nearest of the own class close and pushes the
 * others out of a margin around them; the loss in the linear map by L-BFGS with a line search that survives its kinks,
 * to a local optimum. O(m²·(p + neighbours)) a step for m rows to learn from.
 */
export const lmnn = defineProjection({
  id: 'lmnn',
  title: 'Large margin nearest neighbours',
  summary: 'Keeps the nearest of the own label or family close and others at a margin; slow, for some hundred labels.',
  params,
  supervised: true,
  usualComponents: 10,
  mostComponents: (rows, columns) => Math.max(0, Math.min(rows - 1, columns, 50)),
  cost: (rows, columns, _components, { maxRows, maxIterations }) =>
    metricCost(rows, columns, (m) => 3e-7 * Math.min(m, maxRows) ** 2 * maxIterations),
  project: (input, components, { neighbours, push, maxRows, maxIterations }, context) =>
    projectByMetric(
      input,
      components,
      maxRows,
      (classed) => {
        const p = classed.dimensions;
        const start = new Float64Array(p * p);
        for (let c = 0; c < p; c++) start[c * p + c] = 1;
        const targets = nearestOfClass(classed, neighbours);
        const loss = (L: Float64Array, gradient: Float64Array): number =>
          marginLoss(classed, targets, push, L, gradient);
        const { x } = minimiseLbfgs(loss, start, { tolerance: 1e-5, maxIterations, signal: context.signal });
        return { transform: x, warnings: [] };
      },
      context,
    ),
});

/** Of each point the nearest others of its class: as many as there are, at most k. */
export function nearestOfClass({ points, count, dimensions, classes }: ClassedPoints, k: number): number[][] {
  return Array.from({ length: count }, (_, i) => {
    const own = Array.from({ length: count }, (_unused, j) => j).filter((j) => j !== i && classes[j] === classes[i]);
    const squared = new Map(own.map((j) => [j, squaredDistance(points, dimensions, i, j)]));
    return own.sort((a, b) => (squared.get(a) ?? 0) - (squared.get(b) ?? 0) || a - b).slice(0, k);
  });
}

/**
 * (1 − push) · Σ over targets j of |L·xᵢ − L·xⱼ|² + push · Σ over targets j and points l of other classes of the hinge of
 * 1 + |L·xᵢ − L·xⱼ|² − |L·xᵢ − L·xₗ|², divided by the number of points; and its gradient in L (q×p).
 */
export function marginLoss(
  { points, count, dimensions, classes }: ClassedPoints,
  targets: readonly (readonly number[])[],
  push: number,
  L: Float64Array,
  gradient: Float64Array,
): number {
  const q = L.length / dimensions;
  const mapped = mapPoints(points, count, dimensions, L);
  const pull = new Float64Array(count * q);
  const away = new Float64Array(count);
  let loss = 0;
  const weigh = (i: number, j: number, weight: number): void => {
    for (let c = 0; c < q; c++) {
      const step = weight * (mapped[i * q + c] - mapped[j * q + c]);
      pull[i * q + c] += step;
      pull[j * q + c] -= step;
    }
  };
  for (let i = 0; i < count; i++) {
    if (targets[i].length === 0) continue;
    for (let l = 0; l < count; l++) away[l] = classes[l] === classes[i] ? Infinity : squaredDistance(mapped, q, i, l);
    const pushed = new Float64Array(count);
    for (const j of targets[i]) {
      const near = squaredDistance(mapped, q, i, j);
      loss += (1 - push) * near;
      let inside = 0;
      for (let l = 0; l < count; l++) {
        const hinge = 1 + near - away[l];
        if (!(hinge > 0)) continue;
        loss += push * hinge;
        inside++;
        pushed[l] += push;
      }
      weigh(i, j, 1 - push + push * inside);
    }
    for (let l = 0; l < count; l++) if (pushed[l] > 0) weigh(i, l, -pushed[l]);
  }
  gradient.fill(0);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < q; c++) {
      const factor = (2 / count) * pull[i * q + c];
      for (let j = 0; j < dimensions; j++) gradient[c * dimensions + j] += factor * points[i * dimensions + j];
    }
  }
  return loss / count;
}

function squaredDistance(points: Float64Array, dimensions: number, i: number, j: number): number {
  let sum = 0;
  for (let c = 0; c < dimensions; c++) sum += (points[i * dimensions + c] - points[j * dimensions + c]) ** 2;
  return sum;
}
