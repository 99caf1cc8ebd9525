import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import type { RandomStream } from '../../random/stream.js';
import { CentreDistances, rowLengths } from '../centre-distances.js';
import { landmarksOf } from '../landmarks.js';

/**
 * Exact search for the rows within a radius, by the triangle inequality (LAESA, Micó, Oncina and Vidal 1994): two rows
 * cannot be nearer than their distances from any reference differ. Rows lie in the order of their distance from the first
 * reference, so that only a window of them is looked at. Memory 16 doubles a row; a search takes a comparison or two for
 * each row of the window, and O(d) for the few that are left. Rows that were claimed are not looked at again.
 */
export class RadiusIndex {
  /** Rows by their distance from the first reference. */
  private readonly order: Uint32Array;
  private readonly place: Uint32Array;
  /** (place, reference) at place · count + reference. */
  private readonly known: Float64Array;
  private readonly count: number;
  /** Of a place that was claimed a later one; a place that was not leads to itself. */
  private readonly following: Uint32Array;
  private readonly query: CentreDistances;
  private readonly slack: number;

  constructor(X: FeatureMatrix, stream: RandomStream) {
    const { count, known, slack } = landmarksOf(X, stream);
    this.count = count;
    this.slack = slack;
    this.order = Uint32Array.from({ length: X.rows }, (_, row) => row);
    this.order.sort((a, b) => known[a * count] - known[b * count] || a - b);
    this.place = new Uint32Array(X.rows);
    this.known = new Float64Array(X.rows * count);
    this.following = Uint32Array.from({ length: X.rows + 1 }, (_, place) => place);
    this.order.forEach((row, place) => {
      this.place[row] = place;
      this.known.set(known.subarray(row * count, (row + 1) * count), place * count);
    });
    this.query = new CentreDistances(X, rowLengths(X), 1);
  }

  /**
   * Do rows of at least `least` in all lie within `radius` of a row, itself among them? Looked for from the row outwards
   * along the order, so that the answer yes is quick.
   * @param size what each row counts for
   */
  isDense(row: number, radius: number, size: Float64Array, least: number): boolean {
    const reach = radius + this.slack;
    const place = this.place[row];
    const middle = this.known[place * this.count];
    this.query.placeAt(0, row);
    let rows = size[row];
    let [low, high] = [place - 1, place + 1];
    while (rows < least) {
      const below = low < 0 ? Number.POSITIVE_INFINITY : middle - this.known[low * this.count];
      const above = high === this.order.length ? Number.POSITIVE_INFINITY : this.known[high * this.count] - middle;
      if (Math.min(below, above) > reach) return false;
      const next = below <= above ? low-- : high++;
      if (this.isNear(next, place, radius)) rows += size[this.order[next]];
    }
    return true;
  }

  /** Claims every row within `radius` of a row that was not claimed before, itself among them. */
  claim(row: number, radius: number, claimed: (row: number) => void): void {
    const reach = radius + this.slack;
    const place = this.place[row];
    const middle = this.known[place * this.count];
    this.query.placeAt(0, row);
    const end = this.firstFrom(middle + reach);
    for (let next = this.unclaimed(this.firstFrom(middle - reach)); next < end; next = this.unclaimed(next + 1)) {
      if (!this.isNear(next, place, radius)) continue;
      this.following[next] = next + 1;
      claimed(this.order[next]);
    }
  }

  /** Is the row at `other` within `radius` of the one at `place`, which the query stands for? */
  private isNear(other: number, place: number, radius: number): boolean {
    const { known, count } = this;
    const reach = radius + this.slack;
    for (let r = 1, a = other * count + 1, b = place * count + 1; r < count; r++, a++, b++) {
      if (Math.abs(known[a] - known[b]) > reach) return false;
    }
    return this.query.squared(this.order[other], 0) <= radius * radius;
  }

  /** The first place from `place` on that is not claimed. */
  private unclaimed(place: number): number {
    const { following } = this;
    let free = place;
    while (following[free] !== free) free = following[free];
    // What was walked through leads there at once the next time.
    for (let at = place; following[at] !== free && at !== free; ) {
      const next = following[at];
      following[at] = free;
      at = next;
    }
    return free;
  }

  /** The first place at this distance from the first reference, or beyond. */
  private firstFrom(distance: number): number {
    let [low, high] = [0, this.order.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.known[middle * this.count] >= distance) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
