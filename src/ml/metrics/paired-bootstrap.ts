import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import { binomial } from '../random/binomial.js';
import { type RandomStream, randomStream } from '../random/stream.js';
import { type CurveStatistic, quantile } from './bootstrap.js';
import { type Interval, undefinedInterval } from './intervals.js';
import { type ClassCells, type JointCells, jointCells } from './joint-cells.js';
import { type ScoreCurve, scoreCurve } from './score-curve.js';

/** A figure of each of two curves, whose difference is asked for. */
export interface PairedStatistic {
  readonly first: CurveStatistic;
  readonly second: CurveStatistic;
}

export interface PairedBootstrapOptions {
  readonly seed: number;
  readonly replicates?: number;
  readonly level?: number;
  /** Thresholds that the statistics read each curve at. */
  readonly firstThresholds?: readonly number[];
  readonly secondThresholds?: readonly number[];
  /** False-positive rates that the statistics read both curves at. */
  readonly falsePositiveRates?: readonly number[];
  readonly signal?: CancelSignal;
  progress?(done: number, total: number): void;
}

/** A figure of both scores, and the interval of its difference; null where undefined. */
export interface PairedInterval extends Interval {
  readonly first: number | null;
  readonly second: number | null;
  /** second - first. */
  readonly value: number | null;
}

const replicatesBetweenPolls = 20;

/**
 * Percentile bootstrap intervals (Efron 1979) of differences, second - first, of figures of two scores of the same n
 * rows. Each replicate draws rows with replacement and keeps both scores of a row together (paired), as many positive
 * and as many negative ones as there are (stratified); all figures come from the same replicates. Rows are gathered to
 * cells, (segment of the first curve, segment of the second), of which at most about 16,384 are kept by joining segments
 * further, finer ones around the false-positive rates that are read; the intervals are moved by what that changed in the
 * difference itself. A difference that is the same in all replicates has no interval: null, as no width would claim
 * certainty. O(n log n + replicates · cells).
 * Throws InterruptedError when cancelled.
 * @param positive length n: not 0 = positive
 */
export function pairedBootstrap(
  first: Float64Array,
  second: Float64Array,
  positive: Uint8Array,
  statistics: readonly PairedStatistic[],
  options: PairedBootstrapOptions,
): PairedInterval[] {
  const { seed, replicates = 1000, level = 0.95, firstThresholds = [], secondThresholds = [], signal } = options;
  const { falsePositiveRates = [] } = options;
  const curves = [scoreCurve(first, positive), scoreCurve(second, positive)] as const;
  const figures = statistics.map((statistic) => ({
    first: statistic.first(curves[0]),
    second: statistic.second(curves[1]),
  }));
  if (first.length === 0) return figures.map((figure) => ({ ...figure, ...undefinedInterval }));
  const cells = jointCells(first, second, positive, curves, [firstThresholds, secondThresholds], falsePositiveRates);
  const joined = statistics.map((statistic) => difference(statistic, ...cells.curves));
  const stream = randomStream(seed, 'paired-bootstrap');
  const replicate = new Replicate(cells);
  const drawn = statistics.map(() => new Float64Array(replicates));
  for (let r = 0; r < replicates; r++) {
    if (r % replicatesBetweenPolls === 0) {
      throwIfCancelled(signal);
      options.progress?.(r, replicates);
    }
    replicate.draw(stream);
    // NaN marks an undefined figure.
    statistics.forEach((statistic, s) => {
      drawn[s][r] = difference(statistic, ...replicate.curves) ?? Number.NaN;
    });
  }
  return figures.map((figure, s) => {
    const value = subtract(figure.first, figure.second);
    return { ...figure, ...percentiles(value, joined[s], drawn[s], level) };
  });
}

function difference(statistic: PairedStatistic, first: ScoreCurve, second: ScoreCurve): number | null {
  return subtract(statistic.first(first), statistic.second(second));
}

function subtract(first: number | null, second: number | null): number | null {
  return first === null || second === null ? null : second - first;
}

function percentiles(value: number | null, joined: number | null, drawn: Float64Array, level: number): Interval {
  if (value === null || joined === null) return undefinedInterval;
  drawn.sort();
  // NaN sorts last.
  if (Number.isNaN(drawn[drawn.length - 1]) || drawn[0] === drawn[drawn.length - 1]) {
    return { value, low: null, high: null };
  }
  const bound = (share: number): number => Math.min(1, Math.max(-1, quantile(drawn, share) + (value - joined)));
  return { value, low: bound(0.5 - level / 2), high: bound(0.5 + level / 2) };
}

/** A replicate of both curves, drawn into the same memory again and again. */
class Replicate {
  readonly curves: readonly [ScoreCurve, ScoreCurve];

  constructor(private readonly cells: JointCells) {
    const copy = (curve: ScoreCurve): ScoreCurve => ({
      ...curve,
      truePositives: new Float64Array(curve.thresholds.length),
      falsePositives: new Float64Array(curve.thresholds.length),
    });
    this.curves = [copy(cells.curves[0]), copy(cells.curves[1])];
  }

  draw(stream: RandomStream): void {
    const [a, b] = this.curves;
    drawClass(this.cells.positives, a.truePositives, b.truePositives, stream);
    drawClass(this.cells.negatives, a.falsePositives, b.falsePositives, stream);
  }
}

/** Draws as many rows of a class as it has; both columns become cumulative counts by segment. */
function drawClass(cells: ClassCells, first: Float64Array, second: Float64Array, stream: RandomStream): void {
  first.fill(0);
  second.fill(0);
  const { rows, cumulative } = cells;
  // Multinomial, cell after cell binomial in what is left.
  for (let c = 0, left = rows, before = 0; c < cumulative.length && left > 0; c++) {
    const count = binomial(stream, left, (cumulative[c] - before) / (rows - before));
    first[cells.first[c]] += count;
    second[cells.second[c]] += count;
    left -= count;
    before = cumulative[c];
  }
  for (let i = 1; i < first.length; i++) first[i] += first[i - 1];
  for (let i = 1; i < second.length; i++) second[i] += second[i - 1];
}
