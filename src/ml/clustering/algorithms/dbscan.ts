import { counted, UserError } from '../../../errors.js';
import { defineParams } from '../../params.js';
import { runDbscan } from '../../tasks/run-dbscan.js';
import { defineClusterer } from '../clusterer.js';
import { metricParam } from '../metric.js';
import { numberClusters } from '../number-clusters.js';

const params = defineParams({
  eps: {
    type: 'number-or-word',
    words: ['auto'],
    default: 'auto',
    min: 0,
    max: 1e9,
    open: true,
    help: 'radius within which instances are neighbours, in standardised features; auto: where the curve of the distances from neighbours bends',
  },
  minSamples: {
    type: 'number',
    default: 5,
    min: 1,
    max: 1_000_000,
    integer: true,
    help: 'instances within the radius, itself among them, that make one the middle of a cluster',
  },
  metric: metricParam,
});

/** DBSCAN: see `dbscan` for what it computes. It needs no number of clusters, and leaves noise aside. */
export const dbscan = defineClusterer({
  id: 'dbscan',
  title: 'DBSCAN',
  summary: 'Dense groups of any shape, and noise that belongs to none; the radius decides what is dense.',
  params,
  takesClusterCount: false,
  cost: (rows, columns) => ({ seconds: rows * rows * 2e-9 + rows * columns * 1e-6, bytes: rows * (16 * 8 + 40) }),
  async cluster(X, _, { eps, minSamples, metric }, { executor, seed, signal }) {
    if (metric === 'cosine' && eps !== 'auto' && eps > 2) {
      throw new UserError(`--param eps=${eps}: no cosine distance is above 2`, {
        hint: '0 is the same direction, 1 a right angle; try 0.1 … 0.5',
      });
    }
    const session = executor.open({ X, seed });
    try {
      const item = { radius: eps === 'auto' ? null : eps, least: minSamples, metric };
      const [{ cluster, radius, curve }] = await session.map(runDbscan, [item], { signal });
      if (radius === 0) {
        throw new UserError(
          `no radius suggests itself: most instances have ${counted(minSamples, 'instance')} equal to them`,
          {
            hint: 'name one: --param eps=0.5, or a larger --param minSamples',
          },
        );
      }
      const numbered = numberClusters(cluster);
      return {
        ...numbered,
        figures: { eps: radius },
        warnings:
          numbered.clusterCount === 0 ? ['every instance is noise: a larger --param eps, or a smaller minSamples'] : [],
        ...(curve.length > 0 && {
          curve: {
            by: 'neighbour-distance',
            x: Array.from(curve, (_distance, k) => (k + 1) / curve.length),
            y: Array.from(curve),
            chosen: radius,
          } as const,
        }),
      };
    } finally {
      await session.close();
    }
  },
});
