// A block of points, at most 2048 (padded to a multiple of four), is kept by columns. Its table has 8 bytes for each
// column: the address of the column's cells, and how many of them are kept. A column with many cells that are not 0 is
// kept whole (count = 0xffffffff); of any other the values are kept, 8 bytes each, and then their places, 2 bytes each.

const whole: u32 = 0xffffffff;

/**
 * Inner products of one row with the points of a block: `sums` (a double for each point) is written. The row has
 * `entries` cells that are not 0: their columns, 4 bytes each, and their values.
 */
export function products(table: usize, columns: usize, values: usize, entries: i32, size: i32, sums: usize): void {
  memory.fill(sums, 0, (<usize>size) << 3);
  let a: usize = 0;
  let b: usize = 0;
  let c: usize = 0;
  let u: f64 = 0;
  let v: f64 = 0;
  let w: f64 = 0;
  let waiting = 0;
  for (let e: usize = 0; e < <usize>entries; e++) {
    const entry = table + ((<usize>load<u32>(columns + (e << 2))) << 3);
    const cells = <usize>load<u32>(entry);
    const count = load<u32>(entry, 4);
    const value = load<f64>(values + (e << 3));
    if (count != whole) {
      addSparse(cells, count, value, sums);
    } else if (waiting == 3) {
      // Four columns for one walk along the sums.
      addFour(a, b, c, cells, u, v, w, value, size, sums);
      waiting = 0;
    } else {
      if (waiting == 0) {
        a = cells;
        u = value;
      } else if (waiting == 1) {
        b = cells;
        v = value;
      } else {
        c = cells;
        w = value;
      }
      waiting++;
    }
  }
  if (waiting > 0) addOne(a, u, size, sums);
  if (waiting > 1) addOne(b, v, size, sums);
  if (waiting > 2) addOne(c, w, size, sums);
}

function addSparse(cells: usize, count: u32, value: f64, sums: usize): void {
  const places = cells + ((<usize>count) << 3);
  for (let k: usize = 0; k < <usize>count; k++) {
    const sum = sums + ((<usize>load<u16>(places + (k << 1))) << 3);
    store<f64>(sum, load<f64>(sum) + value * load<f64>(cells + (k << 3)));
  }
}

function addOne(cells: usize, value: f64, size: i32, sums: usize): void {
  const factor = f64x2.splat(value);
  const end = sums + ((<usize>size) << 3);
  for (; sums < end; sums += 16, cells += 16) {
    v128.store(sums, f64x2.add(v128.load(sums), f64x2.mul(factor, v128.load(cells))));
  }
}

function addFour(a: usize, b: usize, c: usize, d: usize, u: f64, v: f64, w: f64, x: f64, size: i32, sums: usize): void {
  const ofA = f64x2.splat(u);
  const ofB = f64x2.splat(v);
  const ofC = f64x2.splat(w);
  const ofD = f64x2.splat(x);
  for (let k: usize = 0; k < (<usize>size) << 3; k += 16) {
    const left = f64x2.add(f64x2.mul(ofA, v128.load(a + k)), f64x2.mul(ofB, v128.load(b + k)));
    const right = f64x2.add(f64x2.mul(ofC, v128.load(c + k)), f64x2.mul(ofD, v128.load(d + k)));
    v128.store(sums + k, f64x2.add(v128.load(sums + k), f64x2.add(left, right)));
  }
}
