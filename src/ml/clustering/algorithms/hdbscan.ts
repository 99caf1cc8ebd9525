import type { FitContext } from '../../fit-context.js';
import { type FeatureMatrix, selectRows, sharedFloat64 } from '../../matrix/feature-matrix.js';
import { distinctRows } from '../../neighbours/distinct-rows.js';
import { searchable } from '../../neighbours/neighbour-search.js';
import { defineParams } from '../../params.js';
import { measureCores } from '../../tasks/measure-cores.js';
import { spanRows } from '../../tasks/span-rows.js';
import { rowLengths } from '../centre-distances.js';
import { defineClusterer } from '../clusterer.js';
import { condensedClusters } from '../hdbscan/condensed-clusters.js';
import { type Edges, leastSpanningTree, withCopies } from '../hdbscan/spanning-tree.js';
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
/** Rows of which a task spans a tree to as many others. */
const mostOfSpan = 512;

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
  cost: (rows, columns) => ({
    seconds: rows * rows * (columns * 1e-10 + 1.3e-8),
    bytes: 300 * rows + (16 * rows * rows) / mostOfSpan,
  }),
  async cluster(X, _, { minClusterSize, minSamples, metric }, context) {
    const numbered = numberClusters(
      X.rows < 2
        ? new Int32Array(X.rows).fill(-1)
        : condensedClusters(byMetric(await wholeTree(X, minSamples, context), metric), minClusterSize),
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
  { executor, signal, progress }: FitContext,
): Promise<Edges> {
  const { representative, groupOf } = distinctRows(X);
  const points = selectRows(X, representative);
  const multiplicity = new Uint32Array(points.rows);
  for (const group of groupOf) multiplicity[group]++;
  const n = points.rows;
  const core = sharedFloat64(n);
  const session = executor.open({
    X: points,
    lengths: rowLengths(points),
    multiplicity,
    points: searchable(points),
    least: Math.min(minSamples, X.rows),
    core,
    most: Math.min(mostOfSpan, n),
  });
  try {
    const dense = spansOf(n, rowsOfTask);
    const parts = await session.map(measureCores, dense, {
      signal,
      seconds: n * n * 1e-8,
      progress: (done, total) => progress?.(done, total, 'densities'),
    });
    parts.forEach((part, k) => core.set(part, dense[k].from));
    const spans = spansOf(n, mostOfSpan);
    const pairs = spans.flatMap((a, k) => spans.slice(k).map((b) => ({ a, b })));
    const trees = await session.map(spanRows, pairs, {
      signal,
      seconds: n * n * 5e-9,
      progress: (done, total) => progress?.(done, total, 'the tree of densities'),
    });
    return withCopies(leastSpanningTree(n, trees), core, representative, groupOf);
  } finally {
    await session.close();
  }
}

function spansOf(rows: number, length: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(rows / length) }, (_, k) => ({
    from: k * length,
    to: Math.min(rows, (k + 1) * length),
  }));
}

/** The tree with the distances of a metric: those of the cosine grow with the Euclidean ones, and the tree stays. */
function byMetric(tree: Edges, metric: Metric): Edges {
  return { ...tree, distance: tree.distance.map((distance) => distanceBy(metric, distance)) };
}
