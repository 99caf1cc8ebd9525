import { delongAuc } from '../../ml/metrics/auc-interval.js';
import { bootstrapIntervals, type CurveStatistic } from '../../ml/metrics/bootstrap.js';
import { reliability } from '../../ml/metrics/calibration.js';
import { binaryIndicators, share } from '../../ml/metrics/confusion.js';
import { type Interval, wilson } from '../../ml/metrics/intervals.js';
import { confusionMatrix, type MulticlassIndicators, multiclassIndicators } from '../../ml/metrics/multiclass.js';
import { averagePrecision } from '../../ml/metrics/precision-recall.js';
import { ndcg } from '../../ml/metrics/ranking.js';
import { recallAtFpr, rocAuc } from '../../ml/metrics/roc.js';
import type { AnyPanel } from '../../schema/result-document.js';
import type { LabelledPart } from './labelled-part.js';

/** A figure, with its 95 % interval where one was computed. */
export interface Figure {
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

export type Figures = Readonly<Record<string, Figure>>;

/** Which intervals to compute: none, those with a formula (DeLong, Wilson), or the bootstrap's too. */
export type IntervalChoice = 'none' | 'closed-form' | 'all';

export interface PartIndicators {
  readonly figures: Figures;
  readonly panel: AnyPanel;
  /** k×k counts, row-major, k = classes and one more where rows are of a class the model has never seen. */
  readonly confusion: { readonly classes: readonly string[]; readonly matrix: Uint32Array };
}

const unseenClass = '(not in training)';

/** The figures of the labelled rows of a part. */
export function partIndicators(
  labelled: LabelledPart,
  multiclass: boolean,
  intervals: IntervalChoice,
  seed: number,
): PartIndicators {
  const confusion = multiclass ? familyConfusion(labelled) : binaryConfusion(labelled);
  const k = confusion.classes.length;
  const byClass = multiclassIndicators(confusion.matrix, k);
  const ranked = rankingFigures(labelled, intervals, seed);
  const decided = decisionFigures(labelled, intervals, byClass);
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

/** Figures whose interval comes from the bootstrap. */
const resampledFigures: Readonly<Record<string, CurveStatistic>> = {
  averagePrecision,
  'recallAtFpr.0.01': (curve) => recallAtFpr(curve, 0.01),
  'recallAtFpr.0.001': (curve) => recallAtFpr(curve, 0.001),
};

function rankingFigures(labelled: LabelledPart, intervals: IntervalChoice, seed: number): Figures {
  const { curve, values, positive, of } = labelled;
  const resampled = intervals === 'all' ? bootstrapIntervals(curve, Object.values(resampledFigures), { seed }) : [];
  const byName = Object.keys(resampledFigures).map((name, i): [string, Interval] => [name, resampled[i]]);
  const plain = Object.entries(resampledFigures).map(([name, of]): [string, Figure] => [name, { value: of(curve) }]);
  const probable = of.scale === 'probability';
  return {
    rocAuc: intervals === 'none' ? { value: rocAuc(curve) } : delongAuc(curve),
    ...Object.fromEntries(intervals === 'all' ? byName : plain),
    ndcg: { value: ndcg(curve) },
    calibrationError: { value: probable ? reliability(values, positive).expectedCalibrationError : null },
  };
}

function decisionFigures(labelled: LabelledPart, intervals: IntervalChoice, byClass: MulticlassIndicators): Figures {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = labelled.counts;
  const { precision, recall, f1, falsePositiveRate, falseDiscoveryRate } = binaryIndicators(labelled.counts);
  const alerts = truePositives + falsePositives;
  const malicious = truePositives + falseNegatives;
  const right = Math.round((byClass.accuracy ?? 0) * labelled.rows.length);
  const bounded = (value: number | null, part: number, whole: number): Figure => ({
    value,
    ...(intervals !== 'none' && whole > 0 && wilson(part, whole)),
  });
  return {
    accuracy: bounded(share(right, labelled.rows.length), right, labelled.rows.length),
    f1: { value: f1 },
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
