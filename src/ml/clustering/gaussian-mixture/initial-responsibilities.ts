import type { FitContext } from '../../fit-context.js';
import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { startKmeans } from '../../tasks/start-kmeans.js';
import { rowLengths } from '../centre-distances.js';
import { numberClusters } from '../number-clusters.js';

/** Of more rows k-means goes so many rounds: the mixture goes on from there. */
const manyRows = 200_000;
const roundsOfMany = 20;

/** Where a mixture begins: each row wholly of the component that is its cluster of one start of k-means. */
export async function initialResponsibilities(
  X: FeatureMatrix,
  clusters: number,
  { executor, seed, signal }: FitContext,
): Promise<{ responsibilities: Float64Array; components: number }> {
  const session = executor.open({
    X,
    lengths: rowLengths(X),
    clusters,
    maxIterations: X.rows > manyRows ? roundsOfMany : 300,
    tolerance: 0,
    spherical: false,
    seed,
  });
  try {
    const [{ cluster }] = await session.map(startKmeans, [0], { signal });
    const { cluster: numbered, clusterCount } = numberClusters(cluster);
    const responsibilities = new Float64Array(X.rows * clusterCount);
    numbered.forEach((c, row) => {
      responsibilities[row * clusterCount + c] = 1;
    });
    return { responsibilities, components: clusterCount };
  } finally {
    await session.close();
  }
}
