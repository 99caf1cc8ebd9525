// Inner products become kernel values, in place: `size` doubles, a multiple of two.

/** exp(−gamma·‖x − p‖²); `norms` has the ‖p‖² of the points. */
export function radial(sums: usize, norms: usize, own: f64, gamma: f64, size: i32): void {
  const end = sums + ((<usize>size) << 3);
  const ofRow = f64x2.splat(own);
  const factor = f64x2.splat(-gamma);
  const two = f64x2.splat(2);
  const zero = f64x2.splat(0);
  for (; sums < end; sums += 16, norms += 16) {
    const distance = f64x2.sub(f64x2.add(ofRow, v128.load(norms)), f64x2.mul(two, v128.load(sums)));
    v128.store(sums, exponential(f64x2.mul(factor, f64x2.max(zero, distance))));
  }
}

/** (gamma·z + coef0)^degree, where z is the product plus what the row and the point add to it for their centring. */
export function polynomial(sums: usize, shifts: usize, own: f64, gamma: f64, coef0: f64, degree: i32, size: i32): void {
  const end = sums + ((<usize>size) << 3);
  const ofRow = f64x2.splat(own);
  for (; sums < end; sums += 16, shifts += 16) {
    const centred = f64x2.add(v128.load(sums), f64x2.add(ofRow, v128.load(shifts)));
    const base = f64x2.add(f64x2.mul(f64x2.splat(gamma), centred), f64x2.splat(coef0));
    let power = base;
    for (let k = 1; k < degree; k++) power = f64x2.mul(power, base);
    v128.store(sums, power);
  }
}

/** tanh(gamma·z + coef0), z as in `polynomial`. */
export function sigmoid(sums: usize, shifts: usize, own: f64, gamma: f64, coef0: f64, size: i32): void {
  const end = sums + ((<usize>size) << 3);
  const ofRow = f64x2.splat(own);
  const one = f64x2.splat(1);
  const two = f64x2.splat(2);
  for (; sums < end; sums += 16, shifts += 16) {
    const centred = f64x2.add(v128.load(sums), f64x2.add(ofRow, v128.load(shifts)));
    const at = f64x2.add(f64x2.mul(f64x2.splat(gamma), centred), f64x2.splat(coef0));
    v128.store(sums, f64x2.sub(one, f64x2.div(two, f64x2.add(one, exponential(f64x2.mul(two, at))))));
  }
}

/** Single precision of `size` doubles; what is below 1e-35 becomes 0, as the smallest singles are slow. */
export function narrow(from: usize, to: usize, size: i32): void {
  const end = from + ((<usize>size) << 3);
  const least = f64x2.splat(1e-35);
  for (; from < end; from += 16, to += 8) {
    const values = v128.load(from);
    const kept = v128.and(values, f64x2.gt(f64x2.abs(values), least));
    v128.store64_lane(to, f32x4.demote_f64x2_zero(kept), 0);
  }
}

/** Σ of the products of two lists of doubles. */
export function weightedSum(values: usize, factors: usize, size: i32): f64 {
  const end = values + ((<usize>size) << 3);
  let sum = f64x2.splat(0);
  for (; values < end; values += 16, factors += 16) {
    sum = f64x2.add(sum, f64x2.mul(v128.load(values), v128.load(factors)));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/**
 * e^x within two units of rounding, x cut to ±700: 2^k·e^r with |r| <= ln 2 / 2 (in two parts, so that no digit is lost)
 * by Taylor's series up to r^12.
 */
function exponential(x: v128): v128 {
  const cut = f64x2.min(f64x2.splat(700), f64x2.max(f64x2.splat(-700), x));
  const k = f64x2.nearest(f64x2.mul(cut, f64x2.splat(Math.LOG2E)));
  const coarse = f64x2.sub(cut, f64x2.mul(k, f64x2.splat(0.69314718036912381649)));
  const r = f64x2.sub(coarse, f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)));
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  // Estrin's scheme: the parts do not wait for each other.
  const p01 = linear(r, 1.0, 1.0);
  const p23 = linear(r, 0.5, 1.0 / 6.0);
  const p45 = linear(r, 1.0 / 24.0, 1.0 / 120.0);
  const p67 = linear(r, 1.0 / 720.0, 1.0 / 5040.0);
  const p89 = linear(r, 1.0 / 40320.0, 1.0 / 362880.0);
  const pAB = linear(r, 1.0 / 3628800.0, 1.0 / 39916800.0);
  const low = f64x2.add(p01, f64x2.mul(r2, p23));
  const middle = f64x2.add(p45, f64x2.mul(r2, p67));
  const top = f64x2.add(f64x2.add(p89, f64x2.mul(r2, pAB)), f64x2.mul(r4, f64x2.splat(1.0 / 479001600.0)));
  const series = f64x2.add(low, f64x2.mul(r4, f64x2.add(middle, f64x2.mul(r4, top))));
  // 2^k: the sum has k in its lowest bits, which become the exponent.
  const bits = i64x2.add(f64x2.add(k, f64x2.splat(6755399441055744.0)), i64x2.splat(1023));
  return f64x2.mul(series, i64x2.shl(bits, 52));
}

function linear(r: v128, constant: f64, slope: f64): v128 {
  return f64x2.add(f64x2.splat(constant), f64x2.mul(r, f64x2.splat(slope)));
}
