/**
 * Numbers clusters by descending size, equal ones by their first row, so that the numbers do not depend on chance; -1 stays.
 * @param cluster length n, -1 … ; numbers without rows are dropped
 */
export function numberClusters(cluster: Int32Array): { cluster: Int32Array; clusterCount: number } {
  const sizes = new Map<number, number>();
  // A map keeps the order of first rows, and the sort is stable.
  for (const c of cluster) if (c >= 0) sizes.set(c, (sizes.get(c) ?? 0) + 1);
  const numbers = new Map([...sizes].sort((a, b) => b[1] - a[1]).map(([c], number) => [c, number]));
  return { cluster: cluster.map((c) => numbers.get(c) ?? -1), clusterCount: numbers.size };
}
