import { reliability } from '../../ml/metrics/calibration.js';
import { labelHistogram, predictionEdges } from '../../ml/metrics/histogram.js';
import { precisionRecallPoints } from '../../ml/metrics/precision-recall.js';
import { rocPoints } from '../../ml/metrics/roc.js';
import type { AnyPanel } from '../../schema/result-document.js';
import type { JudgedPart } from './judged-part.js';
import type { LabelledPart } from './labelled-part.js';
import { type Figure, partConfusion, type PartIndicators } from './part-indicators.js';
import { thresholdPanels } from './threshold-panel.js';

/** The panels of a part whose rows are labelled, besides its indicators. */
export function judgedPanels(labelled: LabelledPart, { figures, confusion }: PartIndicators): AnyPanel[] {
  const { curve, of } = labelled;
  const { part } = of;
  const { falsePositiveRate, truePositiveRate, threshold } = rocPoints(curve);
  const precisionRecall = precisionRecallPoints(curve);
  return [
    {
      kind: 'roc-curve',
      id: `roc-curve:${part}`,
      title: 'ROC curve',
      part,
      data: { auc: bounded(figures.rocAuc), falsePositiveRate, truePositiveRate, threshold },
    },
    {
      kind: 'precision-recall-curve',
      id: `precision-recall-curve:${part}`,
      title: 'Precision and recall',
      part,
      data: { averagePrecision: bounded(figures.averagePrecision), ...precisionRecall },
    },
    ...thresholdPanels(labelled),
    confusionPanel(labelled, confusion),
    ...reliabilityPanel(labelled),
  ];
}

/**
 * The panels of all folds together, each row judged once by the model trained without it: counts, which add up. Curves
 * are of single folds, whose scores need not be of one scale.
 */
export function panelsOfFolds(together: LabelledPart, multiclass: boolean): AnyPanel[] {
  return [
    ...thresholdPanels(together),
    confusionPanel(together, partConfusion(together, multiclass)),
    predictionHistogram(together.of),
  ];
}

function confusionPanel({ of, threshold }: LabelledPart, { classes, matrix }: PartIndicators['confusion']): AnyPanel {
  const data = { threshold, classes: [...classes], matrix: rowsOf(matrix, classes.length) };
  return { kind: 'confusion', id: `confusion:${of.part}`, title: 'Confusion matrix', part: of.part, data };
}

function bounded({ value, low = null, high = null }: Figure): {
  value: number | null;
  low: number | null;
  high: number | null;
} {
  return { value, low, high };
}

function rowsOf(matrix: Uint32Array, k: number): number[][] {
  return Array.from({ length: k }, (_, row) => Array.from(matrix.subarray(row * k, (row + 1) * k)));
}

function reliabilityPanel({ of, values, uncalibrated, positive }: LabelledPart): AnyPanel[] {
  if (of.scale !== 'probability') return [];
  const told = (probabilities: Float64Array) => {
    const { expectedCalibrationError, brier, bins } = reliability(probabilities, positive);
    return { expectedCalibrationError, brier, bins: [...bins] };
  };
  const data = { ...told(values), ...(uncalibrated && { uncalibrated: told(uncalibrated) }) };
  return [{ kind: 'reliability', id: `reliability:${of.part}`, title: 'Calibration', part: of.part, data }];
}

/** All rows of a part by what the model says of them, labelled or not. */
export function predictionHistogram({ part, value, truth, scale }: JudgedPart): AnyPanel {
  const edges = predictionEdges(value, scale);
  const counts = labelHistogram(value, truth.label, edges);
  const groups = (['malicious', 'benign', 'unlabeled'] as const)
    .map((name) => ({ name, counts: Array.from(counts[name]) }))
    .filter((group) => group.counts.some((count) => count > 0));
  const data = { scale, edges: Array.from(edges), groups };
  return { kind: 'histogram', id: `histogram:${part}`, title: 'Predictions', part, data };
}
