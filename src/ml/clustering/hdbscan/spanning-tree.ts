import { type CancelSignal, throwIfCancelled } from '../../fit-context.js';
import { CentreDistances } from '../centre-distances.js';
import { type DistinctPoints, nearestLeaf } from './core-distances.js';
import { LandmarkLeaves } from './landmark-leaves.js';

/** Edges of a tree over n rows: n − 1 of them. */
export interface SpanningTree {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly distance: Float64Array;
}

/**
 * The least spanning tree of the mutual reachability distances max(d(a, b), core(a), core(b)), by the algorithm of Borůvka
 * (1926): in each round every part of the forest but the largest takes the shortest edge that leads out of it. Rows in groups that the
 * landmarks see beyond what was found are not measured, nor rows for which an earlier round tells as much: what leads out
 * never becomes shorter. O(m²·d) at worst, O(m) memory.
 */
export function spanningTree(
  points: DistinctPoints,
  core: Float64Array,
  signal: CancelSignal | undefined,
): SpanningTree {
  const forest = new Forest(points, core);
  while (!forest.isWhole) forest.join(signal);
  return forest.tree;
}

class Forest {
  readonly tree: SpanningTree;
  private edges = 0;
  private readonly leaves: LandmarkLeaves;
  private readonly query: CentreDistances;
  /** The part of each row, named by one of its rows. */
  private readonly part: Int32Array;
  /** The part that all rows of a leaf are in, or -1. */
  private readonly partOfLeaf: Int32Array;
  /** Of each row: no edge out of its part is shorter; and the row that an edge so short was found to, or -1. */
  private readonly atLeast: Float64Array;
  private readonly nearest: Int32Array;
  /** By part: the shortest edge out of it. */
  private readonly shortest: Float64Array;
  private readonly from: Int32Array;

  constructor(
    { X, lengths, landmarks }: DistinctPoints,
    private readonly core: Float64Array,
  ) {
    const n = X.rows;
    this.tree = { from: new Int32Array(n - 1), to: new Int32Array(n - 1), distance: new Float64Array(n - 1) };
    this.leaves = new LandmarkLeaves(landmarks, n);
    this.query = new CentreDistances(X, lengths, 1);
    this.part = Int32Array.from({ length: n }, (_, row) => row);
    this.partOfLeaf = new Int32Array(this.leaves.leaves);
    this.atLeast = core.slice();
    this.nearest = new Int32Array(n).fill(-1);
    this.shortest = new Float64Array(n);
    this.from = new Int32Array(n);
  }

  get isWhole(): boolean {
    return this.edges === this.tree.from.length;
  }

  /** One round: each part is joined with the one nearest to it. */
  join(signal: CancelSignal | undefined): void {
    const { part, atLeast, nearest, shortest, from } = this;
    shortest.fill(Number.POSITIVE_INFINITY);
    from.fill(-1);
    // What leads out of the largest leads into others, which find it with less work.
    shortest[this.largest()] = 0;
    this.markLeaves();
    nearest.forEach((other, row) => {
      if (other < 0) return;
      // Swallowed by its own part: only the bound is left of it.
      if (part[other] === part[row]) nearest[row] = -1;
      else this.offer(row);
    });
    // Rows that may be nearest to another part first: what they find spares the others.
    const order = Uint32Array.from(part.keys()).sort((a, b) => atLeast[a] - atLeast[b] || a - b);
    for (const row of order) {
      throwIfCancelled(signal);
      if (nearest[row] >= 0 || atLeast[row] >= shortest[part[row]]) continue;
      this.search(row);
      if (nearest[row] >= 0) this.offer(row);
    }
    from.forEach((row) => {
      if (row >= 0) this.add(row, nearest[row], atLeast[row]);
    });
    for (let row = 0; row < part.length; row++) part[row] = this.rootOf(row);
  }

  /** The part of the most rows. */
  private largest(): number {
    const size = new Uint32Array(this.part.length);
    for (const part of this.part) size[part]++;
    return size.reduce((most, rows, part) => (rows > size[most] ? part : most), 0);
  }

  private offer(row: number): void {
    const { part, atLeast, shortest, from } = this;
    if (atLeast[row] >= shortest[part[row]]) return;
    shortest[part[row]] = atLeast[row];
    from[part[row]] = row;
  }

  /** Finds the row nearest to a row in another part, if an edge to it is shorter than the part's shortest so far. */
  private search(row: number): void {
    const { leaves, part, partOfLeaf, atLeast, nearest, shortest, query } = this;
    const own = part[row];
    query.placeAt(0, row);
    leaves.look(row);
    const { gap } = leaves;
    for (let leaf = 0; leaf < gap.length; leaf++) if (partOfLeaf[leaf] === own) gap[leaf] = Number.POSITIVE_INFINITY;
    let limit = shortest[own];
    const home = leaves.leafOf[row];
    const first = gap[home] < limit ? home : -1;
    if (first >= 0) limit = this.scan(first, row, limit);
    const second = nearestLeaf(gap, first);
    if (second >= 0 && gap[second] < limit) limit = this.scan(second, row, limit);
    for (let leaf = 0; leaf < gap.length && limit > this.core[row]; leaf++) {
      if (gap[leaf] < limit && leaf !== first && leaf !== second) limit = this.scan(leaf, row, limit);
    }
    // Either the edge that was found, or nothing is below the limit.
    atLeast[row] = Math.max(atLeast[row], limit);
    if (nearest[row] >= 0) atLeast[row] = limit;
  }

  private scan(leaf: number, row: number, below: number): number {
    const { leaves, part, core, nearest, query } = this;
    let limit = below;
    for (let place = leaves.start[leaf]; place < leaves.start[leaf + 1]; place++) {
      const other = leaves.order[place];
      if (part[other] === part[row] || core[other] >= limit || !leaves.mayBeBelow(limit, row, other)) continue;
      const reach = Math.max(Math.sqrt(query.squared(other, 0)), core[row], core[other]);
      if (reach >= limit) continue;
      limit = reach;
      nearest[row] = other;
    }
    return limit;
  }

  private markLeaves(): void {
    const { leaves, part, partOfLeaf } = this;
    for (let leaf = 0; leaf < leaves.leaves; leaf++) {
      const rows = leaves.order.subarray(leaves.start[leaf], leaves.start[leaf + 1]);
      const own = part[rows[0]];
      partOfLeaf[leaf] = rows.every((row) => part[row] === own) ? own : -1;
    }
  }

  /** Adds an edge, unless an edge of this round closes the way already. */
  private add(from: number, to: number, distance: number): void {
    const [a, b] = [this.rootOf(from), this.rootOf(to)];
    if (a === b) return;
    const { tree } = this;
    tree.from[this.edges] = from;
    tree.to[this.edges] = to;
    tree.distance[this.edges++] = distance;
    this.part[a] = b;
  }

  private rootOf(row: number): number {
    const { part } = this;
    let root = row;
    while (part[root] !== root) root = part[root];
    return root;
  }
}

/**
 * The same with every copy of the rows: it hangs on the row that it equals, as near as that one's neighbours are, which no
 * other edge can undercut.
 * @param groupOf length n: the distinct row that each row is; the first of a group stands for it
 */
export function withCopies(
  tree: SpanningTree,
  core: Float64Array,
  representative: Uint32Array,
  groupOf: Int32Array,
): SpanningTree {
  const n = groupOf.length;
  const all = { from: new Int32Array(n - 1), to: new Int32Array(n - 1), distance: new Float64Array(n - 1) };
  tree.from.forEach((from, edge) => {
    all.from[edge] = representative[from];
    all.to[edge] = representative[tree.to[edge]];
    all.distance[edge] = tree.distance[edge];
  });
  let edge = tree.from.length;
  groupOf.forEach((group, row) => {
    if (representative[group] === row) return;
    all.from[edge] = representative[group];
    all.to[edge] = row;
    all.distance[edge++] = core[group];
  });
  return all;
}
