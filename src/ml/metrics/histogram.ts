/** `bins` + 1 edges from `low` to `high`, both met exactly; a range of no width is widened by 0.5 to each side. */
export function equalWidthEdges(low: number, high: number, bins: number): Float64Array {
  const [from, to] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  return new Float64Array(bins + 1).map((_, i) => (i === bins ? to : from * (1 - i / bins) + to * (i / bins)));
}

/**
 * Edges for n values: of [0, 1] for probabilities, from the smallest to the largest for scores. Without rows [0, 1].
 */
export function predictionEdges(values: Float64Array, scale: 'probability' | 'score', bins = 20): Float64Array {
  if (scale === 'probability' || values.length === 0) return equalWidthEdges(0, 1, bins);
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return equalWidthEdges(low, high, bins);
}

/**
 * The bin of a value: bins are [edge, next edge), the last one closed, so that every value within the edges is in
 * exactly one. Throws RangeError outside of them. O(log edges).
 */
export function binOf(edges: Float64Array, value: number): number {
  const bins = edges.length - 1;
  if (!(value >= edges[0] && value <= edges[bins])) throw new RangeError(`${value} lies outside of the edges`);
  let low = 0;
  let high = bins - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (edges[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Counts by bin of the rows of each label. */
export interface LabelHistogram {
  readonly malicious: Uint32Array;
  readonly benign: Uint32Array;
  /** Rows without a label. */
  readonly unlabeled: Uint32Array;
}

/**
 * How many of n values fall into each bin, by label. O(n log edges).
 * @param label length n: 1 malicious, 0 benign, -1 no label
 */
export function labelHistogram(values: Float64Array, label: Int8Array, edges: Float64Array): LabelHistogram {
  const counts = (): Uint32Array => new Uint32Array(edges.length - 1);
  const histogram = { malicious: counts(), benign: counts(), unlabeled: counts() };
  for (let i = 0; i < values.length; i++) {
    const group = label[i] === 1 ? 'malicious' : label[i] === 0 ? 'benign' : 'unlabeled';
    histogram[group][binOf(edges, values[i])]++;
  }
  return histogram;
}
