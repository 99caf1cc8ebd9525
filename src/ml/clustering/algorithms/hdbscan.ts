import type { FitContext } from '../../fit-context.js';
import { type FeatureMatrix, selectRows } from '../../matrix/feature-matrix.js';
import { distinctRows } from '../../neighbours/distinct-rows.js';
import { defineParams } from '../../params.js';
import { randomStream } from '../../random/stream.js';
import { growSpanningTree } from '../../tasks/grow-spanning-tree.js';
import { measureCores } from '../../tasks/measure-cores.js';
import { rowLengths } from '../centre-distances.js';
import { defineClusterer } from '../clusterer.js';
import { condensedClusters } from '../hdbscan/condensed-clusters.js';
import { type SpanningTree, withCopies } from '../hdbscan/spanning-tree.js';
import { landmarksOf } from '../landmarks.js';
import { distanceBy, type Metric, metricParam } from '../metric.js';
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
  metric: metricParam,
});

/** Rows whose densities a task measures. */
const rowsOfTask = 256;

/**
 * HDBSCAN (Campello, Moulavi and Sander 2013; McInnes and Healy 2017) with Euclidean distances, or cosines: clusters of different
 * densities, chosen by their excess of mass, never all rows as one. Equal rows are measured once. O(n²) comparisons, and
 * O(n²·d) time at worst; O(n) memory besides the data.
 */
export const hdbscan = defineClusterer({
  id: 'hdbscan',
  title: 'HDBSCAN',
  summary: 'Dense groups of different densities, and noise; no radius is needed, and time grows with the square.',
  params,
  takesClusterCount: false,
  mostRows: 50_000,
  cost: (rows, columns) => ({ seconds: 1.5 * rows * rows * (columns * 4e-10 + 5e-9), bytes: 200 * rows }),
  async cluster(X, _, { minClusterSize, minSamples, metric }, { executor, seed, signal, progress }) {
    const numbered = numberClusters(
      X.rows < 2
        ? new Int32Array(X.rows).fill(-1)
        : condensedClusters(
            byMetric(await wholeTree(X, minSamples, { executor, seed, signal, progress }), metric),
            minClusterSize,
          ),
    );
    const warnings =
      numbered.clusterCount === 0
        ? ['every instance is noise: a smaller --param minClusterSize may find clusters']
        : [];
    return { ...numbered, figures: {}, warnings };
  },
});

/** The least spanning tree over the rows of X, of which there are two at least. */
async function wholeTree(
  X: FeatureMatrix,
  minSamples: number,
  { executor, seed, signal, progress }: FitContext,
): Promise<SpanningTree> {
  const { representative, groupOf } = distinctRows(X);
  const points = selectRows(X, representative);
  const multiplicity = new Uint32Array(points.rows);
  for (const group of groupOf) multiplicity[group]++;
  const session = executor.open({
    X: points,
    lengths: rowLengths(points),
    multiplicity,
    landmarks: landmarksOf(points, randomStream(seed, 'landmarks')),
    least: Math.min(minSamples, X.rows),
  });
  try {
    const spans = Array.from({ length: Math.ceil(points.rows / rowsOfTask) }, (_span, k) => ({
      from: k * rowsOfTask,
      to: Math.min(points.rows, (k + 1) * rowsOfTask),
    }));
    const parts = await session.map(measureCores, spans, {
      signal,
      seconds: points.rows * points.rows * 1e-8,
      progress: (done, total) => progress?.(done, total, 'densities'),
    });
    const core = new Float64Array(points.rows);
    parts.forEach((part, k) => core.set(part, spans[k].from));
    progress?.(spans.length, spans.length, 'the tree of densities');
    const [tree] = await session.map(growSpanningTree, [core], { signal });
    return withCopies(tree, core, representative, groupOf);
  } finally {
    await session.close();
  }
}

/** The tree with the distances of a metric: those of the cosine grow with the Euclidean ones, and the tree stays. */
function byMetric(tree: SpanningTree, metric: Metric): SpanningTree {
  return { ...tree, distance: tree.distance.map((distance) => distanceBy(metric, distance)) };
}
