/** A column's distinct present values and how many cells have each. */
interface Distinct {
  /** Ascending. */
  readonly values: Float64Array;
  /** Cells that have the value or a smaller one. */
  readonly until: Uint32Array;
}

/**
 * At most `most` values that stand for a column, ascending, all of them values it has: every distinct value where there
 * are few, else the quantiles at the levels (k + ½) / most (the inverse of the empirical distribution). Where a column
 * piles up on few values (a count that is mostly 0), quantiles of its distinct values fill the places left over: the
 * grid of scikit-learn, which spaces its points evenly between two percentiles, fails there. O(n log n).
 * @param cells length n; missing ones (NaN) are left out
 */
export function valueGrid(cells: Float64Array, most: number): Float64Array {
  const { values, until } = distinctValues(cells);
  if (values.length <= most) return values;
  const present = until[until.length - 1];
  const level = (k: number): number => (k + 0.5) / most;
  const chosen = new Set<number>();
  for (let k = 0, at = 0; k < most; k++) {
    while (until[at] < level(k) * present) at++;
    chosen.add(values[at]);
  }
  const places = most - chosen.size;
  const others = values.filter((value) => !chosen.has(value));
  // The middle of each of as many equal stretches: no value twice, for there are more values than places.
  for (let k = 0; k < places; k++) chosen.add(others[Math.floor(((k + 0.5) / places) * others.length)]);
  return Float64Array.from(chosen).sort();
}

function distinctValues(cells: Float64Array): Distinct {
  // -0 counts as 0.
  const sorted = cells
    .map((x) => x + 0)
    .filter((x) => !Number.isNaN(x))
    .sort();
  const values: number[] = [];
  const until: number[] = [];
  sorted.forEach((value, i) => {
    if (i > 0 && value === sorted[i - 1]) until[until.length - 1] = i + 1;
    else {
      values.push(value);
      until.push(i + 1);
    }
  });
  return { values: Float64Array.from(values), until: Uint32Array.from(until) };
}

/** How many cells are nearest to each value of a grid, the smaller of two equally near ones; missing cells to none. */
export function nearestCounts(cells: Float64Array, grid: Float64Array): Uint32Array {
  const counts = new Uint32Array(grid.length);
  for (const x of cells) {
    if (Number.isNaN(x)) continue;
    let low = 0;
    let high = grid.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      // Halved before they are added, for the sum may overflow.
      if (x > grid[middle] / 2 + grid[middle + 1] / 2) low = middle + 1;
      else high = middle;
    }
    if (grid.length > 0) counts[low]++;
  }
  return counts;
}
