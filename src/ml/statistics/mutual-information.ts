import { randomStream } from '../random/stream.js';
import { digamma } from './digamma.js';
import { unitOf } from './magnitude.js';
import { mergeAll, type ValueCounts } from './value-counts.js';

/**
 * Mutual information of a feature and the class in nats, of the counts themselves: Σ p(x, c) ln(p(x, c) / p(x) p(c))
 * (scikit-learn's mutual_info_score). Exact for a discrete feature. O(values · log classes).
 */
export function discreteInformation(classes: readonly ValueCounts[]): number {
  const all = mergeAll(classes);
  const n = all.total;
  if (n === 0) return Number.NaN;
  let sum = 0;
  for (const { values, counts, total } of classes) {
    for (let i = 0, at = 0; i < values.length; i++) {
      while (all.values[at] < values[i]) at++;
      const joint = counts[i] / n;
      sum += joint * Math.log((joint * n * n) / (all.counts[at] * total));
    }
  }
  return Math.max(0, sum);
}

/** Nearest neighbours that the estimate looks at, as scikit-learn's default. */
const neighbours = 3;

/**
 * Mutual information of a continuous feature and the class in nats, by the nearest neighbours of each instance in its
 * class (Ross 2014, "Mutual information between discrete and continuous data sets"), as scikit-learn's
 * mutual_info_classif defines it: k = 3, the feature scaled by its deviation. Equal values are told apart by noise of
 * 1e-10, here of those values alone, so that a feature without ties has no chance in it. O(n log n).
 * @param index of the feature: chooses its stream of chance
 */
export function neighbourInformation(classes: readonly ValueCounts[], seed: number, index: number): number {
  const present = classes.filter(({ total }) => total > 1);
  const n = present.reduce((sum, { total }) => sum + total, 0);
  if (n === 0) return Number.NaN;
  const spread = toldApart(present, seed, index);
  const all = new Float64Array(n);
  let at = 0;
  for (const values of spread) {
    all.set(values, at);
    at += values.length;
  }
  all.sort();
  let [nearest, sizes, within] = [0, 0, 0];
  for (const values of spread) {
    const k = Math.min(neighbours, values.length - 1);
    nearest += values.length * digamma(k);
    sizes += values.length * digamma(values.length);
    for (let i = 0; i < values.length; i++) {
      const radius = distanceToNearest(values, i, k);
      within += digamma(countWithin(all, values[i], radius));
    }
  }
  return Math.max(0, digamma(n) + (nearest - sizes - within) / n);
}

/** Sorted values of each class over the feature's deviation, no two of them equal but by the rarest chance. */
function toldApart(classes: readonly ValueCounts[], seed: number, index: number): Float64Array[] {
  const all = mergeAll(classes);
  const unit = unitOf(all.values);
  const inverse = 1 / unit;
  let [sum, magnitude] = [0, 0];
  all.values.forEach((value, i) => (sum += value * inverse * all.counts[i]));
  const mean = sum / all.total;
  let squares = 0;
  all.values.forEach((value, i) => (squares += all.counts[i] * (value * inverse - mean) ** 2));
  const deviation = unit * Math.sqrt(squares / all.total) || 1;
  all.values.forEach((value, i) => (magnitude += all.counts[i] * Math.abs(value / deviation)));
  const noise = 1e-10 * Math.max(1, magnitude / all.total);
  const stream = randomStream(seed, 'mutual-information', index);
  return classes.map(({ values, counts, total }) => {
    const spread = new Float64Array(total);
    let at = 0;
    for (let i = 0, shared = 0; i < values.length; i++) {
      while (all.values[shared] < values[i]) shared++;
      const alone = all.counts[shared] === 1;
      for (let c = 0; c < counts[i]; c++) spread[at++] = values[i] / deviation + (alone ? 0 : noise * stream.normal());
    }
    return spread.sort();
  });
}

/** Distance of values[i] to its k-th nearest among sorted values, itself left out. */
function distanceToNearest(values: Float64Array, i: number, k: number): number {
  let best = Infinity;
  for (let below = Math.max(0, k - (values.length - 1 - i)); below <= Math.min(k, i); below++) {
    const left = below > 0 ? values[i] - values[i - below] : 0;
    const right = below < k ? values[i + k - below] - values[i] : 0;
    best = Math.min(best, Math.max(left, right));
  }
  return best;
}

/** How many sorted values lie nearer than `radius` to `centre`, which is one of them; at least that one. */
function countWithin(sorted: Float64Array, centre: number, radius: number): number {
  const from = firstWhere(sorted, (value) => value > centre || centre - value < radius);
  const to = firstWhere(sorted, (value) => value > centre && value - centre >= radius);
  return Math.max(1, to - from);
}

/** The first place whose value fulfils a condition that holds from some place on. */
function firstWhere(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}
