/**
 * Products of four rows with `count` others of `columns` doubles each. Cell j of the q-th of the four lies at 4·j + q, and
 * so do the products: of the o-th other with the q-th of the four at 4·o + q. Each sum runs over the columns in order.
 */
export function fourRows(four: usize, others: usize, count: i32, columns: i32, products: usize): void {
  const bytes = (<usize>columns) << 3;
  const end = others + <usize>count * bytes;
  const pairs = others + <usize>(count & ~1) * bytes;
  let other = others;
  for (; other < pairs; other += 2 * bytes, products += 64) {
    const next = other + bytes;
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let nextLow = f64x2.splat(0);
    let nextHigh = f64x2.splat(0);
    let cells = four;
    for (let k: usize = 0; k < bytes; k += 8, cells += 32) {
      const first = v128.load(cells);
      const second = v128.load(cells, 16);
      const value = v128.load64_splat(other + k);
      const nextValue = v128.load64_splat(next + k);
      low = f64x2.add(low, f64x2.mul(value, first));
      high = f64x2.add(high, f64x2.mul(value, second));
      nextLow = f64x2.add(nextLow, f64x2.mul(nextValue, first));
      nextHigh = f64x2.add(nextHigh, f64x2.mul(nextValue, second));
    }
    v128.store(products, low);
    v128.store(products, high, 16);
    v128.store(products, nextLow, 32);
    v128.store(products, nextHigh, 48);
  }
  if (other < end) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    let cells = four;
    for (let k: usize = 0; k < bytes; k += 8, cells += 32) {
      const value = v128.load64_splat(other + k);
      low = f64x2.add(low, f64x2.mul(value, v128.load(cells)));
      high = f64x2.add(high, f64x2.mul(value, v128.load(cells, 16)));
    }
    v128.store(products, low);
    v128.store(products, high, 16);
  }
}
