import { UserError } from '../../../errors.js';
import { defineParams } from '../../params.js';
import { mergeClusters } from '../../tasks/merge-clusters.js';
import { linkages } from '../agglomerative/linkage.js';
import { defineClusterer } from '../clusterer.js';
import { metricParam } from '../metric.js';
import { numberClusters } from '../number-clusters.js';

const params = defineParams({
  linkage: {
    type: 'choice',
    words: linkages,
    default: 'ward',
    help: 'which two clusters are nearest: by added variance (ward), farthest (complete), mean or nearest (single) members',
  },
  metric: metricParam,
});

/** Agglomerative clustering with Euclidean distances or cosines: see `cutTree`. Every pair of rows has a distance in memory. */
export const agglomerative = defineClusterer({
  id: 'agglomerative',
  title: 'Agglomerative clustering',
  summary: 'Merges the nearest clusters until so many are left: exact, for a few thousand instances.',
  params,
  takesClusterCount: true,
  mostRows: 8000,
  cost: (rows, columns) => ({ seconds: rows * rows * (columns * 5e-10 + 5e-9), bytes: 4 * rows * rows }),
  async cluster(X, clusters, { linkage, metric }, { executor, signal }) {
    if (metric === 'cosine' && linkage === 'ward') {
      throw new UserError('metric=cosine has no variance that linkage=ward could add up', {
        hint: 'name another: --param linkage=average, complete or single',
      });
    }
    const session = executor.open({ X });
    try {
      const [cluster] = await session.map(mergeClusters, [{ linkage, metric, clusters }], { signal });
      return { ...numberClusters(cluster), figures: {}, warnings: [] };
    } finally {
      await session.close();
    }
  },
});
