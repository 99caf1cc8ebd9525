/**
 * Weighted sums of columns: Σ over e of weights[e] · column[e] at each of `size` (even) places of `sums`. Column j are the
 * `size` doubles from `columns` + 8·j·size; `indices` (u32) and `weights` (doubles) have `count` places. Each sum runs
 * over e in order; sixteen at a time stay in registers.
 */
export function sumWeightedColumns(
  columns: usize,
  size: i32,
  indices: usize,
  weights: usize,
  count: i32,
  sums: usize,
): void {
  const bytes = (<usize>size) << 3;
  const end = (<usize>count) << 3;
  let at: usize = 0;
  for (; at + 128 <= bytes; at += 128) {
    const from = columns + at;
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    let e = f64x2.splat(0);
    let f = f64x2.splat(0);
    let g = f64x2.splat(0);
    let h = f64x2.splat(0);
    for (let k: usize = 0; k < end; k += 8) {
      const weight = v128.load64_splat(weights + k);
      const cells = from + <usize>load<u32>(indices + (k >> 1)) * bytes;
      a = f64x2.add(a, f64x2.mul(weight, v128.load(cells)));
      b = f64x2.add(b, f64x2.mul(weight, v128.load(cells, 16)));
      c = f64x2.add(c, f64x2.mul(weight, v128.load(cells, 32)));
      d = f64x2.add(d, f64x2.mul(weight, v128.load(cells, 48)));
      e = f64x2.add(e, f64x2.mul(weight, v128.load(cells, 64)));
      f = f64x2.add(f, f64x2.mul(weight, v128.load(cells, 80)));
      g = f64x2.add(g, f64x2.mul(weight, v128.load(cells, 96)));
      h = f64x2.add(h, f64x2.mul(weight, v128.load(cells, 112)));
    }
    const to = sums + at;
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
    v128.store(to, e, 64);
    v128.store(to, f, 80);
    v128.store(to, g, 96);
    v128.store(to, h, 112);
  }
  for (; at + 64 <= bytes; at += 64) {
    const from = columns + at;
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    for (let k: usize = 0; k < end; k += 8) {
      const weight = v128.load64_splat(weights + k);
      const cells = from + <usize>load<u32>(indices + (k >> 1)) * bytes;
      a = f64x2.add(a, f64x2.mul(weight, v128.load(cells)));
      b = f64x2.add(b, f64x2.mul(weight, v128.load(cells, 16)));
      c = f64x2.add(c, f64x2.mul(weight, v128.load(cells, 32)));
      d = f64x2.add(d, f64x2.mul(weight, v128.load(cells, 48)));
    }
    const to = sums + at;
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
  for (; at < bytes; at += 16) {
    const from = columns + at;
    let a = f64x2.splat(0);
    for (let k: usize = 0; k < end; k += 8) {
      const cells = from + <usize>load<u32>(indices + (k >> 1)) * bytes;
      a = f64x2.add(a, f64x2.mul(v128.load64_splat(weights + k), v128.load(cells)));
    }
    v128.store(sums + at, a);
  }
}
