// Gradient and curvature of a row, 16 bytes: first two doubles, then two whole numbers as histograms have them.

/**
 * Gradient and curvature of the deviance of two classes in the log odds `raw`, for an even number of rows: w·(p - y) and
 * w·p·(1 - p) with p the sigmoid. raw and weights: 8 bytes a row; y: 4, 0 or 1.
 */
export function logistic(raw: usize, y: usize, weights: usize, rows: i32, derivatives: usize): void {
  const one = f64x2.splat(1);
  const end = raw + ((<usize>rows) << 3);
  for (; raw < end; raw += 16, y += 8, weights += 16, derivatives += 32) {
    const p = f64x2.div(one, f64x2.add(one, exp(f64x2.neg(v128.load(raw)))));
    const weight = v128.load(weights);
    const g = f64x2.mul(weight, f64x2.sub(p, f64x2.convert_low_i32x4_u(v128.load64_zero(y))));
    const c = f64x2.mul(f64x2.mul(weight, p), f64x2.sub(one, p));
    v128.store(derivatives, v128.shuffle<f64>(g, c, 0, 2));
    v128.store(derivatives, v128.shuffle<f64>(g, c, 1, 3), 16);
  }
}

/**
 * e^x within 2 units in the last place, x held within ±708: 2^k·e^r with r = x - k·ln 2, the latter by its series to the
 * twelfth power (|r| <= 0.347, so that what is left out is below the rounding).
 */
function exp(value: v128): v128 {
  const x = f64x2.max(f64x2.splat(-708), f64x2.min(f64x2.splat(708), value));
  // Adding 1.5·2^52 rounds, and leaves the whole number in the lowest bits.
  const shifter = f64x2.splat(6755399441055744);
  const shifted = f64x2.add(f64x2.mul(x, f64x2.splat(Math.LOG2E)), shifter);
  const k = f64x2.sub(shifted, shifter);
  // ln 2 in two parts, of which the first has so few bits that its product is exact.
  let r = f64x2.sub(x, f64x2.mul(k, f64x2.splat(6.9314718036912381649e-1)));
  r = f64x2.sub(r, f64x2.mul(k, f64x2.splat(1.90821492927058770002e-10)));
  let sum = f64x2.splat(1 / 479001600.0);
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1 / 39916800.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1 / 3628800.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1 / 362880.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1 / 40320.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1 / 5040.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1 / 720.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1 / 120.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1 / 24.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1 / 6.0));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.5));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1));
  return f64x2.mul(sum, i64x2.shl(i64x2.add(shifted, i64x2.splat(1023)), 52));
}

/** Writes the largest size of a gradient and the largest curvature to `result`: two doubles. */
export function largest(derivatives: usize, rows: i32, result: usize): void {
  let most = f64x2.splat(0);
  const end = derivatives + ((<usize>rows) << 4);
  for (; derivatives < end; derivatives += 16) most = f64x2.pmax(most, f64x2.abs(v128.load(derivatives)));
  v128.store(result, most);
}

/** Makes doubles whole numbers of units, in place; each row counts 1 above the 40 bits of its curvature. */
export function quantise(derivatives: usize, rows: i32, perGradient: f64, perCurvature: f64): void {
  const end = derivatives + ((<usize>rows) << 4);
  for (let at = derivatives; at < end; at += 16) {
    store<i64>(at, <i64>nearest<f64>(load<f64>(at) * perGradient));
    store<i64>(at, <i64>nearest<f64>(load<f64>(at, 8) * perCurvature) + ((<i64>1) << 40), 8);
  }
}

/** Writes the sums of the rows listed at `order` to `result`: two doubles of whole numbers. */
export function sumRows(derivatives: usize, order: usize, rows: i32, result: usize): void {
  let g: i64 = 0;
  let c: i64 = 0;
  const end = order + ((<usize>rows) << 2);
  for (let at = order; at < end; at += 4) {
    const row = derivatives + ((<usize>load<u32>(at)) << 4);
    g += load<i64>(row);
    c += load<i64>(row, 8) & (((<i64>1) << 40) - 1);
  }
  store<f64>(result, <f64>g);
  store<f64>(result, <f64>c, 8);
}
