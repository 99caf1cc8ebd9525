import { equalWidthEdges } from '../metrics/histogram.js';
import { quantiles } from './figures.js';
import type { ValueCounts } from './value-counts.js';

const mostBins = 60;

/**
 * Edges of a column's histogram, shared by all its groups; a bin is [edge, next edge), the last one closed. Few whole
 * numbers get a bin each. Otherwise the width is that of Freedman and Diaconis (1981), 2·IQR / n^⅓, for at most 60 bins,
 * whole for whole numbers; where the outer two percent of the values take up more than three quarters of the range, as in
 * a heavy tail, the first and the last bin hold them. Without any value 0 and 1.
 * @param bins that many bins of equal width instead
 */
export function histogramEdges(column: ValueCounts, bins?: number): Float64Array {
  const { values, total } = column;
  if (values.length === 0) return Float64Array.of(0, 1);
  const [low, high] = [values[0], values[values.length - 1]];
  if (low === high) {
    const half = Math.max(0.5, Math.abs(low) * 2 ** -40);
    return Float64Array.of(low - half, low + half);
  }
  if (bins !== undefined) return ascending(equalWidthEdges(low, high, bins));
  const whole = values.every(Number.isSafeInteger);
  if (whole && high - low < 40) return wholeEdges(low, high, 1);
  const [inner, lower, upper, outer] = quantiles(column, [0.01, 0.25, 0.75, 0.99]);
  const tails = inner < outer && high / 4 - low / 4 > outer - inner;
  const [from, to] = tails ? [inner, outer] : [low, high];
  // Halves and quotients first: the largest doubles have no sum.
  const ideal = 2 * (upper / Math.cbrt(total) - lower / Math.cbrt(total));
  const room = tails ? mostBins - 2 : mostBins;
  // An interquartile range of 0 knows no width.
  const count = Math.min(room, Math.max(5, ideal > 0 ? Math.ceil(to / ideal - from / ideal) : room));
  const middle = whole
    ? wholeEdges(Math.floor(from), Math.ceil(to), Math.ceil((to - from + 1) / count))
    : equalWidthEdges(from, to, count);
  return ascending([Math.min(low, middle[0]), ...middle, Math.max(high, middle[middle.length - 1])]);
}

/** Counts of a column by bin; every value lies within the edges. O(distinct values + bins). */
export function countBins({ values, counts }: ValueCounts, edges: Float64Array): Uint32Array {
  const binned = new Uint32Array(edges.length - 1);
  for (let i = 0, bin = 0; i < values.length; i++) {
    while (bin < binned.length - 1 && values[i] >= edges[bin + 1]) bin++;
    binned[bin] += counts[i];
  }
  return binned;
}

function wholeEdges(from: number, to: number, width: number): Float64Array {
  const bins = Math.ceil((to - from + 1) / width);
  return Float64Array.from({ length: bins + 1 }, (_, i) => from - 0.5 + i * width);
}

/** Without repeats: a range of few doubles has fewer edges. */
function ascending(edges: ArrayLike<number>): Float64Array {
  return Float64Array.from(Array.from(edges).filter((edge, i) => i === 0 || edge > edges[i - 1]));
}
