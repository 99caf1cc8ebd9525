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
  /** The other rows, ascending. */
  readonly kept: Uint32Array;
  /** Classes, weights and raw values of the rows kept. */
  private readonly y: Uint32Array;
  private readonly weights: Float64Array;
  private raw = new Float64Array(0);
  private best = Infinity;
  private waited = 0;

  constructor(
    private readonly rule: StoppingRule,
    y: Uint32Array,
    weights: Float64Array,
    seed: number,
  ) {
    const classes: number[] = [];
    for (const k of y) classes[k] = (classes[k] ?? 0) + 1;
    const members = classes.map((count) => new Uint32Array(count));
    const filled = new Uint32Array(classes.length);
    y.forEach((k, row) => {
      members[k][filled[k]++] = row;
    });
    const isKept = new Uint8Array(y.length);
    members.forEach((rows, k) => {
      shuffle(rows, randomStream(seed, 'boosting validation', k));
      const count = Math.floor(rule.validationFraction * rows.length);
      for (const row of rows.subarray(0, count)) isKept[row] = 1;
    });
    this.kept = rowsWith(isKept, 1);
    this.training = rowsWith(isKept, 0);
    // Not by `from` with a function, which is slow before it is compiled.
    this.y = new Uint32Array(this.kept.length);
    this.weights = new Float64Array(this.kept.length);
    for (let k = 0; k < this.kept.length; k++) {
      this.y[k] = y[this.kept[k]];
      this.weights[k] = weights[this.kept[k]];
    }
  }

  /** Whether the loss on the rows aside has not fallen for long enough. To be asked once a round. */
  shouldStop(loss: BoostingLoss, raw: Float64Array): boolean {
    const { kept } = this;
    if (kept.length === 0) return false;
    const { values } = loss;
    if (this.raw.length === 0) this.raw = new Float64Array(kept.length * values);
    for (let k = 0, to = 0; k < kept.length; k++) {
      for (let v = 0, from = kept[k] * values; v < values; v++) this.raw[to++] = raw[from++];
    }
    const mean = loss.mean(this.raw, this.y, this.weights);
    if (mean < this.best - this.rule.tol) {
      this.best = mean;
      this.waited = 0;
      return false;
    }
    this.waited++;
    return this.waited >= this.rule.patience;
  }
}

/** The rows of a mark, ascending. */
function rowsWith(marks: Uint8Array, mark: number): Uint32Array {
  const rows = new Uint32Array(marks.length);
  let count = 0;
  for (let row = 0; row < marks.length; row++) if (marks[row] === mark) rows[count++] = row;
  return rows.slice(0, count);
}
