import { partInWords } from './part-in-words.js';
import { counted } from '../../errors.js';
import type { AnyPanel } from '../../schema/result-document.js';
import { headlinePart, parts } from '../../schema/vocabulary.js';
import { familyFigures } from './family-figures.js';
import { partFigures } from './headline.js';
import { decisionThreshold, type JudgedPart } from './judged-part.js';
import { type LabelledPart, labelledPart } from './labelled-part.js';
import { type Figures, type IntervalRequest, partIndicators } from './part-indicators.js';
import { judgedPanels, predictionHistogram } from './part-panels.js';
import { rejectionFigures } from './rejection-figures.js';
import type { ClassifySettings } from './settings.js';
import { unlabeledThresholdPanel } from './threshold-panel.js';

/** What is known of a part once predictions and labels are compared. */
export interface PartAssessment {
  readonly part: string;
  readonly fold: number;
  readonly threshold: number;
  readonly instances: number;
  readonly headline: Readonly<Record<string, number | null>>;
  /** Figures of every family: `<part>.family.<f>.recall` or `.falsePositiveRate`. */
  readonly families: Readonly<Record<string, number | null>>;
  readonly panels: readonly AnyPanel[];
  readonly warnings: readonly string[];
}

/** The seed of the bootstrap, and how it is stopped. */
export type Chance = Omit<IntervalRequest, 'choice'>;

/** Compares predictions and labels of a part; rows without a label count among the instances and alerts only. */
export function assessPart(part: JudgedPart, settings: ClassifySettings, chance: Chance): PartAssessment {
  const threshold = decisionThreshold(part, settings);
  const instances = part.ids.length;
  const alerts = part.value.reduce((count, value) => count + Number(value > threshold), 0);
  const base = { part: part.part, fold: part.fold, threshold, instances };
  const labelled = labelledPart(part, threshold);
  if (labelled.rows.length === 0) {
    const headline = named(part.part, { instances: { value: instances }, alerts: { value: alerts } });
    const warnings = [
      `${partInWords(part.part)}: none of its ${counted(instances, 'instance')} has a label; ${alerts} of them ${alerts === 1 ? 'raises' : 'raise'} an alert`,
    ];
    return {
      ...base,
      headline,
      families: {},
      panels: [unlabeledThresholdPanel(part, threshold), predictionHistogram(part)],
      warnings,
    };
  }
  // Intervals say how far the figure may lie from that on new data of the kind: nothing for rows learned from.
  const choice = part.part === parts.train ? 'none' : part.fold === -1 ? 'all' : 'closed-form';
  const indicators = partIndicators(labelled, settings.multiclass, { choice, ...chance });
  const figures: Figures = { ...indicators.figures, instances: { value: instances }, alerts: { value: alerts } };
  const families = familyFigures(labelled);
  const rejection = rejectionFigures(labelled, figures, settings);
  return {
    ...base,
    headline: { ...named(part.part, figures), ...rejection.headline, ...families.headline },
    families: families.all,
    panels: [
      indicators.panel,
      ...judgedPanels(labelled, indicators),
      predictionHistogram(part),
      families.panel,
      ...rejection.panels,
    ],
    warnings: [
      ...oneClassWarning(labelled),
      ...saturationWarning(labelled, indicators.figures.rocAuc?.value ?? null),
      ...rejection.warnings,
    ],
  };
}

/** Every figure a part can have under its headline name, null where undefined. */
function named(part: string, figures: Figures): Record<string, number | null> {
  const flat = new Map<string, number | null>();
  for (const [name, { value, low, high }] of Object.entries(figures)) {
    flat.set(name, value);
    flat.set(`${name}.low`, low ?? null);
    flat.set(`${name}.high`, high ?? null);
  }
  return Object.fromEntries(partFigures.map((name) => [`${headlinePart(part)}.${name}`, flat.get(name) ?? null]));
}

/** Half of the figures are undefined without malicious, or without benign instances. */
function oneClassWarning({ of, curve }: LabelledPart): string[] {
  if (curve.positives > 0 && curve.negatives > 0) return [];
  const absent = curve.positives === 0 ? 'malicious' : 'benign';
  return [`${partInWords(of.part)} has no ${absent} instances: the figures that need some are undefined`];
}

/**
 * Probabilities of exactly 0 or 1, and those of a calibration in steps, tie rows that the scores tell apart. The figures stay those of the probabilities,
 * which is what the threshold works on; but the user must know that the ranking loses by it.
 */
function saturationWarning(labelled: LabelledPart, auc: number | null): string[] {
  const { of, aucOfScores } = labelled;
  if (auc === null || aucOfScores === null || Math.abs(aucOfScores - auc) < 0.002) return [];
  return [
    `${partInWords(of.part)}: many probabilities are ${of.uncalibrated === undefined ? 'exactly 0 or 1' : 'alike after calibration'}, so that rows tie which the scores tell apart: the ROC AUC is ` +
      `${auc.toFixed(4)} by probability and ${aucOfScores.toFixed(4)} by score`,
  ];
}
