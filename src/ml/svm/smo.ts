import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import type { KernelFunction } from './kernel-function.js';
import { kernelOfItself } from './kernel-function.js';
import { KernelPoints } from './kernel-points.js';
import { RowCache } from './row-cache.js';
import type { ScaledRows } from './scaled-rows.js';

/**
 * A quadratic problem of m variables: max over a of cᵀa − ½ aᵀKa, where lower <= a <= upper and Σ a keeps its value.
 * K: kernel matrix of the rows that the variables belong to.
 */
export interface DualProblem {
  readonly rows: ScaledRows;
  readonly kernel: KernelFunction;
  /** Length m: the row of each variable. */
  readonly row: Uint32Array;
  /** Length m: c. */
  readonly linear: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Length m, within the bounds: where to start; the solution is written to it. */
  readonly a: Float64Array;
}

export interface SolverSettings {
  /** The optimum's conditions hold within it. */
  readonly tol: number;
  /** Steps of two variables each. */
  readonly maxIter: number;
  /** Bytes for rows of the kernel matrix; three rows at least are kept. */
  readonly cacheBytes: number;
  readonly signal?: CancelSignal;
}

export interface Solution {
  /** What is added to Σ a·K: free variables lie on c exactly. */
  readonly bias: number;
  readonly converged: boolean;
  readonly iterations: number;
}

/** Steps between two looks at the cancel signal. */
const stepsAtOnce = 64;
/** Steps before variables are first left out, and those for each variable that is not 0 by then. */
const stepsBeforeShrinking = 1000;
const stepsPerSupport = 4;
/** A smaller share of variables to be left out is not worth it. */
const leastShrinking = 0.1;

/**
 * Sequential minimal optimisation (Platt 1998) with the second-order choice of the pair of Fan, Chen and Lin (2005),
 * shrinking (Joachims 1998) and a cache of kernel rows, which are kept in single precision, as libsvm's are. A step
 * costs O(m), and O(m · cells) where a row of the kernel is not in the cache.
 */
export function solveDual(problem: DualProblem, settings: SolverSettings): Solution {
  return new Solver(problem, settings).solve();
}

class Solver {
  private readonly points: KernelPoints;
  private readonly cache: RowCache;
  private readonly gains: Float64Array;
  private readonly up: Float64Array;
  private readonly low: Float64Array;
  private readonly diagonal: Float64Array;
  private readonly result: Float64Array;
  /** Addresses of a row of zeros and of one for passing use. */
  private readonly zeros: number;
  private readonly scratch: number;
  /** The variables that are looked at; the others are at a bound. */
  private active = new Uint32Array(0);
  private best = 0;
  private highest = 0;
  private lowest = 0;
  private iterations = 0;

  constructor(
    private readonly problem: DualProblem,
    private readonly settings: SolverSettings,
  ) {
    const m = problem.row.length;
    const padded = m + 4;
    const cacheBytes = Math.max(12 * padded, Math.min(4 * padded * m, settings.cacheBytes));
    this.points = new KernelPoints(problem.rows, problem.kernel, problem.row, 40 * padded + 256 + cacheBytes);
    const { buffer } = this.points;
    let end = this.points.reserved;
    const place = (bytes: number): number => {
      const at = end;
      end += Math.ceil(bytes / 16) * 16;
      return at;
    };
    const doubles = (length: number): Float64Array => new Float64Array(buffer, place(8 * length), length);
    this.gains = doubles(padded);
    this.up = doubles(padded);
    this.low = doubles(padded);
    this.diagonal = doubles(padded);
    this.result = doubles(2);
    this.zeros = place(4 * padded);
    this.scratch = place(4 * padded);
    this.cache = new RowCache(buffer, end, cacheBytes);
  }

  solve(): Solution {
    const { tol, maxIter, signal } = this.settings;
    this.lookAtAll();
    let next = stepsBeforeShrinking;
    for (;;) {
      if (this.iterations % stepsAtOnce === 0) throwIfCancelled(signal);
      const moved = this.highest - this.lowest >= tol && this.iterations < maxIter && this.step();
      if (!moved) {
        if (this.active.length === this.problem.row.length || this.iterations >= maxIter) break;
        this.lookAtAll();
        next = this.iterations + stepsBeforeShrinking;
      } else if (this.iterations >= next) {
        next = this.iterations + stepsBeforeShrinking;
        // To look at all again costs a kernel row for each variable that is not 0: only long work earns that back.
        if (this.iterations >= stepsPerSupport * this.supports()) this.shrink();
      }
    }
    if (this.active.length < this.problem.row.length) this.lookAtAll();
    // A set without anything to move (or whose gains are no numbers) has no difference to speak of.
    const converged = !(this.highest - this.lowest >= tol) || this.iterations < maxIter;
    return { bias: this.bias(), converged, iterations: this.iterations };
  }

  /** All variables, with gains computed anew: c − K a. */
  private lookAtAll(): void {
    const { rows, kernel, row, linear, a } = this.problem;
    const m = row.length;
    this.active = Uint32Array.from({ length: m }, (_, t) => t);
    this.points.load(row);
    this.cache.reset(m, this.points.padded);
    this.gains.fill(0).set(linear);
    this.up.fill(-Infinity);
    this.low.fill(Infinity);
    for (let t = 0; t < m; t++) {
      // Rounded as the rows are, or the curvature of nearly equal rows would be wrong and their steps too long.
      this.diagonal[t] = Math.fround(kernelOfItself(kernel, rows.norm[row[t]] + 2 * rows.centring[row[t]]));
      this.mark(t);
    }
    for (let t = 0; t < m; t++) {
      if (t % stepsAtOnce === 0) throwIfCancelled(this.settings.signal);
      if (a[t] === 0) continue;
      this.points.writeRow(rows, row[t], this.scratch);
      this.move(this.scratch, this.zeros, a[t]);
    }
    this.move(this.zeros, this.zeros, 0);
  }

  /** Says whether the variable at position p may grow and shrink. */
  private mark(p: number): void {
    const { a, lower, upper } = this.problem;
    const t = this.active[p];
    this.up[p] = a[t] < upper[t] ? 0 : -Infinity;
    this.low[p] = a[t] > lower[t] ? 0 : Infinity;
  }

  private move(first: number, second: number, delta: number): void {
    const { gains, up, low, result } = this;
    const [v, u, l, r] = [gains.byteOffset, up.byteOffset, low.byteOffset, result.byteOffset];
    this.best = this.points.wasm.step(v, first, second, delta, u, l, this.points.padded, r);
    this.highest = result[0];
    this.lowest = result[1];
  }

  private kernelRow(p: number): number {
    const { rows, row } = this.problem;
    return this.cache.get(p, (target) => this.points.writeRow(rows, row[this.active[p]], target));
  }

  /** Moves the pair of variables that promises most; false where there is none. */
  private step(): boolean {
    const { gains, low, diagonal, active, best: i, highest } = this;
    const { a, lower, upper } = this.problem;
    if (i < 0) return false;
    const rowI = this.kernelRow(i);
    const { wasm, padded, buffer } = this.points;
    const own = diagonal[i];
    const j = wasm.pick(gains.byteOffset, rowI, low.byteOffset, diagonal.byteOffset, own, highest, padded);
    if (j < 0) return false;
    const rowJ = this.kernelRow(j);
    const [kernel] = new Float32Array(buffer, rowI + 4 * j, 1);
    const wanted = (gains[i] - gains[j]) / Math.max(1e-12, own + diagonal[j] - 2 * kernel);
    const [s, t] = [active[i], active[j]];
    const delta = Math.min(wanted, upper[s] - a[s], a[t] - lower[t]);
    // To the bound exactly, whatever the rounding.
    a[s] = delta === upper[s] - a[s] ? upper[s] : a[s] + delta;
    a[t] = delta === a[t] - lower[t] ? lower[t] : a[t] - delta;
    this.mark(i);
    this.mark(j);
    this.move(rowI, rowJ, delta);
    this.iterations++;
    return true;
  }

  private supports(): number {
    let count = 0;
    for (const value of this.problem.a) if (value !== 0) count++;
    return count;
  }

  /** Leaves out the variables at a bound that everything says will stay there. */
  private shrink(): void {
    const { gains, up, low, diagonal, active, highest, lowest } = this;
    const kept = new Uint32Array(active.length);
    let count = 0;
    for (let p = 0; p < active.length; p++) {
      const stays = up[p] < 0 ? gains[p] > highest : low[p] > 0 && gains[p] < lowest;
      if (!stays) kept[count++] = p;
    }
    if (active.length - count < leastShrinking * active.length) return;
    const positions = kept.slice(0, count);
    this.active = positions.map((p) => active[p]);
    this.points.load(this.active.map((t) => this.problem.row[t]));
    this.cache.shrink(positions, this.points.padded);
    for (const values of [gains, diagonal]) positions.forEach((old, p) => (values[p] = values[old]));
    up.fill(-Infinity);
    low.fill(Infinity);
    for (let p = 0; p < count; p++) this.mark(p);
    this.move(this.zeros, this.zeros, 0);
  }

  /** The gain of the free variables, on average; without any, the middle of what the bounds allow. */
  private bias(): number {
    const { gains, up, low, highest, lowest } = this;
    let [sum, count] = [0, 0];
    for (let p = 0; p < this.active.length; p++) {
      if (up[p] !== 0 || low[p] !== 0) continue;
      sum += gains[p];
      count++;
    }
    if (count > 0) return sum / count;
    if (highest === -Infinity) return lowest;
    return lowest === Infinity ? highest : (highest + lowest) / 2;
  }
}
