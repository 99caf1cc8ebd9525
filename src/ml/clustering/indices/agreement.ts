import { expectedInformation } from './expected-information.js';

/** How far clusters and classes agree. Each is 1 where they are the same grouping. */
export interface Agreement {
  /** 0 … 1: 1 where each cluster holds rows of one class. */
  readonly homogeneity: number;
  /** 0 … 1: 1 where each class lies in one cluster. */
  readonly completeness: number;
  /** 0 … 1: harmonic mean of the two. */
  readonly vMeasure: number;
  /** -0.5 … 1: pairs of rows put together alike; 0 is expected of chance. */
  readonly adjustedRand: number;
  /** At most 1: information shared; 0 is expected of chance. */
  readonly adjustedMutualInformation: number;
}

/**
 * Agreement of clusters with classes over the rows that have a class: homogeneity, completeness and V-measure (Rosenberg
 * and Hirschberg 2007), the Rand index adjusted for chance (Hubert and Arabie 1985), mutual information adjusted for
 * chance with the arithmetic mean (Vinh, Epps and Bailey 2010); as scikit-learn defines them. Null without such a row.
 * O(n) and the cost of `expectedInformation`.
 * @param cluster length n, any integers: noise (-1) counts as a cluster
 * @param classOf length n, -1 for a row without a class
 */
export function agreement(cluster: Int32Array, classOf: Int32Array): Agreement | null {
  const { cells, classSizes, clusterSizes, total } = contingency(cluster, classOf);
  if (total === 0) return null;
  const classEntropy = entropy(classSizes, total);
  const clusterEntropy = entropy(clusterSizes, total);
  let information = 0;
  for (const { count, inClass, inCluster } of cells) {
    information += (count / total) * (Math.log(count / inClass) - Math.log(inCluster / total));
  }
  information = Math.max(0, information);
  const homogeneity = classEntropy === 0 ? 1 : information / classEntropy;
  const completeness = clusterEntropy === 0 ? 1 : information / clusterEntropy;
  const both = homogeneity + completeness;
  return {
    homogeneity,
    completeness,
    vMeasure: both === 0 ? 0 : (2 * homogeneity * completeness) / both,
    adjustedRand: adjustedRand(cells, classSizes, clusterSizes, total),
    adjustedMutualInformation: adjustedInformation(
      information,
      [classEntropy, clusterEntropy],
      classSizes,
      clusterSizes,
    ),
  };
}

interface Cell {
  readonly count: number;
  readonly inClass: number;
  readonly inCluster: number;
}

interface Contingency {
  /** The cells that are not empty. */
  readonly cells: readonly Cell[];
  readonly classSizes: readonly number[];
  readonly clusterSizes: readonly number[];
  readonly total: number;
}

function contingency(cluster: Int32Array, classOf: Int32Array): Contingency {
  const classes = new Map<number, number>();
  const clusters = new Map<number, number>();
  const counts = new Map<number, Map<number, number>>();
  let total = 0;
  classOf.forEach((own, row) => {
    if (own < 0) return;
    total++;
    classes.set(own, (classes.get(own) ?? 0) + 1);
    clusters.set(cluster[row], (clusters.get(cluster[row]) ?? 0) + 1);
    const line = counts.get(own) ?? new Map<number, number>();
    counts.set(own, line.set(cluster[row], (line.get(cluster[row]) ?? 0) + 1));
  });
  const cells = [...counts].flatMap(([own, line]) =>
    [...line].map(([other, count]) => ({
      count,
      inClass: classes.get(own) ?? 0,
      inCluster: clusters.get(other) ?? 0,
    })),
  );
  return { cells, classSizes: [...classes.values()], clusterSizes: [...clusters.values()], total };
}

function entropy(sizes: readonly number[], total: number): number {
  return sizes.length < 2 ? 0 : -sizes.reduce((sum, size) => sum + (size / total) * Math.log(size / total), 0);
}

function adjustedRand(
  cells: readonly Cell[],
  classSizes: readonly number[],
  clusterSizes: readonly number[],
  total: number,
): number {
  const squares = (sizes: readonly number[]): number => sizes.reduce((sum, size) => sum + size * size, 0);
  const together = cells.reduce((sum, { count }) => sum + count * count, 0);
  // Ordered pairs: together in both, in the clusters only, in the classes only, in neither.
  const both = together - total;
  const inClusters = squares(clusterSizes) - together;
  const inClasses = squares(classSizes) - together;
  const neither = total * total - both - inClusters - inClasses - total;
  if (inClusters === 0 && inClasses === 0) return 1;
  const chance = (both + inClasses) * (inClasses + neither) + (both + inClusters) * (inClusters + neither);
  return (2 * (both * neither - inClasses * inClusters)) / chance;
}

function adjustedInformation(
  information: number,
  [classEntropy, clusterEntropy]: readonly [number, number],
  classSizes: readonly number[],
  clusterSizes: readonly number[],
): number {
  if (classSizes.length === 1 && clusterSizes.length === 1) return 1;
  const expected = expectedInformation(classSizes, clusterSizes);
  const room = (classEntropy + clusterEntropy) / 2 - expected;
  // Neither 0 / 0 nor the other sign by rounding.
  const safe = room < 0 ? Math.min(room, -Number.EPSILON) : Math.max(room, Number.EPSILON);
  return (information - expected) / safe;
}
