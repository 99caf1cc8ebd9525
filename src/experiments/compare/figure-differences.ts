import type { CancelSignal } from '../../ml/fit-context.js';
import type { CurveStatistic } from '../../ml/metrics/bootstrap.js';
import { type BinaryIndicators, binaryIndicators } from '../../ml/metrics/confusion.js';
import { type McNemarTest, mcnemar } from '../../ml/metrics/mcnemar.js';
import { pairedAuc } from '../../ml/metrics/paired-auc.js';
import { pairedBootstrap } from '../../ml/metrics/paired-bootstrap.js';
import { averagePrecision } from '../../ml/metrics/precision-recall.js';
import { recallAtFpr } from '../../ml/metrics/roc.js';
import { countsAbove } from '../../ml/metrics/score-curve.js';
import { type ComparedFigureName, type ComparisonPair, comparedFigures } from '../../schema/comparison.js';
import type { JoinedRows } from './joined-rows.js';

export interface DifferenceOptions {
  readonly seed: number;
  readonly replicates: number;
  readonly level: number;
  readonly signal?: CancelSignal;
  progress?(done: number, total: number): void;
}

/** Labelled rows, as the figures see them. */
interface JudgedRows {
  readonly positive: Uint8Array;
  readonly baseline: Float64Array;
  readonly other: Float64Array;
}

type DecidedFigure = keyof BinaryIndicators;

/** How a figure is read off a curve, at the threshold of the experiment that the curve is of. */
const statistics: Readonly<Record<Exclude<ComparedFigureName, 'rocAuc'>, (threshold: number) => CurveStatistic>> = {
  averagePrecision: () => averagePrecision,
  f1: decided('f1'),
  accuracy: decided('accuracy'),
  precision: decided('precision'),
  recall: decided('recall'),
  falsePositiveRate: decided('falsePositiveRate'),
  falseDiscoveryRate: decided('falseDiscoveryRate'),
  'recallAtFpr.0.01': () => (curve) => recallAtFpr(curve, 0.01),
  'recallAtFpr.0.001': () => (curve) => recallAtFpr(curve, 0.001),
};

function decided(name: DecidedFigure): (threshold: number) => CurveStatistic {
  return (threshold) => (curve) => binaryIndicators(countsAbove(curve, threshold))[name];
}

/**
 * Figures of both experiments on the common labelled rows, and their differences with intervals. Swapping the two
 * experiments swaps the figures and turns the signs, to the last bit: the replicates are drawn with the experiment of
 * the smaller id first, whichever is the baseline.
 */
export function figureDifferences(rows: JoinedRows, options: DifferenceOptions): ComparisonPair['figures'] {
  const judged = judgedRows(rows);
  const turned = rows.other.experiment.id < rows.baseline.experiment.id;
  const thresholds = [rows.baseline.threshold, rows.other.threshold] as const;
  const values = [judged.baseline, judged.other] as const;
  const [a, b] = turned ? [1, 0] : [0, 1];
  const names = comparedFigures.filter((name) => name !== 'rocAuc');
  const paired = names.map((name) => ({
    first: statistics[name](thresholds[a]),
    second: statistics[name](thresholds[b]),
  }));
  const intervals = pairedBootstrap(values[a], values[b], judged.positive, paired, {
    ...options,
    firstThresholds: [thresholds[a]],
    secondThresholds: [thresholds[b]],
    falsePositiveRates: [0.01, 0.001],
  });
  const resampled = names.map((name, k): ComparisonPair['figures'][number] => {
    const { first, second, value, low, high } = intervals[k];
    const found = turned
      ? { baseline: second, other: first, difference: negated(value), low: negated(high), high: negated(low) }
      : { baseline: first, other: second, difference: value, low, high };
    return { name, ...found, pValue: null, method: 'bootstrap' };
  });
  return [areas(judged, options.level), ...resampled];
}

/** Which of two experiments is right where the other is wrong; null without labelled rows. */
export function correctness({ label, baselineCalls, otherCalls }: JoinedRows): McNemarTest | null {
  const counts = [0, 0, 0, 0];
  for (let k = 0; k < label.length; k++) {
    if (label[k] === -1) continue;
    const right = baselineCalls[k] === label[k] ? 2 : 0;
    counts[right + (otherCalls[k] === label[k] ? 1 : 0)]++;
  }
  const [bothWrong, onlyOther, onlyBaseline, bothRight] = counts;
  return counts.every((count) => count === 0) ? null : mcnemar(bothRight, onlyBaseline, onlyOther, bothWrong);
}

function areas({ baseline, other, positive }: JudgedRows, level: number): ComparisonPair['figures'][number] {
  const auc = pairedAuc(baseline, other, positive, level);
  return {
    name: 'rocAuc',
    baseline: auc?.first ?? null,
    other: auc?.second ?? null,
    difference: auc?.difference ?? null,
    low: auc?.low ?? null,
    high: auc?.high ?? null,
    pValue: auc?.pValue ?? null,
    method: 'delong',
  };
}

function judgedRows({ label, baselineValue, otherValue }: JoinedRows): JudgedRows {
  let count = 0;
  for (const value of label) if (value !== -1) count++;
  const positive = new Uint8Array(count);
  const baseline = new Float64Array(count);
  const other = new Float64Array(count);
  for (let k = 0, at = 0; k < label.length; k++) {
    if (label[k] === -1) continue;
    positive[at] = label[k];
    baseline[at] = baselineValue[k];
    other[at++] = otherValue[k];
  }
  return { positive, baseline, other };
}

function negated(value: number | null): number | null {
  // Not -0.
  return value === null ? null : 0 - value;
}
