import { defineParams } from '../../params.js';
import { randomStream } from '../../random/stream.js';
import { embedDistinct } from '../embed-distinct.js';
import { nearestPoints } from '../../neighbours/nearest-points.js';
import { neighbourAffinities } from '../neighbour-affinities.js';
import { defineProjection } from '../projection.js';
import { tsneLayout } from '../tsne-layout.js';

const params = defineParams({
  perplexity: { type: 'number', default: 30, min: 2, max: 200, help: 'about how many neighbours count' },
  rounds: { type: 'number', default: 1000, min: 250, integer: true, help: 'steps of the layout' },
  accuracy: {
    type: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    help: '0: every push exact, O(n²); larger: coarser, faster',
  },
});

/**
 * t-SNE in the plane (van der Maaten and Hinton 2008; van der Maaten 2014): neighbours stay neighbours, groups stand out;
 * sizes of groups and distances between them say nothing. Exact neighbours, a start from the principal components; equal
 * rows are one point. O(n²·d) at worst for the neighbours, O(rounds·n·log n) for the layout.
 */
export const tsne = defineProjection({
  id: 'tsne',
  title: 't-SNE',
  summary: 'A picture in which neighbours stay neighbours; sizes and distances of groups say nothing. Two components.',
  params,
  supervised: false,
  usualComponents: 2,
  mostRows: 50_000,
  mostComponents: (rows, columns) => Math.max(0, Math.min(rows - 1, columns, 2)),
  cost: (rows, columns, _components, { perplexity, rounds }) => ({
    seconds: 3e-10 * rows ** 2 * columns + 1e-7 * rounds * rows * (Math.log2(rows + 1) * 3 + perplexity),
    bytes: 160 * rows * perplexity + 16 * rows * (columns + 40),
  }),
  project: ({ X }, components, { perplexity, rounds, accuracy }, context) =>
    embedDistinct(
      X,
      components,
      async (points, start) => {
        const n = points.rows;
        // More neighbours than a third of the points leave nothing to tell apart.
        const wide = Math.min(perplexity, (n - 1) / 3);
        const k = Math.min(n - 1, Math.max(1, Math.floor(3 * wide)));
        const affinities = neighbourAffinities(await nearestPoints(points, k, context), wide);
        const stream = randomStream(context.seed, 'layout start');
        const y = new Float64Array(2 * n);
        let squares = 0;
        for (let i = 0; i < n; i++) squares += start[i * components] ** 2;
        const deviation = Math.sqrt(squares / n) || 1;
        for (let i = 0; i < n; i++) {
          for (let c = 0; c < 2; c++) {
            const along = c < components ? start[i * components + c] / deviation : 0;
            y[2 * i + c] = 1e-4 * (along + 0.01 * stream.normal());
          }
        }
        const placed = await tsneLayout(affinities, y, { rounds, narrow: accuracy }, context);
        return components === 2 ? placed : placed.filter((_, at) => at % 2 === 0);
      },
      context,
    ),
});
