/**
 * Median of the values (at least one, none NaN); of an even number, the mean of the middle two; never -0, which would
 * depend on the order of the values. Reorders `values`.
 * Quickselect with the median of three as pivot (Hoare 1961; Sedgewick 1978), O(n) on average.
 */
export function selectMedian(values: Float64Array): number {
  const n = values.length;
  const upper = n >>> 1;
  const high = select(values, upper);
  if (n % 2 === 1) return high + 0;
  let low = values[0];
  for (let i = 1; i < upper; i++) if (values[i] > low) low = values[i];
  // Halved first: the sum of two huge values may overflow.
  return low === high ? low + 0 : low / 2 + high / 2 + 0;
}

/** The value of rank k (from 0); afterwards no value before position k is greater. */
function select(values: Float64Array, k: number): number {
  let left = 0;
  let right = values.length - 1;
  while (left < right) {
    const pivot = medianOfThree(values[left], values[(left + right) >>> 1], values[right]);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const kept = values[i];
      values[i++] = values[j];
      values[j--] = kept;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k];
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
