import type { RandomStream } from '../../random/stream.js';
import type { CentreDistances } from '../centre-distances.js';

/**
 * Places the centres by greedy k-means++ (Arthur and Vassilvitskii 2007, section 5): each is the best of 2 + ⌊ln k⌋ rows
 * drawn by their squared distance from the centres so far, as in scikit-learn. A candidate twice as far from a row's
 * centre as the row itself cannot become the row's centre (triangle inequality), and is not measured.
 * Returns how many centres were placed: fewer than k where there are fewer distinct rows.
 * @param trial distances with one centre, where candidates are tried
 */
export function seedCentres(
  n: number,
  distances: CentreDistances,
  trial: CentreDistances,
  stream: RandomStream,
): number {
  const { clusters } = distances;
  const trials = 2 + Math.floor(Math.log(clusters));
  const squared = new Float64Array(n);
  const nearest = new Uint32Array(n);
  const sums = new Float64Array(n);
  let best = new Improvement(n);
  let other = new Improvement(n);
  distances.placeAt(0, stream.below(n));
  for (let i = 0; i < n; i++) squared[i] = distances.squared(i, 0);
  for (let c = 1; c < clusters; c++) {
    let total = 0;
    for (let i = 0; i < n; i++) {
      total += squared[i];
      sums[i] = total;
    }
    if (!(total > 0)) return c;
    best.gain = -1;
    for (let t = 0; t < trials; t++) {
      const row = firstAbove(sums, stream.float() * total);
      trial.placeAt(0, row);
      other.measure(row, squared, nearest, distances, trial, c);
      if (other.gain > best.gain) [best, other] = [other, best];
    }
    // Only rounding is left of what would be gained: all rows lie on centres.
    if (best.gain <= 0) return c;
    distances.placeAt(c, best.row);
    for (let k = 0; k < best.count; k++) {
      squared[best.rows[k]] = best.squared[k];
      nearest[best.rows[k]] = c;
    }
  }
  return clusters;
}

/** The rows that come nearer to a centre through a candidate. */
class Improvement {
  row = 0;
  count = 0;
  gain = 0;
  readonly rows: Uint32Array;
  readonly squared: Float64Array;

  constructor(n: number) {
    this.rows = new Uint32Array(n);
    this.squared = new Float64Array(n);
  }

  measure(
    row: number,
    squared: Float64Array,
    nearest: Uint32Array,
    distances: CentreDistances,
    trial: CentreDistances,
    placed: number,
  ): void {
    const apart = Float64Array.from({ length: placed }, (_, c) => distances.squared(row, c));
    this.row = row;
    this.count = 0;
    this.gain = 0;
    for (let i = 0; i < squared.length; i++) {
      if (4 * squared[i] <= apart[nearest[i]]) continue;
      const distance = trial.squared(i, 0);
      if (distance >= squared[i]) continue;
      this.gain += squared[i] - distance;
      this.rows[this.count] = i;
      this.squared[this.count++] = distance;
    }
  }
}

/** The first place whose sum is above a value; sums ascend. */
function firstAbove(sums: Float64Array, value: number): number {
  let [low, high] = [0, sums.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
