import { type CancelSignal, throwIfCancelled } from '../fit-context.js';
import { binomial } from '../random/binomial.js';
import { type RandomStream, randomStream } from '../random/stream.js';
import { type CurveStatistic, joinSegments, quantile } from './bootstrap.js';
import { type Interval, undefinedInterval } from './intervals.js';
import { type ScoreCurve, scoreCurve, stepsAbove } from './score-curve.js';

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

const mostSegments = 2048;
const fewestSegments = 32;
/** A replicate costs as much as there are cells. */
const mostCells = 16_384;
/** Segments between four deviations to either side of a false-positive rate: an eighth of these is a deviation. */
const segmentsAroundRate = 32;
const replicatesBetweenPolls = 20;

/**
 * Percentile bootstrap intervals (Efron 1979) of differences, second - first, of figures of two scores of the same n
 * rows. Each replicate draws rows with replacement and keeps both scores of a row together (paired), as many positive
 * and as many negative ones as there are (stratified); all figures come from the same replicates. Rows are gathered to
 * cells, (segment of the first curve, segment of the second), of which at most about 16,384 are kept by joining
 * segments further, finer ones around the false-positive rates that are read; the intervals are moved by what that changed in the difference itself. A difference that is the same
 * in all replicates has no interval: null, as no width would claim certainty. O(n log n + replicates · cells).
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
  const cells = gatherCells(first, second, positive, curves, [
    [...firstThresholds, ...cutsAround(curves[0], falsePositiveRates)],
    [...secondThresholds, ...cutsAround(curves[1], falsePositiveRates)],
  ]);
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

/** The cells of one class that hold rows, in the order of their segments. */
interface ClassCells {
  readonly rows: number;
  /** Length c: the cell's segment in each curve. */
  readonly first: Uint16Array;
  readonly second: Uint16Array;
  /** Length c: its rows and those of the cells before. */
  readonly cumulative: Float64Array;
}

interface Cells {
  /** The joined curves. */
  readonly curves: readonly [ScoreCurve, ScoreCurve];
  readonly positives: ClassCells;
  readonly negatives: ClassCells;
}

/** Joins segments until the cells are few enough. */
function gatherCells(
  first: Float64Array,
  second: Float64Array,
  positive: Uint8Array,
  curves: readonly [ScoreCurve, ScoreCurve],
  thresholds: readonly [readonly number[], readonly number[]],
): Cells {
  const join = (of: readonly [ScoreCurve, ScoreCurve], limit: number): [ScoreCurve, ScoreCurve] => [
    joinSegments(of[0], thresholds[0], limit),
    joinSegments(of[1], thresholds[1], limit),
  ];
  let joined = join(curves, mostSegments);
  let counts = countRows(joined, first, second, positive);
  for (let limit = mostSegments / 2; filledCells(counts) > mostCells && limit >= fewestSegments; limit /= 2) {
    // Segments of segments: the rows need not be looked at again.
    const coarser = join(joined, limit);
    counts = joinCounts(counts, joined, coarser);
    joined = coarser;
  }
  const width = joined[1].thresholds.length;
  return { curves: joined, negatives: classCells(counts[0], width), positives: classCells(counts[1], width) };
}

/** Thresholds that cut the curve finely where a replicate may reach one of the false-positive rates. */
function cutsAround({ thresholds, falsePositives, negatives }: ScoreCurve, rates: readonly number[]): number[] {
  return rates.flatMap((rate) => {
    const expected = rate * negatives;
    const reach = 4 * Math.sqrt(expected * (1 - rate));
    const cuts: number[] = [];
    for (let k = 0; k <= segmentsAroundRate; k++) {
      const steps = stepsWithin(falsePositives, expected - reach + (2 * reach * k) / segmentsAroundRate);
      if (steps < thresholds.length) cuts.push(thresholds[steps]);
    }
    return cuts;
  });
}

/** How many of the ascending counts are at most `most`. */
function stepsWithin(counts: Float64Array, most: number): number {
  let low = 0;
  let high = counts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (counts[middle] <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows by cell: negative ones and positive ones, (segments of the first) × (segments of the second), row-major. */
type CellCounts = readonly [negatives: Uint32Array, positives: Uint32Array];

function emptyCounts([a, b]: readonly [ScoreCurve, ScoreCurve]): CellCounts {
  const cells = a.thresholds.length * b.thresholds.length;
  return [new Uint32Array(cells), new Uint32Array(cells)];
}

function countRows(
  curves: readonly [ScoreCurve, ScoreCurve],
  first: Float64Array,
  second: Float64Array,
  positive: Uint8Array,
): CellCounts {
  const counts = emptyCounts(curves);
  const width = curves[1].thresholds.length;
  for (let i = 0; i < positive.length; i++) {
    const cell = stepsAbove(curves[0], first[i]) * width + stepsAbove(curves[1], second[i]);
    counts[positive[i] !== 0 ? 1 : 0][cell]++;
  }
  return counts;
}

function joinCounts(
  fine: CellCounts,
  from: readonly [ScoreCurve, ScoreCurve],
  to: readonly [ScoreCurve, ScoreCurve],
): CellCounts {
  const counts = emptyCounts(to);
  const width = to[1].thresholds.length;
  const [rows, columns] = [0, 1].map((k) => from[k].thresholds.map((value) => stepsAbove(to[k], value)));
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < columns.length; j++) {
      const cell = rows[i] * width + columns[j];
      counts[0][cell] += fine[0][i * columns.length + j];
      counts[1][cell] += fine[1][i * columns.length + j];
    }
  }
  return counts;
}

function filledCells(counts: CellCounts): number {
  let filled = 0;
  for (const column of counts) for (let cell = 0; cell < column.length; cell++) if (column[cell] > 0) filled++;
  return filled;
}

function classCells(counts: Uint32Array, width: number): ClassCells {
  let filled = 0;
  for (let cell = 0; cell < counts.length; cell++) if (counts[cell] > 0) filled++;
  const first = new Uint16Array(filled);
  const second = new Uint16Array(filled);
  const cumulative = new Float64Array(filled);
  let rows = 0;
  for (let cell = 0, c = 0; cell < counts.length; cell++) {
    if (counts[cell] === 0) continue;
    rows += counts[cell];
    first[c] = Math.floor(cell / width);
    second[c] = cell % width;
    cumulative[c++] = rows;
  }
  return { rows, first, second, cumulative };
}

/** A replicate of both curves, drawn into the same memory again and again. */
class Replicate {
  readonly curves: readonly [ScoreCurve, ScoreCurve];

  constructor(private readonly cells: Cells) {
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
