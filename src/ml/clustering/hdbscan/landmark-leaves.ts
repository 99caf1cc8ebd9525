import type { Landmarks } from '../landmarks.js';

const leafSize = 24;

/**
 * Rows in groups that are near each other as the landmarks see them: the leaves of a k-d tree (Bentley 1975) over the
 * distances from the landmarks, each with the span of its rows' distances. O(n·log n) to build, O(n) memory.
 */
export class LandmarkLeaves {
  /** Leaf k has the rows order[start[k]] … order[start[k + 1] - 1]. */
  readonly order: Uint32Array;
  readonly start: number[] = [];
  /** The leaf of each row. */
  readonly leafOf: Uint32Array;
  /** Of the row that `look` was told of: no row of a leaf is nearer than this. */
  readonly gap: Float64Array;
  /** (leaf, landmark) at leaf · count + landmark. */
  private readonly low: Float64Array;
  private readonly high: Float64Array;

  constructor(
    private readonly landmarks: Landmarks,
    rows: number,
  ) {
    const { known, count } = landmarks;
    this.order = Uint32Array.from({ length: rows }, (_, row) => row);
    this.divide(0, rows);
    this.start.push(rows);
    const leaves = this.leaves;
    this.leafOf = new Uint32Array(rows);
    this.gap = new Float64Array(leaves);
    this.low = new Float64Array(leaves * count).fill(Number.POSITIVE_INFINITY);
    this.high = new Float64Array(leaves * count).fill(Number.NEGATIVE_INFINITY);
    for (let leaf = 0; leaf < leaves; leaf++) {
      for (let place = this.start[leaf]; place < this.start[leaf + 1]; place++) {
        const row = this.order[place];
        this.leafOf[row] = leaf;
        for (let r = 0; r < count; r++) {
          const distance = known[row * count + r];
          this.low[leaf * count + r] = Math.min(this.low[leaf * count + r], distance);
          this.high[leaf * count + r] = Math.max(this.high[leaf * count + r], distance);
        }
      }
    }
  }

  get leaves(): number {
    return this.start.length - 1;
  }

  /** Fills `gap`, as seen from a row. O(16 leaves). */
  look(row: number): void {
    const { gap, low, high } = this;
    const { known, count, slack } = this.landmarks;
    const at = row * count;
    for (let leaf = 0, b = 0; leaf < gap.length; leaf++) {
      let least = 0;
      for (let r = 0; r < count; r++, b++) {
        const x = known[at + r];
        const below = low[b] - x;
        const above = x - high[b];
        if (below > least) least = below;
        if (above > least) least = above;
      }
      gap[leaf] = least - slack;
    }
  }

  /** May the distance of two rows be below `limit`, for all that the landmarks say? */
  mayBeBelow(limit: number, row: number, other: number): boolean {
    const { known, count, slack } = this.landmarks;
    const apart = limit + slack;
    for (let a = row * count, b = other * count, end = a + count; a < end; a++, b++) {
      if (Math.abs(known[a] - known[b]) >= apart) return false;
    }
    return true;
  }

  private divide(from: number, to: number): void {
    const { known, count } = this.landmarks;
    if (to - from <= leafSize) {
      this.start.push(from);
      return;
    }
    let widest = 0;
    let width = -1;
    for (let r = 0; r < count; r++) {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (let place = from; place < to; place++) {
        const distance = known[this.order[place] * count + r];
        low = Math.min(low, distance);
        high = Math.max(high, distance);
      }
      if (high - low > width) {
        width = high - low;
        widest = r;
      }
    }
    this.order.subarray(from, to).sort((a, b) => known[a * count + widest] - known[b * count + widest] || a - b);
    const middle = (from + to) >>> 1;
    this.divide(from, middle);
    this.divide(middle, to);
  }
}
