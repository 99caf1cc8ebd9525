import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { RowEntries } from '../matrix/row-entries.js';
import { distinctRows } from '../neighbours/distinct-rows.js';
import { randomStream } from '../random/stream.js';
import { monotoneScales } from './monotone-scales.js';

/** Rows that are the same or nearly so. */
export interface NearDuplicates {
  /** Length n: the number of each row's group. */
  readonly groupOf: Int32Array;
  /** By group: its centre, the member of the smallest instance_id. Every other member is a near-duplicate of it. */
  readonly centre: Uint32Array;
}

/**
 * The largest distance of near-duplicates: over all features together a tenth (of the instances in between, and of a
 * standard deviation). Two values of a binary feature are at least 2.5 apart, so that words and flags always agree.
 * Of NSL-KDD train20 13 % of the rows are then near another, 5 of these 3,291 of another family and 2 of another label
 * than their centre; of ClaMP 22 %, none of another label. With .2 it would be 27 % and 10 families, with 0 (exact
 * duplicates) none of NSL-KDD's.
 */
export const nearDuplicateDistance = 0.1;

/** Hash tables; a pair of near-duplicates shares the bucket of each with a chance of at least 7/8. */
const tables = 4;

/** Width of the tables' cells, in distances of near-duplicates. */
const cellWidth = 8;

/** Centres of a bucket that a row is compared with at most: where there are more, some groups stay apart. */
const centresCompared = 64;

/**
 * Groups of exact and near-duplicate rows of X (n×d, cells may be missing). The distance of two rows is
 * Σ |u(x) − u(y)| over the features, where u = share of the rows with a smaller value + value in standard deviations:
 * the first is deaf to outliers (a few huge transfers must not make all small ones alike), the second to how rare a
 * value is. A missing cell is as far from any value as 1.
 *
 * A group is a star: every member is within `distance` of the centre, and so members are at most twice as far apart;
 * chains of near neighbours do not drift. Rows are taken in the order of their ids; each joins the nearest centre, or
 * becomes one. Exact duplicates are found surely; near ones by hashing into randomly shifted grids (Datar, Immorlica,
 * Indyk and Mirrokni 2004) with exact verification, so that none is grouped wrongly and of 4,000 pairs at most one is
 * missed (where a bucket holds many centres, more). The order of the file does not matter. O(n·d·(tables + log n))
 * time, 4·n·d bytes for dense X, 12 bytes a stored cell for sparse.
 */
export function nearDuplicates(
  X: FeatureMatrix,
  ids: readonly string[],
  distance = nearDuplicateDistance,
): NearDuplicates {
  const order = Uint32Array.from(ids.keys()).sort((a, b) => (ids[a] < ids[b] ? -1 : 1));
  const { groupOf: same, representative } = distinctRows(X);
  const starOf = new Int32Array(representative.length).fill(-1);
  const groupOf = new Int32Array(X.rows);
  const centres: number[] = [];
  const stars = distance > 0 ? new Stars(X, distance) : null;
  for (const row of order) {
    const own = same[row];
    if (starOf[own] === -1) {
      const found = stars === null ? -1 : stars.join(row, centres);
      starOf[own] = found === -1 ? centres.push(row) - 1 : found;
    }
    groupOf[row] = starOf[own];
  }
  return { groupOf, centre: Uint32Array.from(centres) };
}

/** Finds the centre that a row belongs to. */
class Stars {
  private readonly mine: RowEntries;
  private readonly theirs: RowEntries;
  private readonly buckets: Map<number, number[]>[];
  /** tables×d, in cells: where the grid of each table lies. */
  private readonly shifts: Float64Array;
  private readonly keys = new Float64Array(tables);
  private readonly perCell: number;

  constructor(
    X: FeatureMatrix,
    private readonly distance: number,
  ) {
    const scaled = monotoneScales(X);
    this.mine = new RowEntries(scaled);
    this.theirs = new RowEntries(scaled);
    this.buckets = Array.from({ length: tables }, () => new Map<number, number[]>());
    this.perCell = 1 / (cellWidth * distance);
    const stream = randomStream(0, 'near-duplicates');
    this.shifts = Float64Array.from({ length: tables * X.columns }, () => stream.float());
  }

  /** The number of the nearest of `centres` within the distance; -1 where there is none: then the row is the next. */
  join(row: number, centres: readonly number[]): number {
    this.mine.read(row);
    const looked = new Set<number>();
    let [nearest, least] = [-1, this.distance];
    for (let t = 0; t < tables; t++) {
      this.keys[t] = this.key(t);
      for (const star of this.buckets[t].get(this.keys[t]) ?? []) {
        if (looked.has(star)) continue;
        looked.add(star);
        this.theirs.read(centres[star]);
        const apart = distanceOf(this.mine, this.theirs, least);
        if (apart < least || (apart === least && (nearest === -1 || star < nearest))) [nearest, least] = [star, apart];
      }
    }
    if (nearest === -1) this.add(centres.length);
    return nearest;
  }

  private add(star: number): void {
    for (let t = 0; t < tables; t++) {
      const bucket = this.buckets[t].get(this.keys[t]);
      if (bucket === undefined) this.buckets[t].set(this.keys[t], [star]);
      else if (bucket.length < centresCompared) bucket.push(star);
    }
  }

  /** The cell of the row in a table's grid as a number of 53 bits; cells that a value of 0 lies in do not count. */
  private key(table: number): number {
    const { mine, shifts, perCell } = this;
    const { columns, values, count } = mine;
    const from = table * (shifts.length / tables);
    let [low, high] = [0, 0];
    for (let e = 0; e < count; e++) {
      const j = columns[e];
      const cell = Math.floor(values[e] * perCell + shifts[from + j]);
      if (cell === 0) continue;
      // Far cells wrap around, which verification undoes.
      let h = Math.imul(cell | 0, 0x9e3779b1) ^ Math.imul(j + 1, 0x85ebca6b);
      h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
      h ^= h >>> 13;
      low = (low + h) | 0;
      high = (high + Math.imul(h, 0x27d4eb2f) + (h >>> 16)) | 0;
    }
    return (low >>> 0) * 2097152 + (high >>> 11);
  }
}

/** Σ |difference| over the columns; Infinity as soon as it exceeds `most`. */
function distanceOf(a: RowEntries, b: RowEntries, most: number): number {
  let sum = 0;
  for (let i = 0, k = 0; i < a.count || k < b.count; ) {
    const left = i < a.count ? a.columns[i] : Number.MAX_SAFE_INTEGER;
    const right = k < b.count ? b.columns[k] : Number.MAX_SAFE_INTEGER;
    if (left === right) sum += Math.abs(a.values[i++] - b.values[k++]);
    else if (left < right) sum += Math.abs(a.values[i++]);
    else sum += Math.abs(b.values[k++]);
    if (sum > most) return Infinity;
  }
  return sum;
}
