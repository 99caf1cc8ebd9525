/** Fourth powers of numbers between its inverse and it, and sums of many, neither overflow nor vanish. */
const ordinary = 2 ** 200;

/**
 * A unit for numbers of which `largest` is the largest magnitude: moments are taken of x / unit, where those of x would
 * overflow or vanish. A power of two, so that no digit changes; 1 for all but the outermost magnitudes.
 */
export function binaryUnit(largest: number): number {
  if (!(largest > 0) || (largest < ordinary && largest > 1 / ordinary)) return 1;
  // Its inverse is a number, too.
  return 2 ** Math.max(-1000, Math.min(1000, Math.floor(Math.log2(largest))));
}

/** The unit of ascending values; 1 where there are none. */
export function unitOf(values: Float64Array): number {
  return values.length === 0 ? 1 : binaryUnit(Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1])));
}
