/**
 * Adds the inner products of four lines with `count` sparse rows to `sums`: that of the o-th row with the q-th of the four
 * at 4·o + q. Cell j of the q-th of the four lies at 4·j + q. `starts` (u32, count + 1 of them) tell where a row's entries
 * begin in `indices` (u32) and `values` (doubles), counted from the first row's first. Each sum runs over the entries in
 * order.
 */
export function addSparseProducts(
  four: usize,
  starts: usize,
  indices: usize,
  values: usize,
  count: i32,
  sums: usize,
): void {
  const end = starts + ((<usize>count) << 2);
  for (; starts < end; starts += 4, sums += 32) {
    let low = v128.load(sums);
    let high = v128.load(sums, 16);
    const stop = <usize>load<u32>(starts, 4);
    for (let e = <usize>load<u32>(starts); e < stop; e++) {
      const value = v128.load64_splat(values + (e << 3));
      const cells = four + ((<usize>load<u32>(indices + (e << 2))) << 5);
      low = f64x2.add(low, f64x2.mul(value, v128.load(cells)));
      high = f64x2.add(high, f64x2.mul(value, v128.load(cells, 16)));
    }
    v128.store(sums, low);
    v128.store(sums, high, 16);
  }
}
