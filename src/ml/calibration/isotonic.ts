import { ascendingOrder } from '../metrics/row-order.js';

/** The straight pieces between knots; beyond the first and the last one the curve is level. */
export interface IsotonicCurve {
  readonly kind: 'isotonic';
  /** Strictly ascending, at least one. */
  readonly values: readonly number[];
  /** Of the same length, never descending, in [0, 1]. */
  readonly probabilities: readonly number[];
}

/**
 * Isotonic calibration (Zadrozny and Elkan 2002): of all curves that never fall the one with the least squared error,
 * by pooling adjacent violators (Ayer et al. 1955). Rows of equal value are one point at their mean; between the ends of
 * its level pieces the curve is straight, as scikit-learn's IsotonicRegression draws it. O(n log n).
 * @param values length n >= 1, finite
 * @param positive length n: not 0 = of the class
 */
export function fitIsotonic(values: Float64Array, positive: Uint8Array): IsotonicCurve {
  const order = ascendingOrder(values);
  const pools: Pool[] = [];
  for (let at = 0; at < order.length; ) {
    const value = values[order[at]];
    const pool: Pool = { first: value, last: value, rows: 0, hits: 0 };
    for (; at < order.length && values[order[at]] === value; at++) {
      pool.rows++;
      if (positive[order[at]] !== 0) pool.hits++;
    }
    pools.push(pool);
    mergeViolators(pools);
  }
  const ends = pools.flatMap(({ first, last, rows, hits }) =>
    (first === last ? [first] : [first, last]).map((value) => ({ value, probability: hits / rows })),
  );
  return {
    kind: 'isotonic',
    values: ends.map(({ value }) => value),
    probabilities: ends.map(({ probability }) => probability),
  };
}

/** Neighbouring values of one level. */
interface Pool {
  first: number;
  last: number;
  rows: number;
  hits: number;
}

/** Puts the last pools together until their levels ascend. Counts are whole, so that the products are exact. */
function mergeViolators(pools: Pool[]): void {
  while (pools.length > 1) {
    const [a, b] = pools.slice(-2);
    if (a.hits * b.rows < b.hits * a.rows) return;
    pools.length -= 1;
    a.last = b.last;
    a.rows += b.rows;
    a.hits += b.hits;
  }
}

/** The probability of a value, in [0, 1]. O(log knots). */
export function isotonicAt({ values, probabilities }: IsotonicCurve, value: number): number {
  const end = values.length - 1;
  if (!(value > values[0])) return probabilities[0];
  if (value >= values[end]) return probabilities[end];
  let low = 0;
  let high = end;
  // values[low] < value, and values[high] >= value.
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) low = middle;
    else high = middle;
  }
  const share = (value - values[low]) / (values[high] - values[low]);
  return probabilities[low] * (1 - share) + probabilities[high] * share;
}
