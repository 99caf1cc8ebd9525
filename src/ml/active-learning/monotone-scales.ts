import { denseMatrix, type FeatureMatrix, sharedFloat64 } from '../matrix/feature-matrix.js';

/**
 * Each cell of X (n×d, may be missing) on a scale of its column: the share of the rows with a smaller value (those with
 * the same value count half) plus the value in standard deviations, less what that is for 0, so that zeros stay zeros.
 * Both rise with the value: the difference of two cells is what both differ by together. A missing cell is 1 below
 * the least. A constant column is 0 throughout. O(n·d·log n).
 */
export function monotoneScales(X: FeatureMatrix): FeatureMatrix {
  return X.kind === 'dense' ? denseScales(X.values, X.rows, X.columns) : sparseScales(X);
}

function denseScales(values: Float64Array, n: number, d: number): FeatureMatrix {
  const scaled = denseMatrix(n, d);
  const column = new Float64Array(n);
  for (let j = 0; j < d; j++) {
    let count = 0;
    for (let i = 0, at = j; i < n; i++, at += d) if (!Number.isNaN(values[at])) column[count++] = values[at];
    const scale = new ColumnScale(column.subarray(0, count).sort(), 0);
    for (let i = 0, at = j; i < n; i++, at += d) scaled.values[at] = scale.of(values[at]);
  }
  return scaled;
}

function sparseScales(X: Extract<FeatureMatrix, { kind: 'sparse' }>): FeatureMatrix {
  const starts = new Uint32Array(X.columns + 1);
  for (const j of X.columnIndex) starts[j + 1]++;
  for (let j = 0; j < X.columns; j++) starts[j + 1] += starts[j];
  const byColumn = new Float64Array(X.values.length);
  const next = starts.slice();
  X.values.forEach((value, at) => {
    byColumn[next[X.columnIndex[at]]++] = value;
  });
  const scales = Array.from({ length: X.columns }, (_, j) => {
    const stored = byColumn.subarray(starts[j], starts[j + 1]).sort();
    return new ColumnScale(stored, X.rows - stored.length);
  });
  const values = sharedFloat64(X.values.length);
  X.values.forEach((value, at) => {
    values[at] = scales[X.columnIndex[at]].of(value);
  });
  return { ...X, values };
}

/** The scale of one column, by its distinct values. */
class ColumnScale {
  private readonly distinct: Float64Array;
  private readonly place: Float64Array;
  private readonly missing: number;

  /**
   * @param sorted ascending values that are not missing
   * @param absent further cells that are 0
   */
  constructor(sorted: Float64Array, absent: number) {
    const { values, counts } = withZeros(sorted, absent);
    const total = sorted.length + absent;
    this.distinct = values;
    this.place = new Float64Array(values.length);
    const deviation = spread(values, counts, total);
    // Where no cell is 0, nothing needs to stay, and the least stands for it.
    const origin = Math.max(values.indexOf(0), 0);
    let [below, belowOrigin] = [0, 0];
    values.forEach((value, k) => {
      const rank = below + counts[k] / 2;
      if (k === origin) belowOrigin = rank;
      this.place[k] = rank / total + (deviation > 0 ? (value - values[origin]) / deviation : 0);
      below += counts[k];
    });
    for (let k = 0; k < values.length; k++) this.place[k] -= belowOrigin / total;
    this.missing = (this.place[0] ?? 0) - 1;
  }

  of(value: number): number {
    if (Number.isNaN(value)) return this.missing;
    let [low, high] = [0, this.distinct.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.distinct[middle] < value) low = middle + 1;
      else high = middle;
    }
    return this.place[low];
  }
}

function withZeros(sorted: Float64Array, absent: number): { values: Float64Array; counts: Float64Array } {
  const values: number[] = [];
  const counts: number[] = [];
  let waiting = absent;
  const add = (value: number, count: number): void => {
    if (count === 0) return;
    // 0 and -0 are one value.
    if (values.length > 0 && values[values.length - 1] === value) counts[counts.length - 1] += count;
    else {
      values.push(value === 0 ? 0 : value);
      counts.push(count);
    }
  };
  for (const value of sorted) {
    if (value >= 0 && waiting > 0) {
      add(0, waiting);
      waiting = 0;
    }
    add(value, 1);
  }
  add(0, waiting);
  return { values: Float64Array.from(values), counts: Float64Array.from(counts) };
}

/** Population standard deviation; in units of the range, so that large values do not overflow. */
function spread(values: Float64Array, counts: Float64Array, total: number): number {
  if (values.length < 2) return 0;
  const [low, high] = [values[0], values[values.length - 1]];
  const width = high / 2 - low / 2;
  if (width === 0) return 0;
  let [first, second] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    const z = (values[k] / 2 - low / 2) / width;
    first += counts[k] * z;
    second += counts[k] * z * z;
  }
  const variance = second / total - (first / total) ** 2;
  return variance > 0 ? width * (2 * Math.sqrt(variance)) : 0;
}
