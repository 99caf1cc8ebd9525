import type { FeatureMatrix } from '../matrix/feature-matrix.js';

/** Share of the squared lengths that is lost, or left, where two rows agree. */
export const rounding = 1e-13;

/**
 * Squared distances of the rows of X (n×d) from k centres, k·d row-major. Sparse rows by |x|² + |c|² − 2·x·c, which costs
 * only their entries; dense ones difference by difference, which loses no digits.
 */
export class CentreDistances {
  /** k×d row-major; after a change call `centreChanged`. */
  readonly centres: Float64Array;
  private readonly lengths: Float64Array;

  /** @param squaredLengths length n, of `rowLengths` */
  constructor(
    private readonly X: FeatureMatrix,
    private readonly squaredLengths: Float64Array,
    readonly clusters: number,
  ) {
    this.centres = new Float64Array(clusters * X.columns);
    this.lengths = new Float64Array(clusters);
  }

  /** Puts centre c where `row` of X lies. */
  placeAt(c: number, row: number): void {
    const { X, centres } = this;
    const to = c * X.columns;
    if (X.kind === 'dense') {
      centres.set(X.values.subarray(row * X.columns, (row + 1) * X.columns), to);
    } else {
      centres.fill(0, to, to + X.columns);
      for (let at = X.rowStart[row]; at < X.rowStart[row + 1]; at++) centres[to + X.columnIndex[at]] = X.values[at];
    }
    this.centreChanged(c);
  }

  centreChanged(c: number): void {
    const { centres, X } = this;
    let sum = 0;
    for (let at = c * X.columns, end = at + X.columns; at < end; at++) sum += centres[at] * centres[at];
    this.lengths[c] = sum;
  }

  /** Makes centre c one of length 1 in the same direction, if it has any. */
  makeUnit(c: number): void {
    const { centres } = this;
    const d = this.X.columns;
    this.centreChanged(c);
    const length = Math.sqrt(this.lengths[c]);
    if (length === 0) return;
    for (let at = c * d; at < (c + 1) * d; at++) centres[at] /= length;
    this.centreChanged(c);
  }

  /** Squared distance of a row from centre c. */
  squared(row: number, c: number): number {
    const { X, centres } = this;
    const { values } = X;
    const d = X.columns;
    if (X.kind === 'dense') {
      let first = 0;
      let second = 0;
      let third = 0;
      let fourth = 0;
      let x = row * d;
      let y = c * d;
      const end = x + d;
      // Four sums that do not wait for each other.
      for (; x + 3 < end; x += 4, y += 4) {
        const a = values[x] - centres[y];
        const b = values[x + 1] - centres[y + 1];
        const e = values[x + 2] - centres[y + 2];
        const f = values[x + 3] - centres[y + 3];
        first += a * a;
        second += b * b;
        third += e * e;
        fourth += f * f;
      }
      for (; x < end; x++, y++) {
        const a = values[x] - centres[y];
        first += a * a;
      }
      return first + second + (third + fourth);
    }
    const { rowStart, columnIndex } = X;
    const offset = c * d;
    let even = 0;
    let odd = 0;
    let at = rowStart[row];
    const end = rowStart[row + 1];
    for (; at + 1 < end; at += 2) {
      even += values[at] * centres[offset + columnIndex[at]];
      odd += values[at + 1] * centres[offset + columnIndex[at + 1]];
    }
    if (at < end) even += values[at] * centres[offset + columnIndex[at]];
    const lengths = this.squaredLengths[row] + this.lengths[c];
    const squared = lengths - 2 * (even + odd);
    return squared > rounding * lengths ? squared : 0;
  }

  /** Squared distance of two centres. */
  between(a: number, b: number): number {
    const { centres } = this;
    const d = this.X.columns;
    let sum = 0;
    for (let j = 0, x = a * d, y = b * d; j < d; j++, x++, y++) {
      const difference = centres[x] - centres[y];
      sum += difference * difference;
    }
    return sum;
  }

  /** The centre nearest to a row, the first of equals. */
  nearest(row: number): number {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let c = 0; c < this.clusters; c++) {
      const squared = this.squared(row, c);
      if (squared < least) {
        least = squared;
        best = c;
      }
    }
    return best;
  }
}

/** |x|² of each row of X. O(stored cells). */
export function rowLengths(X: FeatureMatrix): Float64Array {
  const lengths = new Float64Array(X.rows);
  const { values } = X;
  for (let i = 0; i < X.rows; i++) {
    const [from, to] = X.kind === 'dense' ? [i * X.columns, (i + 1) * X.columns] : [X.rowStart[i], X.rowStart[i + 1]];
    let sum = 0;
    for (let at = from; at < to; at++) sum += values[at] * values[at];
    lengths[i] = sum;
  }
  return lengths;
}

/** target[offset + j] += factor · cell (row, j). */
export function addRow(X: FeatureMatrix, row: number, factor: number, target: Float64Array, offset: number): void {
  const { values } = X;
  if (X.kind === 'dense') {
    for (let j = 0, at = row * X.columns; j < X.columns; j++, at++) target[offset + j] += factor * values[at];
  } else {
    for (let at = X.rowStart[row]; at < X.rowStart[row + 1]; at++) {
      target[offset + X.columnIndex[at]] += factor * values[at];
    }
  }
}
