import { defineParams } from '../../params.js';
import { growSpanningTree } from '../../tasks/grow-spanning-tree.js';
import { measureCores } from '../../tasks/measure-cores.js';
import { rowLengths } from '../centre-distances.js';
import { defineClusterer } from '../clusterer.js';
import { condensedClusters } from '../hdbscan/condensed-clusters.js';
import { numberClusters } from '../number-clusters.js';

const params = defineParams({
  minClusterSize: {
    type: 'number',
    default: 20,
    min: 2,
    max: 1_000_000,
    integer: true,
    help: 'fewer instances are noise',
  },
  minSamples: {
    type: 'number',
    default: 5,
    min: 1,
    max: 1_000_000,
    integer: true,
    help: 'the distance from this nearest instance, itself counted, says how dense it is around one',
  },
});

/** Rows whose densities a task measures. */
const rowsOfTask = 256;

/**
 * HDBSCAN (Campello, Moulavi and Sander 2013; McInnes and Healy 2017) with Euclidean distances: clusters of different
 * densities, chosen by their excess of mass, never all rows as one. O(n²·d) time, O(n) memory besides the data.
 */
export const hdbscan = defineClusterer({
  id: 'hdbscan',
  title: 'HDBSCAN',
  summary: 'Dense groups of different densities, and noise; no radius is needed, and time grows with the square.',
  params,
  takesClusterCount: false,
  mostRows: 50_000,
  cost: (rows, columns) => ({ seconds: 1.5 * rows * rows * (columns * 4e-10 + 5e-9), bytes: 200 * rows }),
  async cluster(X, _, { minClusterSize, minSamples }, { executor, signal, progress }) {
    const session = executor.open({ X, lengths: rowLengths(X), least: Math.min(minSamples, X.rows) });
    try {
      const spans = Array.from({ length: Math.ceil(X.rows / rowsOfTask) }, (_span, k) => ({
        from: k * rowsOfTask,
        to: Math.min(X.rows, (k + 1) * rowsOfTask),
      }));
      const parts = await session.map(measureCores, spans, {
        signal,
        seconds: X.rows * X.rows * 3e-8,
        progress: (done, total) => progress?.(done, total, 'densities'),
      });
      const core = new Float64Array(X.rows);
      parts.forEach((part, k) => core.set(part, spans[k].from));
      progress?.(spans.length, spans.length, 'the tree of densities');
      const cluster =
        X.rows < 2
          ? new Int32Array(X.rows).fill(-1)
          : condensedClusters((await session.map(growSpanningTree, [core], { signal }))[0], minClusterSize);
      const numbered = numberClusters(cluster);
      const warnings =
        numbered.clusterCount === 0
          ? ['every instance is noise: a smaller --param minClusterSize may find clusters']
          : [];
      return { ...numbered, figures: {}, warnings };
    } finally {
      await session.close();
    }
  },
});
