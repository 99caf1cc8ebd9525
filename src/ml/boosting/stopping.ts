import { randomStream, shuffle } from '../random/stream.js';
import type { BoostingLoss } from './losses.js';

/** When further rounds no longer pay. */
export interface StoppingRule {
  /** Share of each class's rows that no tree learns from. */
  readonly validationFraction: number;
  /** Rounds without a gain after which it ends. */
  readonly patience: number;
  /** A smaller decrease of the loss is none. */
  readonly tol: number;
}

/** Watches the loss on rows kept aside. */
export class StoppingWatch {
  /** Rows to learn from, ascending. */
  readonly training: Uint32Array;
  private readonly kept: Uint32Array;
  private best = Infinity;
  private waited = 0;

  constructor(
    private readonly rule: StoppingRule,
    y: Uint32Array,
    seed: number,
  ) {
    const inside: number[] = [];
    const outside: number[] = [];
    const classes = new Map<number, number[]>();
    y.forEach((k, row) => {
      const rows = classes.get(k);
      if (rows) rows.push(row);
      else classes.set(k, [row]);
    });
    for (const k of [...classes.keys()].sort((a, b) => a - b)) {
      const rows = classes.get(k) ?? [];
      shuffle(rows, randomStream(seed, 'boosting validation', k));
      const count = Math.floor(rule.validationFraction * rows.length);
      outside.push(...rows.slice(0, count));
      inside.push(...rows.slice(count));
    }
    this.training = Uint32Array.from(inside).sort();
    this.kept = Uint32Array.from(outside).sort();
  }

  /** Whether the loss on the rows aside has not fallen for long enough. To be asked once a round. */
  shouldStop(loss: BoostingLoss, raw: Float64Array, y: Uint32Array, weights: Float64Array): boolean {
    if (this.kept.length === 0) return false;
    const { values } = loss;
    const rawKept = new Float64Array(this.kept.length * values);
    this.kept.forEach((row, k) => rawKept.set(raw.subarray(row * values, (row + 1) * values), k * values));
    const mean = loss.mean(
      rawKept,
      Uint32Array.from(this.kept, (row) => y[row]),
      Float64Array.from(this.kept, (row) => weights[row]),
    );
    if (mean < this.best - this.rule.tol) {
      this.best = mean;
      this.waited = 0;
      return false;
    }
    this.waited++;
    return this.waited >= this.rule.patience;
  }
}
