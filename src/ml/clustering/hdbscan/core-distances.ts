import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { NeighbourList } from '../../neighbours/neighbour-list.js';
import { CentreDistances } from '../centre-distances.js';
import type { Landmarks } from '../landmarks.js';
import { LandmarkLeaves } from './landmark-leaves.js';

/** Distinct rows, and what is known of their distances. */
export interface DistinctPoints extends Record<string, unknown> {
  /** m×d, no two rows equal. */
  readonly X: FeatureMatrix;
  /** |x|² of each row. */
  readonly lengths: Float64Array;
  /** Rows that each stands for. */
  readonly multiplicity: Uint32Array;
  readonly landmarks: Landmarks;
}

/**
 * How far each row is from its `least`-th nearest, itself and its copies counted; exact. A search costs O(m) at least, and
 * O(d) for each row that the landmarks cannot rule out.
 */
export class CoreDistances {
  private readonly leaves: LandmarkLeaves;
  private readonly query: CentreDistances;
  private readonly list: NeighbourList;

  constructor(
    private readonly points: DistinctPoints,
    private readonly least: number,
  ) {
    const { X, lengths, landmarks, multiplicity } = points;
    this.leaves = new LandmarkLeaves(landmarks, X.rows);
    this.query = new CentreDistances(X, lengths, 1);
    this.list = new NeighbourList(least, multiplicity);
  }

  of(row: number): number {
    const { leaves, query, list } = this;
    query.placeAt(0, row);
    list.clear();
    leaves.look(row);
    const own = leaves.leafOf[row];
    this.scan(own, row);
    const nearest = nearestLeaf(leaves.gap, own);
    if (nearest >= 0) this.scan(nearest, row);
    for (let leaf = 0; leaf < leaves.leaves; leaf++) {
      if (leaf !== own && leaf !== nearest && leaves.gap[leaf] <= this.reach()) this.scan(leaf, row);
    }
    const { points, squaredDistances } = list;
    // Behind the last that is needed there may be some that tie with it but for rounding.
    let [rows, at] = [0, -1];
    while (rows < this.least) rows += this.points.multiplicity[points[++at]];
    return Math.sqrt(squaredDistances[at]);
  }

  private reach(): number {
    return Math.sqrt(this.list.reach);
  }

  private scan(leaf: number, row: number): void {
    const { leaves, query, list } = this;
    for (let place = leaves.start[leaf]; place < leaves.start[leaf + 1]; place++) {
      const other = leaves.order[place];
      if (other === row) list.offer(row, 0);
      else if (leaves.mayBeBelow(this.reach(), row, other)) list.offer(other, query.squared(other, 0));
    }
  }
}

/** The leaf of the least gap besides one; -1 where there is no other. */
export function nearestLeaf(gap: Float64Array, besides: number): number {
  let nearest = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let leaf = 0; leaf < gap.length; leaf++) {
    if (gap[leaf] < least && leaf !== besides) {
      least = gap[leaf];
      nearest = leaf;
    }
  }
  return nearest;
}
