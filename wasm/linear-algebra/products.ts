/**
 * Adds the inner products of all pairs of `size` lines (a multiple of four) of `width` doubles (a multiple of two) to the
 * upper half of a size×size matrix; of its lower half some cells are written, too. Two lines meet four at a time: their
 * eight sums stay in registers.
 */
export function addProducts(lines: usize, size: i32, width: i32, sums: usize): void {
  const s = <usize>size;
  const bytes = (<usize>width) << 3;
  for (let a: usize = 0; a < s; a += 2) {
    const one = lines + a * bytes;
    const other = one + bytes;
    for (let b: usize = a & ~3; b < s; b += 4) {
      const p = lines + b * bytes;
      const q = p + bytes;
      const r = q + bytes;
      const t = r + bytes;
      let oneP = f64x2.splat(0);
      let oneQ = f64x2.splat(0);
      let oneR = f64x2.splat(0);
      let oneT = f64x2.splat(0);
      let otherP = f64x2.splat(0);
      let otherQ = f64x2.splat(0);
      let otherR = f64x2.splat(0);
      let otherT = f64x2.splat(0);
      for (let k: usize = 0; k < bytes; k += 16) {
        const x = v128.load(one + k);
        const y = v128.load(other + k);
        let z = v128.load(p + k);
        oneP = f64x2.add(oneP, f64x2.mul(x, z));
        otherP = f64x2.add(otherP, f64x2.mul(y, z));
        z = v128.load(q + k);
        oneQ = f64x2.add(oneQ, f64x2.mul(x, z));
        otherQ = f64x2.add(otherQ, f64x2.mul(y, z));
        z = v128.load(r + k);
        oneR = f64x2.add(oneR, f64x2.mul(x, z));
        otherR = f64x2.add(otherR, f64x2.mul(y, z));
        z = v128.load(t + k);
        oneT = f64x2.add(oneT, f64x2.mul(x, z));
        otherT = f64x2.add(otherT, f64x2.mul(y, z));
      }
      const ofOne = sums + ((a * s + b) << 3);
      const ofOther = ofOne + (s << 3);
      add(ofOne, oneP, oneQ);
      add(ofOne + 16, oneR, oneT);
      add(ofOther, otherP, otherQ);
      add(ofOther + 16, otherR, otherT);
    }
  }
}

/** Adds the sums of two pairs to two neighbouring cells. */
function add(cells: usize, left: v128, right: v128): void {
  const even = v128.shuffle<f64>(left, right, 0, 2);
  const odd = v128.shuffle<f64>(left, right, 1, 3);
  v128.store(cells, f64x2.add(v128.load(cells), f64x2.add(even, odd)));
}
