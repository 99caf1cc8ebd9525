/** A column's values of some rows: distinct ones ascending, and how often each occurs. Missing cells are in none. */
export interface ValueCounts {
  readonly values: Float64Array;
  readonly counts: Uint32Array;
  /** Sum of `counts`. */
  readonly total: number;
}

/**
 * Counts values that are sorted ascending, and beside them `zeros` cells of value 0 that are not listed (of a sparse
 * column). -0 counts as 0. O(n).
 */
export function countSorted(sorted: Float64Array, zeros = 0): ValueCounts {
  const values = new Float64Array(sorted.length + 1);
  const counts = new Uint32Array(sorted.length + 1);
  let distinct = 0;
  const add = (value: number, count: number): void => {
    if (distinct > 0 && values[distinct - 1] === value) counts[distinct - 1] += count;
    else {
      values[distinct] = value;
      counts[distinct++] = count;
    }
  };
  let left = zeros;
  for (const value of sorted) {
    if (left > 0 && value >= 0) {
      add(0, left);
      left = 0;
    }
    add(value + 0, 1);
  }
  if (left > 0) add(0, left);
  return {
    values: values.subarray(0, distinct),
    counts: counts.subarray(0, distinct),
    total: sorted.length + zeros,
  };
}

/** The values of two columns together. O(distinct values). */
export function mergeCounts(a: ValueCounts, b: ValueCounts): ValueCounts {
  if (a.total === 0) return b;
  if (b.total === 0) return a;
  const values = new Float64Array(a.values.length + b.values.length);
  const counts = new Uint32Array(values.length);
  let distinct = 0;
  walkTogether(a, b, (value, inA, inB) => {
    values[distinct] = value;
    counts[distinct++] = inA + inB;
  });
  return {
    values: values.subarray(0, distinct),
    counts: counts.subarray(0, distinct),
    total: a.total + b.total,
  };
}

/** The values of any number of columns together, merged in pairs. O(values · log columns). */
export function mergeAll(columns: readonly ValueCounts[]): ValueCounts {
  if (columns.length === 0) return { values: new Float64Array(0), counts: new Uint32Array(0), total: 0 };
  let level = columns;
  while (level.length > 1) {
    const next: ValueCounts[] = [];
    for (let i = 0; i < level.length; i += 2) {
      next.push(i + 1 < level.length ? mergeCounts(level[i], level[i + 1]) : level[i]);
    }
    level = next;
  }
  return level[0];
}

/** Visits every value of either column in ascending order, with how often it occurs in each. */
export function walkTogether(
  a: ValueCounts,
  b: ValueCounts,
  visit: (value: number, inA: number, inB: number) => void,
): void {
  let [i, j] = [0, 0];
  while (i < a.values.length || j < b.values.length) {
    const x = i < a.values.length ? a.values[i] : Infinity;
    const y = j < b.values.length ? b.values[j] : Infinity;
    if (x < y) visit(x, a.counts[i++], 0);
    else if (y < x) visit(y, 0, b.counts[j++]);
    else visit(x, a.counts[i++], b.counts[j++]);
  }
}
