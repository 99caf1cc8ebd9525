import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';
import type { PredictionTable } from '../../schema/prediction-table.js';
import { noiseCluster, parts } from '../../schema/vocabulary.js';
import { codedLabels } from '../coded-labels.js';

/** What a cluster is called: 1 is the largest. */
export const clusterName = (cluster: number): string => (cluster < 0 ? noiseCluster : String(cluster + 1));

/** Places of the members of each cluster, the nearest to its mean first; those of noise are last. */
export function membersByDistance(cluster: Int32Array, distance: Float64Array, clusters: number): number[][] {
  const members: number[][] = Array.from({ length: clusters + 1 }, () => []);
  cluster.forEach((c, place) => {
    members[c < 0 ? clusters : c].push(place);
  });
  for (const own of members) own.sort((a, b) => (distance[a] || 0) - (distance[b] || 0) || a - b);
  return members;
}

/**
 * The cluster of each instance as a table of rows: `predicted` is the cluster, `score` the distance from its mean, and
 * `rank` counts within a cluster from its centre outwards.
 * @param rows the row of the dataset that each place stands for
 */
export function clusterTable(
  { ids, idents }: Dataset,
  labels: LabelColumn | undefined,
  rows: Uint32Array,
  cluster: Int32Array,
  distance: Float64Array,
  members: readonly (readonly number[])[],
): PredictionTable {
  const n = rows.length;
  const rank = new Uint32Array(n);
  for (const own of members) {
    own.forEach((place, k) => {
      rank[place] = k + 1;
    });
  }
  const clusters = members.length - 1;
  return {
    rows: n,
    instanceId: Array.from(rows, (row) => ids[row]),
    ident: Array.from(rows, (row) => idents[row]),
    part: { names: [parts.clusters], codes: new Int32Array(n) },
    fold: new Int32Array(n).fill(-1),
    ...codedLabels(labels, rows),
    probability: new Float64Array(n).fill(Number.NaN),
    score: distance,
    predicted: {
      names: [...Array.from({ length: clusters }, (_, c) => clusterName(c)), noiseCluster],
      codes: cluster.map((c) => (c < 0 ? clusters : c)),
    },
    rank,
  };
}
