import type { Dataset, LabelColumn } from '../../ml/matrix/dataset.js';
import { randomStream, shuffle } from '../../ml/random/stream.js';
import type { PanelData } from '../../schema/panels/registry.js';
import { clusterName } from './cluster-rows.js';

type Cluster = PanelData<'clusters'>['clusters'][number];
type Member = Cluster['members']['centre'][number];

/** Clusters that are described; the rows know all of them. */
export const describedClusters = 100;
const listedFamilies = 20;
/** Members of each kind that are listed. */
const listedMembers = 10;

/** Members of a cluster with what is known of them. */
export interface MemberSource {
  readonly dataset: Dataset;
  readonly labels: LabelColumn | undefined;
  /** The row of the dataset that each place stands for. */
  readonly rows: Uint32Array;
  readonly distance: Float64Array;
}

/** Size, labels, families and spread of a cluster, and some of its members: by centre, edge and chance, none twice. */
export function clusterFacts(
  source: MemberSource,
  cluster: number,
  places: readonly number[],
  seed: number,
): Omit<Cluster, 'features' | 'rule' | 'silhouette'> {
  const { labels, rows, distance } = source;
  const counts = { malicious: 0, benign: 0, unlabeled: 0 };
  const families = new Map<string, Cluster['families'][number]>();
  let squares = 0;
  for (const place of places) {
    const label = labels?.label[rows[place]] ?? -1;
    counts[label === 1 ? 'malicious' : label === 0 ? 'benign' : 'unlabeled']++;
    squares += distance[place] ** 2;
    const code = labels?.family[rows[place]] ?? -1;
    if (label < 0 || code < 0) continue;
    const family = labels?.families[code] ?? '';
    const key = `${label} ${family}`;
    const found = families.get(key);
    families.set(key, { family, label: label === 1 ? 'malicious' : 'benign', instances: (found?.instances ?? 0) + 1 });
  }
  const listed = [...families.values()].sort((a, b) => b.instances - a.instances || (a.family < b.family ? -1 : 1));
  return {
    name: clusterName(cluster),
    size: places.length,
    ...counts,
    families: listed.slice(0, listedFamilies),
    familyCount: listed.length,
    spread: cluster < 0 ? null : Math.sqrt(squares / places.length),
    members: someMembers(source, cluster, places, seed),
  };
}

function someMembers(
  source: MemberSource,
  cluster: number,
  places: readonly number[],
  seed: number,
): Cluster['members'] {
  const noise = cluster < 0;
  // Noise has neither centre nor edge.
  const centre = noise ? [] : places.slice(0, Math.min(listedMembers, Math.ceil(places.length / 2)));
  const edge = noise ? [] : places.slice(Math.max(centre.length, places.length - listedMembers)).toReversed();
  const rest = places.slice(centre.length, places.length - edge.length);
  shuffle(rest, randomStream(seed, 'cluster-members', cluster + 1));
  const list = (chosen: readonly number[]): Member[] => chosen.map((place) => memberAt(source, place));
  return { centre: list(centre), edge: list(edge), random: list(rest.slice(0, listedMembers)) };
}

function memberAt({ dataset, labels, rows, distance }: MemberSource, place: number): Member {
  const row = rows[place];
  const label = labels?.label[row] ?? -1;
  const family = labels?.family[row] ?? -1;
  return {
    instanceId: dataset.ids[row],
    ident: dataset.idents[row],
    distance: Number.isNaN(distance[place]) ? null : distance[place],
    label: label === 1 ? 'malicious' : label === 0 ? 'benign' : null,
    family: family < 0 ? null : (labels?.families[family] ?? null),
  };
}
