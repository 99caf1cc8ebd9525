import { type Interval, share, wilson } from './intervals.js';
import { type Counts, labelledRows } from './threshold-table.js';

/** The figures that follow the threshold. */
export const decisionFigureIds = [
  'precision',
  'recall',
  'falsePositiveRate',
  'falseDiscoveryRate',
  'f1',
  'accuracy',
] as const;

export type DecisionFigureId = (typeof decisionFigureIds)[number];

/** A figure of one threshold. */
export interface DecisionFigure extends Interval {
  readonly id: DecisionFigureId;
  /** The share in counts; null for F1, which is none. */
  readonly of: { readonly part: number; readonly whole: number } | null;
}

/** What a figure is called and what it says; the two false-positive measures are never just "false positives". */
export const decisionFigureTexts: Readonly<
  Record<DecisionFigureId, { readonly title: string; readonly meaning: string }>
> = {
  precision: { title: 'Precision', meaning: 'share of alerts that are malicious' },
  recall: { title: 'Detection rate (recall)', meaning: 'share of malicious called malicious' },
  falsePositiveRate: { title: 'False-positive rate', meaning: 'share of benign called malicious' },
  falseDiscoveryRate: { title: 'False-discovery rate', meaning: 'share of alerts that are benign' },
  f1: { title: 'F1', meaning: 'harmonic mean of precision and detection rate' },
  accuracy: { title: 'Accuracy', meaning: 'share of labelled instances called rightly' },
};

/** The figures of one row of the threshold table, of its labelled instances, in the order of `decisionFigureIds`. */
export function decisionFigures(counts: Counts): DecisionFigure[] {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const alerts = truePositives + falsePositives;
  const ratio = (id: DecisionFigureId, part: number, whole: number): DecisionFigure => ({
    id,
    ...wilson(part, whole),
    of: { part, whole },
  });
  return [
    ratio('precision', truePositives, alerts),
    ratio('recall', truePositives, truePositives + falseNegatives),
    ratio('falsePositiveRate', falsePositives, falsePositives + trueNegatives),
    ratio('falseDiscoveryRate', falsePositives, alerts),
    { id: 'f1', value: f1(counts), low: null, high: null, of: null },
    ratio('accuracy', truePositives + trueNegatives, labelledRows(counts)),
  ];
}

/** 2·TP / (2·TP + FP + FN); null without malicious rows. */
function f1({ truePositives, falsePositives, falseNegatives }: Counts): number | null {
  if (truePositives + falseNegatives === 0) return null;
  return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
}
