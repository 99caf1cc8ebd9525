import type { Edges } from './spanning-tree.js';

/** A cluster as density falls: it begins where its parent splits, and ends where it splits itself or dissolves. */
interface Condensed {
  readonly parent: number;
  /** 1 / distance where it begins. */
  readonly birth: number;
  /** Σ over its rows of (density where the row leaves) − birth. */
  stability: number;
  readonly children: number[];
}

/**
 * The clusters of a hierarchy of densities that hold together longest (Campello, Moulavi and Sander, PAKDD 2013): splits
 * that leave fewer than `least` rows on a side are rows that leave, and of each branch the cluster or those within it are
 * chosen, whichever have more excess of mass. The root is never chosen. Merges at one distance are one: a branch may split
 * into more than two at once, so that ties are broken by no order of the rows. Returns the cluster of each row, -1 for
 * noise.
 */
export function condensedClusters(tree: Edges, least: number): Int32Array {
  const n = tree.from.length + 1;
  const { left, right, height, size } = dendrogram(tree);
  const clusters: Condensed[] = [{ parent: -1, birth: 0, stability: 0, children: [] }];
  const own = new Int32Array(n).fill(-1);
  // (node, cluster): nodes from n on are merges, the last is the root.
  const pending: [node: number, cluster: number][] = [[2 * n - 2, 0]];
  const sizeOf = (part: number): number => (part < n ? 1 : size[part - n]);
  const leave = (node: number, cluster: number, density: number): void => {
    const rows = [node];
    for (let next = rows.pop(); next !== undefined; next = rows.pop()) {
      if (next >= n) rows.push(left[next - n], right[next - n]);
      else {
        own[next] = cluster;
        clusters[cluster].stability += density - clusters[cluster].birth;
      }
    }
  };
  /** What a merge joins, merges at the same distance taken apart. */
  const partsOf = (node: number): number[] => {
    const level = height[node - n] * (1 - sameDistance);
    const parts: number[] = [];
    const open = [node];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next < n || (next !== node && height[next - n] < level)) parts.push(next);
      else open.push(right[next - n], left[next - n]);
    }
    return parts;
  };
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [node, cluster] = next;
    if (node < n) {
      leave(node, cluster, densest);
      continue;
    }
    const density = densityAt(height[node - n]);
    const parts = partsOf(node);
    const large = parts.reduce((count, part) => count + (sizeOf(part) < least ? 0 : 1), 0);
    for (const part of parts) {
      if (sizeOf(part) < least) leave(part, cluster, density);
      else if (large === 1) pending.push([part, cluster]);
      else {
        clusters[cluster].stability += sizeOf(part) * (density - clusters[cluster].birth);
        clusters[cluster].children.push(clusters.length);
        pending.push([part, clusters.length]);
        clusters.push({ parent: cluster, birth: density, stability: 0, children: [] });
      }
    }
  }
  const chosen = chooseClusters(clusters);
  return own.map((cluster) => (cluster < 0 ? -1 : chosen[cluster]));
}

/** Distances that differ by no more, relatively, are the same but for rounding. */
const sameDistance = 1e-9;
/** Rows at no distance from each other are dense beyond measure, and a sum must stay finite. */
const densest = 1e9;
const densityAt = (distance: number): number => (distance * densest > 1 ? 1 / distance : densest);

/** For each cluster the chosen one that it lies in, -1 for none. */
function chooseClusters(clusters: readonly Condensed[]): Int32Array {
  const mass = new Float64Array(clusters.length);
  const isChosen = new Uint8Array(clusters.length);
  // Children come after their parents.
  for (let c = clusters.length - 1; c > 0; c--) {
    const { children, stability } = clusters[c];
    const within = children.reduce((sum, child) => sum + mass[child], 0);
    isChosen[c] = children.length === 0 || stability >= within ? 1 : 0;
    mass[c] = isChosen[c] ? stability : within;
  }
  const of = new Int32Array(clusters.length).fill(-1);
  for (let c = 1; c < clusters.length; c++) {
    const above = of[clusters[c].parent];
    of[c] = above >= 0 ? above : isChosen[c] ? c : -1;
  }
  return of;
}

/** The merges of single linkage: parts below n are rows, others n + the number of a merge before. */
function dendrogram({ from, to, distance }: Edges) {
  const merges = from.length;
  const n = merges + 1;
  const order = Int32Array.from(distance.keys()).sort((a, b) => distance[a] - distance[b] || a - b);
  const left = new Int32Array(merges);
  const right = new Int32Array(merges);
  const height = new Float64Array(merges);
  const size = new Int32Array(merges);
  const parent = Int32Array.from({ length: n }, (_, row) => row);
  const node = Int32Array.from({ length: n }, (_, row) => row);
  const rootOf = (row: number): number => {
    let root = row;
    while (parent[root] !== root) root = parent[root] = parent[parent[root]];
    return root;
  };
  const sizeOf = (part: number): number => (part < n ? 1 : size[part - n]);
  order.forEach((edge, merge) => {
    const [a, b] = [rootOf(from[edge]), rootOf(to[edge])];
    left[merge] = node[a];
    right[merge] = node[b];
    height[merge] = distance[edge];
    size[merge] = sizeOf(node[a]) + sizeOf(node[b]);
    parent[a] = b;
    node[b] = n + merge;
  });
  return { left, right, height, size };
}
