import type { CancelSignal } from '../../fit-context.js';
import { throwIfCancelled } from '../../fit-context.js';
import type { FeatureMatrix } from '../../matrix/feature-matrix.js';
import { addRow, type CentreDistances } from '../centre-distances.js';

export interface LloydOptions {
  readonly maxIterations: number;
  /** Ends when the centres' squared moves sum up to no more. */
  readonly tolerance: number;
  /**
   * Spherical k-means (Dhillon and Modha 2001): rows have length 1, and so have centres, which lie in the direction of their
   * rows' mean.
   */
  readonly spherical?: boolean;
  readonly signal?: CancelSignal;
}

export interface LloydOutcome {
  readonly cluster: Int32Array;
  readonly inertia: number;
  readonly converged: boolean;
}

/**
 * Lloyd's algorithm with the bounds of Elkan (ICML 2003): the same assignments, leaving out distances that the triangle
 * inequality makes superfluous. Bounds are stored less what the centres have moved in all, so that a move changes none
 * of them. A centre without rows goes to the row farthest from its own. Starts from, and leaves, the centres of
 * `distances`; in the end each is the mean of its rows. Memory n·k doubles.
 */
export function elkan(X: FeatureMatrix, distances: CentreDistances, options: LloydOptions): LloydOutcome {
  const run = new ElkanRun(X, distances, options.spherical === true);
  let converged = false;
  for (let iteration = 0; iteration < options.maxIterations && !converged; iteration++) {
    throwIfCancelled(options.signal);
    const changed = run.assign();
    const moved = run.moveCentres();
    converged = (changed === 0 && iteration > 0) || moved <= options.tolerance;
  }
  run.assign();
  return { cluster: run.cluster, inertia: run.settle(), converged };
}

class ElkanRun {
  readonly cluster: Int32Array;
  /** Of row i: at least its distance from its centre, less what that centre has moved in all. */
  private readonly upper: Float64Array;
  /** Cell (i, c): at most the distance of row i from centre c, plus what that has moved in all. */
  private readonly lower: Float64Array;
  private readonly travelled: Float64Array;
  private readonly sums: Float64Array;
  private readonly counts: Float64Array;
  private readonly half: Float64Array;
  private readonly nearestHalf: Float64Array;

  constructor(
    private readonly X: FeatureMatrix,
    private readonly distances: CentreDistances,
    private readonly spherical: boolean,
  ) {
    const { rows: n, columns: d } = X;
    const k = distances.clusters;
    this.cluster = new Int32Array(n);
    this.upper = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    this.lower = new Float64Array(n * k);
    this.travelled = new Float64Array(k);
    this.sums = new Float64Array(k * d);
    this.counts = new Float64Array(k);
    this.half = new Float64Array(k * k);
    this.nearestHalf = new Float64Array(k);
    this.counts[0] = n;
    for (let i = 0; i < n; i++) addRow(X, i, 1, this.sums, 0);
  }

  /** Gives each row to its nearest centre; returns how many changed theirs. */
  assign(): number {
    this.measureCentres();
    const { X, distances, cluster, upper, lower, travelled, half, nearestHalf } = this;
    const k = distances.clusters;
    let changed = 0;
    for (let i = 0; i < X.rows; i++) {
      const before = cluster[i];
      let own = before;
      let reach = upper[i] + travelled[own];
      if (reach <= nearestHalf[own]) continue;
      let exact = false;
      const at = i * k;
      for (let c = 0; c < k; c++) {
        if (c === own || reach <= lower[at + c] - travelled[c] || reach <= half[own * k + c]) continue;
        if (!exact) {
          reach = Math.sqrt(distances.squared(i, own));
          lower[at + own] = reach + travelled[own];
          exact = true;
          if (reach <= lower[at + c] - travelled[c] || reach <= half[own * k + c]) continue;
        }
        const distance = Math.sqrt(distances.squared(i, c));
        lower[at + c] = distance + travelled[c];
        if (distance < reach) {
          own = c;
          reach = distance;
        }
      }
      upper[i] = reach - travelled[own];
      if (own !== before) {
        this.transfer(i, before, own);
        changed++;
      }
    }
    return changed;
  }

  /** Moves each centre to the mean of its rows; returns the sum of the squared moves. */
  moveCentres(): number {
    const { X, distances, sums, counts, travelled } = this;
    const d = X.columns;
    const { centres } = distances;
    let total = 0;
    for (let c = 0; c < distances.clusters; c++) {
      if (counts[c] === 0) this.fillFrom(c);
      if (counts[c] === 0) continue;
      let squared = 0;
      const share = this.shareOf(c);
      for (let j = c * d; j < (c + 1) * d; j++) {
        const to = sums[j] * share;
        squared += (to - centres[j]) * (to - centres[j]);
        centres[j] = to;
      }
      distances.centreChanged(c);
      travelled[c] += Math.sqrt(squared);
      total += squared;
    }
    return total;
  }

  /** Makes each centre the mean of its rows anew, without the rounding of many moves; returns the inertia. */
  settle(): number {
    const { X, distances, sums, counts, cluster } = this;
    sums.fill(0);
    for (let i = 0; i < X.rows; i++) addRow(X, i, 1, sums, cluster[i] * X.columns);
    for (let c = 0; c < distances.clusters; c++) {
      if (counts[c] === 0) continue;
      const share = this.shareOf(c);
      for (let j = c * X.columns; j < (c + 1) * X.columns; j++) distances.centres[j] = sums[j] * share;
      distances.centreChanged(c);
    }
    let inertia = 0;
    for (let i = 0; i < X.rows; i++) inertia += distances.squared(i, cluster[i]);
    return inertia;
  }

  /** What makes the sum of a cluster's rows its centre. */
  private shareOf(c: number): number {
    if (!this.spherical) return 1 / this.counts[c];
    const d = this.X.columns;
    let squared = 0;
    for (let j = c * d; j < (c + 1) * d; j++) squared += this.sums[j] * this.sums[j];
    return squared > 0 ? 1 / Math.sqrt(squared) : 0;
  }

  private measureCentres(): void {
    const { distances, half, nearestHalf } = this;
    const k = distances.clusters;
    nearestHalf.fill(Number.POSITIVE_INFINITY);
    for (let a = 0; a < k; a++) {
      for (let b = 0; b < a; b++) {
        const distance = Math.sqrt(distances.between(a, b)) / 2;
        half[a * k + b] = half[b * k + a] = distance;
        nearestHalf[a] = Math.min(nearestHalf[a], distance);
        nearestHalf[b] = Math.min(nearestHalf[b], distance);
      }
    }
  }

  private transfer(row: number, from: number, to: number): void {
    const { X, sums, counts, cluster } = this;
    addRow(X, row, -1, sums, from * X.columns);
    addRow(X, row, 1, sums, to * X.columns);
    counts[from]--;
    counts[to]++;
    cluster[row] = to;
  }

  /** Gives an empty cluster the row farthest from its centre, if any row is apart from its. */
  private fillFrom(empty: number): void {
    const { X, distances, cluster, counts, upper, lower, travelled } = this;
    let far = -1;
    let largest = 0;
    for (let i = 0; i < X.rows; i++) {
      if (counts[cluster[i]] < 2) continue;
      const squared = distances.squared(i, cluster[i]);
      if (squared > largest) {
        largest = squared;
        far = i;
      }
    }
    if (far < 0) return;
    this.sums.fill(0, empty * X.columns, (empty + 1) * X.columns);
    this.transfer(far, cluster[far], empty);
    // Nothing is known of its distances any more.
    upper[far] = Number.POSITIVE_INFINITY;
    lower.fill(0, far * distances.clusters, (far + 1) * distances.clusters);
    lower.set(travelled, far * distances.clusters);
  }
}
