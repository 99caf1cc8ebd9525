import { metricDimensions } from './learned-metric.js';
import type { ProjectionCost } from './projection.js';

/** What a learned metric costs: the principal components it is learned in, and the learning. */
export function metricCost(rows: number, columns: number, learning: (rows: number) => number): ProjectionCost {
  const p = Math.min(metricDimensions, rows, columns);
  return {
    seconds: 4e-9 * rows * columns * (100 + p) + learning(rows),
    bytes: 8 * (2 * rows * p + 400 * Math.min(rows, columns) + 4 * columns * p),
  };
}
