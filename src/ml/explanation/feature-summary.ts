import type { FeatureMatrix } from '../matrix/feature-matrix.js';
import { binOf, equalWidthEdges } from '../metrics/histogram.js';

/** Which percentiles a summary has. */
export const summaryPercentiles = [1, 5, 25, 50, 75, 95, 99] as const;

/** What a feature looks like in a group of rows; NaN where a figure is undefined. Missing cells are in none but theirs. */
export interface GroupSummary {
  readonly instances: number;
  readonly missing: number;
  readonly zeros: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** With n − 1. */
  readonly standardDeviation: number;
  /** Those of `summaryPercentiles`, by linear interpolation between ranks (Hyndman and Fan's type 7, as numpy's). */
  readonly percentiles: readonly number[];
  /** Rows by bin. */
  readonly counts: Uint32Array;
}

export interface FeatureSummary {
  /** Edges of the bins, ascending, at most 41, shared by the groups; a bin is [edge, next edge), the last one closed. */
  readonly edges: Float64Array;
  readonly groups: readonly GroupSummary[];
}

const mostBins = 40;

/**
 * Summarises column `column` of X in groups of rows, with a histogram in common bins (see summaryEdges).
 * O(m log m) for m rows in all. Without any value the edges are 0 and 1.
 */
export function featureSummary(X: FeatureMatrix, column: number, groups: readonly Uint32Array[]): FeatureSummary {
  const cellOf = cellReader(X, column);
  const values = groups.map((rows) => {
    const present = new Float64Array(rows.length);
    let count = 0;
    for (let i = 0; i < rows.length; i++) {
      const cell = cellOf(rows[i]);
      if (!Number.isNaN(cell)) present[count++] = cell + 0;
    }
    return present.subarray(0, count).sort();
  });
  const all = new Float64Array(values.reduce((sum, { length }) => sum + length, 0));
  values.reduce((at, part) => {
    all.set(part, at);
    return at + part.length;
  }, 0);
  const edges = summaryEdges(all.sort());
  return { edges, groups: values.map((sorted, g) => summarise(sorted, groups[g].length, edges)) };
}

/** Cell by row of one column. */
function cellReader(X: FeatureMatrix, column: number): (row: number) => number {
  if (X.kind === 'dense') return (row) => X.values[row * X.columns + column];
  const { rowStart, columnIndex, values } = X;
  return (row) => {
    let low = rowStart[row];
    const end = rowStart[row + 1];
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (columnIndex[middle] < column) low = middle + 1;
      else high = middle;
    }
    return low < end && columnIndex[low] === column ? values[low] : 0;
  };
}

function summarise(sorted: Float64Array, instances: number, edges: Float64Array): GroupSummary {
  const n = sorted.length;
  const counts = new Uint32Array(edges.length - 1);
  let zeros = 0;
  // About a member of the column, lest the squares lose their digits.
  const shift = n > 0 ? sorted[n >>> 1] : 0;
  let [first, second] = [0, 0];
  for (const value of sorted) {
    counts[binOf(edges, value)]++;
    if (value === 0) zeros++;
    first += value - shift;
    second += (value - shift) ** 2;
  }
  const variance = Math.max(0, second - (first * first) / n) / (n - 1);
  return {
    instances,
    missing: instances - n,
    zeros,
    minimum: n > 0 ? sorted[0] : Number.NaN,
    maximum: n > 0 ? sorted[n - 1] : Number.NaN,
    mean: finite(shift + first / n),
    standardDeviation: n > 1 ? finite(Math.sqrt(variance)) : Number.NaN,
    percentiles: summaryPercentiles.map((percent) => quantile(sorted, percent / 100)),
    counts,
  };
}

function quantile(sorted: Float64Array, share: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [a, b] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  return a === b ? a : a * (1 - (place - below)) + b * (place - below);
}

/**
 * Edges of at most 40 bins for sorted values. Whole numbers get bins of whole numbers, one for each where they are few.
 * Where the outer two percent of the values take up more than three quarters of the range, as in a heavy tail, the
 * first and the last bin hold them, and the others divide what lies between.
 */
export function summaryEdges(sorted: Float64Array): Float64Array {
  if (sorted.length === 0) return Float64Array.of(0, 1);
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  const whole = sorted.every(Number.isSafeInteger);
  if (whole && high - low < mostBins) return wholeEdges(low, high, 1);
  if (low === high) {
    const half = Math.max(0.5, Math.abs(low) * 2 ** -40);
    return Float64Array.of(low - half, low + half);
  }
  const [inner, outer] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
  const tails = inner < outer && high - low > 4 * (outer - inner);
  const [from, to] = tails ? [whole ? Math.floor(inner) : inner, whole ? Math.ceil(outer) : outer] : [low, high];
  const bins = tails ? mostBins - 2 : mostBins;
  const edges = whole ? wholeEdges(from, to, Math.ceil((to - from + 1) / bins)) : equalWidthEdges(from, to, bins);
  return ascending([Math.min(low, edges[0]), ...edges, Math.max(high, edges[edges.length - 1])]);
}

function wholeEdges(from: number, to: number, width: number): Float64Array {
  const bins = Math.ceil((to - from + 1) / width);
  return Float64Array.from({ length: bins + 1 }, (_, i) => from - 0.5 + i * width);
}

/** Without repeats: a range of few doubles has fewer edges. */
function ascending(edges: readonly number[]): Float64Array {
  return Float64Array.from(edges.filter((edge, i) => i === 0 || edge > edges[i - 1]));
}

const finite = (value: number): number => (Number.isFinite(value) ? value : Number.NaN);
