import type { CancelSignal } from '../../ml/fit-context.js';
import { delongAuc } from '../../ml/metrics/auc-interval.js';
import { bootstrapIntervals, type CurveStatistic } from '../../ml/metrics/bootstrap.js';
import { reliability } from '../../ml/metrics/calibration.js';
import { binaryIndicators, share } from '../../ml/metrics/confusion.js';
import { wilson } from '../../ml/metrics/intervals.js';
import { confusionMatrix, type MulticlassIndicators, multiclassIndicators } from '../../ml/metrics/multiclass.js';
import { averagePrecision } from '../../ml/metrics/precision-recall.js';
import { ndcg } from '../../ml/metrics/ranking.js';
import { recallAtFpr, rocAuc } from '../../ml/metrics/roc.js';
import { countsAbove } from '../../ml/metrics/score-curve.js';
import { hash32 } from '../../ml/random/stream.js';
import type { AnyPanel } from '../../schema/result-document.js';
import { unseenClass } from '../../schema/vocabulary.js';
import type { LabelledPart } from './labelled-part.js';

/** A figure, with its 95 % interval where one was computed. */
export interface Figure {
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

export type Figures = Readonly<Record<string, Figure>>;

export interface IntervalRequest {
  /** None, those with a formula (DeLong, Wilson), or the bootstrap's too. */
  readonly choice: 'none' | 'closed-form' | 'all';
  readonly seed: number;
  readonly signal?: CancelSignal;
}

export interface PartIndicators {
  readonly figures: Figures;
  readonly panel: AnyPanel;
  /** k×k counts, row-major, k = classes and one more where rows are of a class the model has never seen. */
  readonly confusion: { readonly classes: readonly string[]; readonly matrix: Uint32Array };
}

/** The figures of the labelled rows of a part. */
export function partIndicators(
  labelled: LabelledPart,
  multiclass: boolean,
  intervals: IntervalRequest,
): PartIndicators {
  const confusion = partConfusion(labelled, multiclass);
  const k = confusion.classes.length;
  const byClass = multiclassIndicators(confusion.matrix, k);
  const ranked = rankingFigures(labelled, intervals);
  const decided = decisionFigures(labelled, byClass, intervals.choice !== 'none');
  const figures: Figures = { ...ranked, ...decided };
  const shown = Object.entries(figures).map(([name, { value, low = null, high = null }]) => ({
    name,
    value,
    low,
    high,
  }));
  const { part } = labelled.of;
  const classes = byClass.classes.map(({ instances, precision, recall, f1 }, c) => ({
    name: confusion.classes[c],
    instances,
    precision,
    recall,
    f1,
  }));
  const data = {
    threshold: labelled.threshold,
    instances: labelled.of.ids.length,
    figures: shown,
    ...(multiclass && { classes }),
  };
  const panel: AnyPanel = { kind: 'indicators', id: `indicators:${part}`, title: 'Indicators', part, data };
  return { figures, panel, confusion };
}

/** How the labelled rows of a part are called: by label at the threshold, or by family. */
export function partConfusion(labelled: LabelledPart, multiclass: boolean): PartIndicators['confusion'] {
  return multiclass ? familyConfusion(labelled) : binaryConfusion(labelled);
}

/** Figures whose interval comes from the bootstrap, as functions of the curve. */
function resampledFigures(threshold: number): Readonly<Record<string, CurveStatistic>> {
  return {
    averagePrecision,
    'recallAtFpr.0.01': (curve) => recallAtFpr(curve, 0.01),
    'recallAtFpr.0.001': (curve) => recallAtFpr(curve, 0.001),
    f1: (curve) => binaryIndicators(countsAbove(curve, threshold)).f1,
  };
}

function rankingFigures(labelled: LabelledPart, { choice, seed, signal }: IntervalRequest): Figures {
  const { curve, values, positive, threshold } = labelled;
  const { scale, part } = labelled.of;
  const statistics = Object.entries(resampledFigures(threshold));
  const functions = statistics.map(([, statistic]) => statistic);
  // The part's name tells its stream of chance from those of other parts.
  const options = { seed, index: hash32(part), thresholds: [threshold], signal };
  const intervals = choice === 'all' ? bootstrapIntervals(curve, functions, options) : undefined;
  const resampled = statistics.map(([name, statistic], i): [string, Figure] => [
    name,
    intervals?.[i] ?? { value: statistic(curve) },
  ]);
  const probable = scale === 'probability';
  return {
    rocAuc: choice === 'none' ? { value: rocAuc(curve) } : delongAuc(curve),
    ...Object.fromEntries(resampled),
    ndcg: { value: ndcg(curve) },
    calibrationError: { value: probable ? reliability(values, positive).expectedCalibrationError : null },
  };
}

function decisionFigures(labelled: LabelledPart, byClass: MulticlassIndicators, intervals: boolean): Figures {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = labelled.counts;
  const { precision, recall, falsePositiveRate, falseDiscoveryRate } = binaryIndicators(labelled.counts);
  const alerts = truePositives + falsePositives;
  const malicious = truePositives + falseNegatives;
  const right = Math.round((byClass.accuracy ?? 0) * labelled.rows.length);
  const bounded = (value: number | null, part: number, whole: number): Figure => ({
    ...(intervals && wilson(part, whole)),
    value,
  });
  return {
    accuracy: bounded(share(right, labelled.rows.length), right, labelled.rows.length),
    f1Macro: { value: byClass.f1Macro },
    f1Micro: { value: byClass.f1Micro },
    precision: bounded(precision, truePositives, alerts),
    recall: bounded(recall, truePositives, malicious),
    falsePositiveRate: bounded(falsePositiveRate, falsePositives, falsePositives + trueNegatives),
    falseDiscoveryRate: bounded(falseDiscoveryRate, falsePositives, alerts),
    malicious: { value: malicious },
  };
}

/** Benign and malicious at the decision threshold. */
function binaryConfusion({ counts }: LabelledPart): PartIndicators['confusion'] {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const matrix = Uint32Array.of(trueNegatives, falsePositives, falseNegatives, truePositives);
  return { classes: ['benign', 'malicious'], matrix };
}

/** Families against the most probable family. */
function familyConfusion({ of, rows }: LabelledPart): PartIndicators['confusion'] {
  const truth = Int32Array.from(rows, (row) => of.trueClass[row]);
  const predicted = Uint32Array.from(rows, (row) => of.predictedClass[row]);
  const names = of.classes.map(({ name }) => name);
  const classes = truth.includes(names.length) ? [...names, unseenClass] : names;
  return { classes, matrix: confusionMatrix(truth, predicted, classes.length) };
}
