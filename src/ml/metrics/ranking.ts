import { descendingOrder } from './row-order.js';
import type { ScoreCurve } from './score-curve.js';

/**
 * The rank of each of n values: 1 for the highest; equal values are ranked by row, so that ranks are 1 … n, each once.
 * O(n).
 */
export function ranks(values: Float64Array): Uint32Array {
  const rank = new Uint32Array(values.length);
  const order = descendingOrder(values);
  for (let place = 0; place < order.length; place++) rank[order[place]] = place + 1;
  return rank;
}

/**
 * Discounted gain of a ranking with the sharp discount 2^-r: Σ over positive rows of 2^-r / Σ over all rows of 2^-r,
 * ranks r from 0. In [0, 1] and ruled by the first dozen rows: 1 iff every row is positive, near 1 when the head of
 * the ranking is. Rows of equal value count by their mean over all orders, so that the order of rows cannot matter.
 * Null without positive rows. O(steps).
 */
export function ndcg(curve: ScoreCurve): number | null {
  const { truePositives, falsePositives, positives, negatives } = curve;
  if (positives === 0) return null;
  let sum = 0;
  for (let i = 0, tp = 0, fp = 0; i < truePositives.length; i++) {
    const above = tp + fp;
    const rows = truePositives[i] + falsePositives[i] - above;
    // Σ of 2^-r over r = above … above + rows - 1, shared by the rows of this value.
    const weight = 2 ** (1 - above) - 2 ** (1 - above - rows);
    sum += weight * ((truePositives[i] - tp) / rows);
    tp = truePositives[i];
    fp = falsePositives[i];
  }
  return sum / (2 - 2 ** (1 - positives - negatives));
}
