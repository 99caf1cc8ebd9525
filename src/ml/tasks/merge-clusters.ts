import { cutTree, type Linkage } from '../clustering/agglomerative/linkage.js';
import type { Metric } from '../clustering/metric.js';
import { defineTask } from '../fit-context.js';
import type { FeatureMatrix } from '../matrix/feature-matrix.js';

export interface MergeClustersShared extends Record<string, unknown> {
  readonly X: FeatureMatrix;
}

/** A whole agglomerative clustering on a worker. */
export const mergeClusters = defineTask({
  id: 'merge-clusters',
  run(
    { X }: MergeClustersShared,
    { linkage, metric, clusters }: { readonly linkage: Linkage; readonly metric: Metric; readonly clusters: number },
    { signal },
  ): Int32Array {
    return cutTree(X, { linkage, metric }, clusters, signal);
  },
});
