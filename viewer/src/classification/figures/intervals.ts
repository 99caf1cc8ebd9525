/** A figure with its 95 % interval; null where undefined. */
export interface Interval {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Of a two-sided 95 % interval, to the bit as the document's figures are computed with. */
const z = 1.9599639845400536;

/** part / whole, null for a share of nothing. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Score interval of a share (Wilson 1927) at 95 %: the same as the one in the document. */
export function wilson(successes: number, trials: number): Interval {
  if (trials === 0) return { value: null, low: null, high: null };
  const p = successes / trials;
  const centre = p + z ** 2 / (2 * trials);
  const half = Math.sqrt(z ** 2 * ((p * (1 - p)) / trials + z ** 2 / (4 * trials * trials)));
  const scale = 1 + z ** 2 / trials;
  return {
    value: p,
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === trials ? 1 : (centre + half) / scale,
  };
}

/** Mean of the defined ones, null without any, and their standard deviation (n - 1), null for fewer than two. */
export function meanAndDeviation(values: readonly (number | null)[]): { mean: number | null; std: number | null } {
  const defined = values.filter((value) => value !== null);
  if (defined.length === 0) return { mean: null, std: null };
  const mean = defined.reduce((sum, value) => sum + value, 0) / defined.length;
  if (defined.length === 1) return { mean, std: null };
  const squares = defined.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: Math.sqrt(squares / (defined.length - 1)) };
}
