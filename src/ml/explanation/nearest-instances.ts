import type { DenseMatrix, FeatureMatrix, SparseMatrix } from '../matrix/feature-matrix.js';

/** A row near an instance. */
export interface NearRow {
  readonly row: number;
  /** Rows searched whose cells all equal this one's, itself included. */
  readonly alike: number;
  /** >= 0, see `nearestRows`. */
  readonly distance: number;
}

/** A feature in which a row differs from an instance. */
export interface FeatureDifference {
  readonly feature: number;
  /** Row less instance in standard deviations; NaN where one of the two is missing, which counts as 1. */
  readonly difference: number;
}

/**
 * What one unit of each column of X (n×d) is worth in a distance: 1 / its population standard deviation over the
 * present cells of the rows, 0 for a column that does not vary there: no model learns from it. O(stored cells).
 */
export function unitsOf(X: FeatureMatrix, rows: Uint32Array): Float64Array {
  const { columns } = X;
  const count = new Float64Array(columns);
  const shift = new Float64Array(columns);
  const first = new Float64Array(columns);
  const second = new Float64Array(columns);
  const largest = new Float64Array(columns);
  eachCell(X, rows, (j, x) => {
    // Sums about a value of the column: a large offset must not drown what varies.
    if (count[j]++ === 0) shift[j] = X.kind === 'dense' ? x : 0;
    const z = x - shift[j];
    first[j] += z;
    second[j] += z * z;
    largest[j] = Math.max(largest[j], Math.abs(x));
  });
  return first.map((sum, j) => {
    // A cell that a sparse matrix does not hold is 0, and so is its distance from the shift.
    const n = X.kind === 'dense' ? count[j] : rows.length;
    const deviation = Math.sqrt(Math.max(0, second[j] - (sum * sum) / n) / n);
    return deviation > 1e-12 * largest[j] && Number.isFinite(deviation) ? 1 / deviation : 0;
  });
}

function eachCell(X: FeatureMatrix, rows: Uint32Array, look: (column: number, value: number) => void): void {
  for (const row of rows) {
    if (X.kind === 'sparse') {
      for (let at = X.rowStart[row]; at < X.rowStart[row + 1]; at++) look(X.columnIndex[at], X.values[at]);
      continue;
    }
    for (let j = 0, at = row * X.columns; j < X.columns; j++, at++) {
      if (!Number.isNaN(X.values[at])) look(j, X.values[at]);
    }
  }
}

/**
 * The `count` rows of X (n×d) nearest to an instance, nearest first, of equal distances the one that comes first in
 * `rows`; rows that equal each other are one. Euclidean distance of standardised features; where the value of one of the
 * two is missing a feature counts 1, where both are it counts 0 (HEOM: Wilson and Martinez 1997, equation 11, with
 * standard deviations for ranges). Exact, by one pass: O(stored cells of the rows), sparse rows stay sparse.
 * @param instance length d, NaN = missing
 * @param units length d: `unitsOf` X
 * @param rows those that are searched
 */
export function nearestRows(
  X: FeatureMatrix,
  instance: Float64Array,
  units: Float64Array,
  rows: Uint32Array,
  count: number,
): NearRow[] {
  const squaredTo = X.kind === 'dense' ? denseDistances(X, instance, units) : sparseDistances(X, instance, units);
  const found: { row: number; alike: number; squared: number }[] = [];
  for (const row of rows) {
    const reach = found.length < count ? Number.POSITIVE_INFINITY : found[count - 1].squared;
    const squared = squaredTo(row, reach);
    if (squared > reach) continue;
    const twin = found.find((other) => other.squared === squared && sameRow(X, other.row, row));
    if (twin) {
      twin.alike++;
      continue;
    }
    if (squared === reach && found.length === count) continue;
    let place = found.length;
    while (place > 0 && found[place - 1].squared > squared) place--;
    found.splice(place, 0, { row, alike: 1, squared });
    if (found.length > count) found.pop();
  }
  return found.map(({ row, alike, squared }) => ({ row, alike, distance: Math.sqrt(squared) }));
}

/** Squared distance to a row, or anything larger than `reach` where it is larger than that. */
type SquaredTo = (row: number, reach: number) => number;

function denseDistances({ columns, values }: DenseMatrix, instance: Float64Array, units: Float64Array): SquaredTo {
  return (row, reach) => {
    let sum = 0;
    for (let j = 0, at = row * columns; j < columns && sum <= reach; j++, at++) {
      sum += squaredPart(values[at], instance[j], units[j]);
    }
    return sum;
  };
}

function sparseDistances(
  { columnIndex, rowStart, values }: SparseMatrix,
  instance: Float64Array,
  units: Float64Array,
): SquaredTo {
  const own = Uint32Array.from(instance.keys()).filter((j) => instance[j] !== 0);
  return (row, reach) => {
    let [at, k, sum] = [rowStart[row], 0, 0];
    const end = rowStart[row + 1];
    while ((at < end || k < own.length) && sum <= reach) {
      const theirs = at < end ? columnIndex[at] : Number.POSITIVE_INFINITY;
      const mine = k < own.length ? own[k] : Number.POSITIVE_INFINITY;
      const j = Math.min(theirs, mine);
      sum += squaredPart(theirs === j ? values[at++] : 0, mine === j ? instance[own[k++]] : 0, units[j]);
    }
    return sum;
  };
}

function squaredPart(theirs: number, mine: number, unit: number): number {
  const difference = (theirs - mine) * unit;
  if (difference === difference) return difference * difference;
  return Number.isNaN(theirs) === Number.isNaN(mine) ? 0 : 1;
}

function sameRow(X: FeatureMatrix, a: number, b: number): boolean {
  const cells = cellsOf(X, a);
  const others = cellsOf(X, b);
  if (cells.size !== others.size) return false;
  for (const [j, x] of cells) if (!Object.is(others.get(j), x)) return false;
  return true;
}

/** The cells of a row that are not 0. */
function cellsOf(X: FeatureMatrix, row: number): Map<number, number> {
  const cells = new Map<number, number>();
  if (X.kind === 'dense') {
    for (let j = 0, at = row * X.columns; j < X.columns; j++, at++) {
      if (X.values[at] !== 0) cells.set(j, X.values[at]);
    }
    return cells;
  }
  for (let at = X.rowStart[row]; at < X.rowStart[row + 1]; at++) {
    if (X.values[at] !== 0) cells.set(X.columnIndex[at], X.values[at]);
  }
  return cells;
}

/** The features in which a row of X differs from an instance, the largest share of their distance first. O(d log d). */
export function featureDifferences(
  X: FeatureMatrix,
  row: number,
  instance: Float64Array,
  units: Float64Array,
): FeatureDifference[] {
  const cells = cellsOf(X, row);
  const found: { feature: number; difference: number; part: number }[] = [];
  for (let j = 0; j < instance.length; j++) {
    const theirs = cells.get(j) ?? 0;
    const part = squaredPart(theirs, instance[j], units[j]);
    if (part > 0) found.push({ feature: j, difference: (theirs - instance[j]) * units[j], part });
  }
  found.sort((a, b) => b.part - a.part || a.feature - b.feature);
  return found.map(({ feature, difference }) => ({ feature, difference }));
}
