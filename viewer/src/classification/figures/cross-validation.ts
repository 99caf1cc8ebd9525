import { nearestIndex } from '../../components/nearest-index.js';
import { type DecisionFigureId, decisionFigures } from './decision-figures.js';
import { meanAndDeviation } from './intervals.js';
import { countsAt, type ThresholdTable } from './threshold-table.js';

/** The mean of a figure over the folds, and how much it varies (standard deviation, n - 1). */
export interface FoldMean {
  readonly id: DecisionFigureId;
  readonly mean: number | null;
  readonly std: number | null;
  /** Folds in which the figure is defined: what the mean is over. */
  readonly folds: number;
}

/**
 * Every decision figure over the folds at a threshold. A fold whose table has no such position (the exact ones of
 * presets and budgets are each part's own) is taken at its nearest.
 */
export function figuresOverFolds(tables: readonly ThresholdTable[], threshold: number): FoldMean[] {
  const byFold = tables.map((table) => decisionFigures(countsAt(table, nearestIndex(table.thresholds, threshold))));
  return (byFold[0] ?? []).map(({ id }, i) => {
    const values = byFold.map((figures) => figures[i].value);
    return { id, ...meanAndDeviation(values), folds: values.filter((value) => value !== null).length };
  });
}
