import { defineParams } from '../../params.js';
import { randomStream } from '../../random/stream.js';
import { embedDistinct } from '../embed-distinct.js';
import { fuzzyGraph } from '../fuzzy-graph.js';
import { nearestPoints } from '../../neighbours/nearest-points.js';
import { defineProjection } from '../projection.js';
import { umapLayout } from '../umap-layout.js';

const params = defineParams({
  neighbours: { type: 'number', default: 15, min: 2, max: 200, integer: true, help: 'neighbours that are kept close' },
  minDistance: { type: 'number', default: 0.1, min: 0, max: 2.5, help: 'how close points may lie in the picture' },
  epochs: {
    type: 'number-or-word',
    words: ['auto'],
    default: 'auto',
    min: 1,
    integer: true,
    help: 'rounds of the layout; auto: 500, 200 above 10,000 different instances',
  },
});

/** Half the width of the start: far enough apart to be sorted, near enough to be pulled. */
const startWidth = 10;

/**
 * UMAP (McInnes, Healy and Melville 2018): keeps neighbours close; distances between groups say little. Exact neighbours
 * and a start from the principal components, where umap-learn takes approximate ones and a spectral start; equal rows
 * are one point. O(n²·d) at worst for the neighbours, O(epochs·n·neighbours) for the layout.
 */
export const umap = defineProjection({
  id: 'umap',
  title: 'UMAP',
  summary: 'Keeps neighbours close, so that groups stand out; distances between groups say little.',
  params,
  supervised: false,
  usualComponents: 2,
  mostComponents: (rows, columns) => Math.max(0, Math.min(rows - 1, columns, 10)),
  cost: (rows, columns, components, { neighbours }) => ({
    seconds: 3e-10 * rows ** 2 * columns + 3e-6 * rows * neighbours * (1 + components) * 10,
    bytes: 120 * rows * neighbours + 16 * rows * (columns + components),
  }),
  project: ({ X }, components, { neighbours, minDistance, epochs }, context) =>
    embedDistinct(
      X,
      components,
      async (points, start) => {
        const k = Math.min(neighbours, points.rows) - 1;
        const graph = fuzzyGraph(await nearestPoints(points, Math.max(1, k), context));
        const stream = randomStream(context.seed, 'layout start');
        const widest = start.reduce((most, x) => Math.max(most, Math.abs(x)), 0) || 1;
        const noisy = start.map((x) => (startWidth * x) / widest + 1e-4 * stream.normal());
        const rounds = epochs === 'auto' ? (points.rows > 10_000 ? 200 : 500) : epochs;
        return umapLayout(graph, noisy, { components, epochs: rounds, minDistance }, context);
      },
      context,
    ),
});
