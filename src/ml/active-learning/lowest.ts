/**
 * The `count` candidates of the lowest value, ascending; of equals the one first in the order of `ids` (the order of the
 * file must not matter). NaN counts as infinite. O(n + m log m) for m candidates.
 * @param values by row
 */
export function lowest(
  candidates: Uint32Array,
  values: { readonly [row: number]: number },
  count: number,
  ids: readonly string[],
): Uint32Array {
  const valueOf = (row: number): number => (Number.isNaN(values[row]) ? Infinity : values[row]);
  const sorted = Array.from(candidates).sort((a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left !== right) return left - right;
    return ids[a] < ids[b] ? -1 : 1;
  });
  return Uint32Array.from(sorted.slice(0, Math.max(0, count)));
}
