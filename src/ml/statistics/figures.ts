import { unitOf } from './magnitude.js';
import type { ValueCounts } from './value-counts.js';

/** Which percentiles a column is described by. */
export const describedPercentiles = [1, 5, 25, 50, 75, 95, 99] as const;

/** A column in figures; NaN where one is undefined. */
export interface ColumnFigures {
  /** Cells that are not missing. */
  readonly count: number;
  readonly distinct: number;
  readonly zeros: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** With n − 1. */
  readonly std: number;
  /** Those of `describedPercentiles`, interpolated linearly between ranks (Hyndman and Fan's type 7, as numpy's). */
  readonly percentiles: readonly number[];
  /** m3 / m2^1.5 of the central moments with n, as scipy's default; undefined for a constant. */
  readonly skewness: number;
  /** m4 / m2² − 3, with n, as scipy's default; undefined for a constant. */
  readonly kurtosis: number;
}

/** Describes a column. Moments are taken about its mean, in two passes. O(distinct values). */
export function describeCounts(column: ValueCounts): ColumnFigures {
  const { values, counts, total } = column;
  const n = values.length;
  const mean = meanOf(column);
  const unit = unitOf(values);
  const [inverse, centre] = [1 / unit, mean / unit];
  let [second, third, fourth, zeros] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const distance = values[i] * inverse - centre;
    const square = distance * distance;
    second += counts[i] * square;
    third += counts[i] * square * distance;
    fourth += counts[i] * square * square;
    if (values[i] === 0) zeros = counts[i];
  }
  const [m2, m3, m4] = [second / total, third / total, fourth / total];
  return {
    count: total,
    distinct: n,
    zeros,
    min: n > 0 ? values[0] : Number.NaN,
    max: n > 0 ? values[n - 1] : Number.NaN,
    mean: n > 0 ? mean : Number.NaN,
    std: total > 1 ? unit * Math.sqrt(second / (total - 1)) : Number.NaN,
    percentiles: quantiles(
      column,
      describedPercentiles.map((percent) => percent / 100),
    ),
    skewness: n > 1 ? m3 / m2 ** 1.5 : Number.NaN,
    kurtosis: n > 1 ? m4 / (m2 * m2) - 3 : Number.NaN,
  };
}

/** Mean of a column; of one value, that value to the last bit. O(distinct values). */
export function meanOf({ values, counts, total }: ValueCounts): number {
  if (values.length === 1) return values[0];
  // About a member, lest large values that differ little lose their digits.
  const unit = unitOf(values);
  const inverse = 1 / unit;
  const shift = values.length > 0 ? values[values.length >>> 1] * inverse : 0;
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += counts[i] * (values[i] * inverse - shift);
  return unit * (shift + sum / total);
}

/** Quantiles at ascending `shares` of [0, 1], interpolated linearly between ranks; NaN of an empty column. */
export function quantiles({ values, counts, total }: ValueCounts, shares: readonly number[]): number[] {
  if (total === 0) return shares.map(() => Number.NaN);
  let at = 0;
  let before = 0;
  // The value at a rank (0 …); ranks are asked for in ascending order.
  const valueAt = (rank: number): number => {
    while (before + counts[at] <= rank) before += counts[at++];
    return values[at];
  };
  return shares.map((share) => {
    const place = share * (total - 1);
    const below = Math.floor(place);
    const low = valueAt(below);
    const high = below + 1 < total && before + counts[at] <= below + 1 ? values[at + 1] : low;
    // From the nearer end, as numpy does; halves, because high − low may overflow.
    const part = place - below;
    const half = high / 2 - low / 2;
    return part < 0.5 ? low + 2 * (half * part) : high - 2 * (half * (1 - part));
  });
}

/** Ends of a box plot's whiskers: the outermost values within 1.5 interquartile ranges of the box (Tukey 1977). */
export function whiskers({ values }: ValueCounts, lower: number, upper: number): [low: number, high: number] {
  if (values.length === 0) return [Number.NaN, Number.NaN];
  const reach = 1.5 * (upper - lower);
  let [first, last] = [0, values.length - 1];
  while (first < last && values[first] < lower - reach) first++;
  while (last > first && values[last] > upper + reach) last--;
  return [Math.min(values[first], lower), Math.max(values[last], upper)];
}
