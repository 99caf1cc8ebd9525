import type { SparseMatrix } from '../matrix/feature-matrix.js';
import { NeighbourList } from './neighbour-list.js';

/** Share of the squared lengths that rounding may take from a squared distance found by a dot product. */
const cancellation = 1e-11;

/**
 * Exact nearest neighbours of sparse points: for each non-zero of the query, the list of points that have the column
 * too gives the dot products, and |x − p|² = |x|² + |p|² − 2·x·p. Those near enough are measured again, difference by
 * difference, since the formula loses digits where two points nearly agree. O(entries of the query's columns + n).
 */
export class InvertedIndex {
  private readonly columnStart: Uint32Array;
  private readonly point: Uint32Array;
  private readonly value: Float64Array;
  private readonly squaredLength: Float64Array;
  private longest = 0;
  private readonly rough: Float64Array;
  private readonly nearby: NeighbourList;

  /** @param points n×d, finite */
  constructor(
    private readonly points: SparseMatrix,
    k: number,
    multiplicity: Uint32Array,
  ) {
    const { rows, columns, rowStart, columnIndex, values } = points;
    this.columnStart = new Uint32Array(columns + 1);
    for (const column of columnIndex) this.columnStart[column + 1]++;
    for (let j = 0; j < columns; j++) this.columnStart[j + 1] += this.columnStart[j];
    const next = this.columnStart.slice(0, columns);
    this.point = new Uint32Array(values.length);
    this.value = new Float64Array(values.length);
    this.squaredLength = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      for (let at = rowStart[i]; at < rowStart[i + 1]; at++) {
        const slot = next[columnIndex[at]]++;
        this.point[slot] = i;
        this.value[slot] = values[at];
        this.squaredLength[i] += values[at] * values[at];
      }
      this.longest = Math.max(this.longest, this.squaredLength[i]);
    }
    this.rough = new Float64Array(rows);
    this.nearby = new NeighbourList(k, multiplicity);
  }

  /** Offers `list` the points near the query, whose `count` non-zeros are given. */
  search(columns: Uint32Array, values: Float64Array, count: number, list: NeighbourList): void {
    const { rough, columnStart, point, value, squaredLength, nearby } = this;
    rough.set(squaredLength);
    let length = 0;
    for (let e = 0; e < count; e++) {
      const x = values[e];
      length += x * x;
      const end = columnStart[columns[e] + 1];
      for (let at = columnStart[columns[e]]; at < end; at++) rough[point[at]] -= 2 * x * value[at];
    }
    const slack = cancellation * (length + this.longest);
    nearby.clear();
    for (let i = 0; i < rough.length; i++) {
      const least = rough[i] + length - slack;
      if (least <= nearby.reach) nearby.offer(i, least, 2 * slack);
    }
    for (const i of nearby.points) list.offer(i, this.measure(i, columns, values, count));
  }

  /** |x − p|² as a sum of squares, in the order of the columns. */
  private measure(i: number, columns: Uint32Array, values: Float64Array, count: number): number {
    const { rowStart, columnIndex } = this.points;
    const theirs = this.points.values;
    const end = rowStart[i + 1];
    let at = rowStart[i];
    let sum = 0;
    for (let e = 0; e < count; e++) {
      for (; at < end && columnIndex[at] < columns[e]; at++) sum += theirs[at] * theirs[at];
      const shared = at < end && columnIndex[at] === columns[e];
      const difference = shared ? values[e] - theirs[at++] : values[e];
      sum += difference * difference;
    }
    for (; at < end; at++) sum += theirs[at] * theirs[at];
    return sum;
  }
}
