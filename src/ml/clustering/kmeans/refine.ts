import { throwIfCancelled } from '../../fit-context.js';
import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import type { RandomStream } from '../../random/stream.js';
import { CentreDistances } from '../centre-distances.js';
import { elkan, type LloydOptions, type LloydOutcome } from './elkan.js';

/** Rows tried in the place of a centre: so many, and for each centre so many more. */
const tries = 20;
const triesOfCentre = 3;

/**
 * Improves centres by swapping (local search k-means++, Lattanzi and Sohler, ICML 2019): rows drawn by their squared
 * distance each take the place of the centre that is missed least, where that lowers the inertia; then Lloyd's algorithm
 * from there. The inertia is never above that of the centres it is given. A try costs O(n·d).
 */
export function refine(
  X: FeatureMatrix,
  lengths: Float64Array,
  distances: CentreDistances,
  stream: RandomStream,
  options: LloydOptions,
): LloydOutcome {
  const before = elkan(X, distances, options);
  const k = distances.clusters;
  const own = before.cluster.slice();
  const squared = new Float64Array(X.rows);
  const second = new Float64Array(X.rows);
  const trial = new CentreDistances(X, lengths, 1);
  const placed = distances.centres.slice();
  const assign = (): number => nearestTwo(X, distances, own, squared, second);
  let inertia = assign();
  const first = inertia;
  const most = k === 1 ? 0 : tries + triesOfCentre * k;
  for (let t = 0; t < most; t++) {
    throwIfCancelled(options.signal);
    const row = draw(squared, inertia, stream);
    if (row < 0) break;
    trial.placeAt(0, row);
    // What is gained by a centre here, and by centre what is lost by taking that one away.
    let base = 0;
    const loss = new Float64Array(k);
    for (let i = 0; i < X.rows; i++) {
      const distance = trial.squared(i, 0);
      const kept = Math.min(distance, squared[i]);
      base += kept;
      loss[own[i]] += Math.min(distance, second[i]) - kept;
    }
    let missed = 0;
    for (let c = 1; c < k; c++) if (loss[c] < loss[missed]) missed = c;
    if (base + loss[missed] >= inertia * (1 - 1e-6)) continue;
    distances.placeAt(missed, row);
    inertia = assign();
  }
  if (inertia >= first) {
    distances.centres.set(placed);
    for (let c = 0; c < k; c++) distances.centreChanged(c);
    return before;
  }
  const after = elkan(X, distances, options);
  return after.inertia < before.inertia ? after : before;
}

/** Of each row its nearest centre, and the squared distances of that and of the next; returns the inertia. O(n·k·d). */
function nearestTwo(
  X: FeatureMatrix,
  distances: CentreDistances,
  own: Int32Array,
  squared: Float64Array,
  second: Float64Array,
): number {
  let inertia = 0;
  for (let i = 0; i < X.rows; i++) {
    let [best, next] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let c = 0; c < distances.clusters; c++) {
      const distance = distances.squared(i, c);
      if (distance < best) {
        next = best;
        best = distance;
        own[i] = c;
      } else if (distance < next) next = distance;
    }
    squared[i] = best;
    second[i] = next;
    inertia += best;
  }
  return inertia;
}

/** A row drawn by its weight; -1 where none has any. */
function draw(weights: Float64Array, total: number, stream: RandomStream): number {
  if (!(total > 0)) return -1;
  let left = stream.float() * total;
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.length - 1;
}
