// What sequential minimal optimisation does for all variables at each step. `gains` are doubles: v = −∂(dual)/∂a, how
// much the objective falls as a variable grows. `up` is 0 for a variable that may grow and −∞ for one at its upper
// bound; `low` 0 for one that may shrink and +∞ for one at its lower. `size` is a multiple of four. Rows of the kernel
// are singles.

/** Variables of which only the best value is known until they are seen to hold the best one. */
const chunk: usize = 128 * 8;

/**
 * Moves two variables by ±delta: gains −= delta·(first − second). Then writes the largest gain of a variable that may
 * grow and the least of one that may shrink to `result`, and returns the first variable with the former.
 */
export function step(
  gains: usize,
  first: usize,
  second: usize,
  delta: f64,
  up: usize,
  low: usize,
  size: i32,
  result: usize,
): i32 {
  const bytes = (<usize>size) << 3;
  const factor = f64x2.splat(delta);
  let best = -Infinity;
  let bestChunk: usize = 0;
  let least = f64x2.splat(Infinity);
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(bytes, from + chunk);
    let most = f64x2.splat(-Infinity);
    for (let at = from; at < end; at += 16) {
      const a = f64x2.promote_low_f32x4(v128.load64_zero(first + (at >> 1)));
      const b = f64x2.promote_low_f32x4(v128.load64_zero(second + (at >> 1)));
      const gain = f64x2.sub(v128.load(gains + at), f64x2.mul(factor, f64x2.sub(a, b)));
      v128.store(gains + at, gain);
      most = f64x2.pmax(most, f64x2.add(gain, v128.load(up + at)));
      least = f64x2.pmin(least, f64x2.add(gain, v128.load(low + at)));
    }
    const highest = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
    if (highest > best) {
      best = highest;
      bestChunk = from;
    }
  }
  store<f64>(result, best);
  store<f64>(result, min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1)), 8);
  for (let at = bestChunk; at < min(bytes, bestChunk + chunk); at += 8) {
    if (load<f64>(gains + at) + load<f64>(up + at) == best) return <i32>(at >> 3);
  }
  return -1;
}

/**
 * The variable that shrinks as one of gain `highest` and kernel row `row` grows: where the objective falls most by the
 * second-order rule of Fan, Chen and Lin (2005), (difference of the gains)² / curvature. -1 if there is none.
 */
export function pick(gains: usize, row: usize, low: usize, diagonal: usize, own: f64, highest: f64, size: i32): i32 {
  const bytes = (<usize>size) << 3;
  let best: f64 = 0;
  let bestChunk: usize = bytes;
  for (let from: usize = 0; from < bytes; from += chunk) {
    const end = min(bytes, from + chunk);
    let most = f64x2.splat(0);
    for (let at = from; at < end; at += 16) {
      most = f64x2.pmax(most, fall(gains, row, low, diagonal, own, highest, at));
    }
    const largest = max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
    if (largest > best) {
      best = largest;
      bestChunk = from;
    }
  }
  for (let at = bestChunk; at < min(bytes, bestChunk + chunk); at += 16) {
    const both = fall(gains, row, low, diagonal, own, highest, at);
    if (f64x2.extract_lane(both, 0) == best) return <i32>(at >> 3);
    if (f64x2.extract_lane(both, 1) == best) return <i32>(at >> 3) + 1;
  }
  return -1;
}

function fall(gains: usize, row: usize, low: usize, diagonal: usize, own: f64, highest: f64, at: usize): v128 {
  const gain = f64x2.add(v128.load(gains + at), v128.load(low + at));
  const difference = f64x2.pmax(f64x2.splat(0), f64x2.sub(f64x2.splat(highest), gain));
  const kernel = f64x2.promote_low_f32x4(v128.load64_zero(row + (at >> 1)));
  const curvature = f64x2.sub(f64x2.add(f64x2.splat(own), v128.load(diagonal + at)), f64x2.add(kernel, kernel));
  return f64x2.div(f64x2.mul(difference, difference), f64x2.pmax(f64x2.splat(1e-12), curvature));
}
