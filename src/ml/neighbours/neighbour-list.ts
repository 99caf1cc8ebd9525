/** Distances that differ by less than this share are taken for equal: the difference is rounding. */
const tieShare = 1e-9;

/**
 * The nearest points found so far, by ascending squared distance: as few as hold `k` rows (a point may stand for
 * several), and all that tie with the last of these, so that the answer hangs neither on the order of the points nor
 * on the way they are searched.
 */
export class NeighbourList {
  readonly points: number[] = [];
  readonly squaredDistances: number[] = [];
  private bound = Number.POSITIVE_INFINITY;

  /** @param multiplicity rows that each point stands for */
  constructor(
    private readonly k: number,
    private readonly multiplicity: Uint32Array,
  ) {}

  /** A point farther than this (squared distance) cannot be among the neighbours. */
  get reach(): number {
    return this.bound;
  }

  clear(): void {
    this.points.length = 0;
    this.squaredDistances.length = 0;
    this.bound = Number.POSITIVE_INFINITY;
  }

  /** Takes the point in if it is near enough; `leeway`: what the squared distances of this list may be too small by. */
  offer(point: number, squaredDistance: number, leeway = 0): void {
    if (!(squaredDistance <= this.bound)) return;
    const { points, squaredDistances } = this;
    let at = points.length;
    points.push(point);
    squaredDistances.push(squaredDistance);
    while (at > 0 && (squaredDistances[at - 1] > squaredDistance || isLater(this, at - 1, point, squaredDistance))) {
      points[at] = points[at - 1];
      squaredDistances[at] = squaredDistances[at - 1];
      at--;
    }
    points[at] = point;
    squaredDistances[at] = squaredDistance;
    this.shrink(leeway);
  }

  /** Drops what is no longer needed to hold k rows. */
  private shrink(leeway: number): void {
    let rows = 0;
    for (let i = 0; i < this.points.length; i++) {
      rows += this.multiplicity[this.points[i]];
      if (rows < this.k) continue;
      this.bound = (this.squaredDistances[i] + leeway) * (1 + tieShare);
      let end = i + 1;
      while (end < this.points.length && this.squaredDistances[end] <= this.bound) end++;
      this.points.length = end;
      this.squaredDistances.length = end;
      return;
    }
  }
}

/** Among equals the lower point comes first. */
function isLater(list: NeighbourList, at: number, point: number, squaredDistance: number): boolean {
  return list.squaredDistances[at] === squaredDistance && list.points[at] > point;
}
