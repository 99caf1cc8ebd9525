import { nearestIndex } from '../../components/nearest-index.js';
import { type DecisionFigureId, decisionFigures } from './decision-figures.js';
import { meanAndDeviation } from './intervals.js';
import { countsAt, type ThresholdTable } from './threshold-table.js';

/** The mean of a figure over the folds, and how much it varies (standard deviation, n - 1). */
export interface FoldMean {
  readonly id: DecisionFigureId;
  readonly mean: number | null;
  readonly std: number | null;
}

/**
 * All folds as one: at the thresholds that every fold's table has, the counts of all folds together. Each instance is
 * counted once, as judged by the model that was trained without it. Null where the tables share no threshold (scores,
 * whose positions are each fold's own).
 */
export function pooledTable(tables: readonly ThresholdTable[]): ThresholdTable | null {
  if (tables.length === 0) return null;
  const [first, ...others] = tables;
  const known = others.map((table) => new Set(table.thresholds));
  const thresholds = first.thresholds.filter((threshold) => known.every((set) => set.has(threshold)));
  if (thresholds.length < 2) return null;
  const sums = (column: CountColumn): number[] => sumAt(tables, thresholds, (table) => table[column]);
  const unlabeled = tables.some((table) => table.unlabeledAlerts);
  const decided = first.presets.filter(({ name }) => name === 'decision');
  return {
    scale: first.scale,
    thresholds,
    truePositives: sums('truePositives'),
    falsePositives: sums('falsePositives'),
    falseNegatives: sums('falseNegatives'),
    trueNegatives: sums('trueNegatives'),
    ...(unlabeled && { unlabeledAlerts: sums('unlabeledAlerts') }),
    presets: [...decided, ...pooledPresets(sums, thresholds)],
  };
}

type CountColumn = 'truePositives' | 'falsePositives' | 'falseNegatives' | 'trueNegatives' | 'unlabeledAlerts';

function sumAt(
  tables: readonly ThresholdTable[],
  thresholds: readonly number[],
  column: (table: ThresholdTable) => readonly number[] | undefined,
): number[] {
  const sums = new Array<number>(thresholds.length).fill(0);
  for (const table of tables) {
    const counts = column(table);
    if (!counts) continue;
    thresholds.forEach((threshold, i) => {
      sums[i] += counts[nearestIndex(table.thresholds, threshold)];
    });
  }
  return sums;
}

/** The presets of the experiment are of single folds: those of all folds together are read off the sums. */
function pooledPresets(
  sums: (column: CountColumn) => number[],
  thresholds: readonly number[],
): ThresholdTable['presets'] {
  const [tp, fp, fn, tn] = [
    sums('truePositives'),
    sums('falsePositives'),
    sums('falseNegatives'),
    sums('trueNegatives'),
  ];
  /** The highest threshold of the largest value; null where no position has one. */
  const largest = (valueAt: (position: number) => number | null): number | null => {
    let best: number | null = null;
    let chosen: number | null = null;
    for (let i = thresholds.length - 1; i >= 0; i--) {
      const value = valueAt(i);
      if (value === null || (best !== null && value <= best)) continue;
      best = value;
      chosen = thresholds[i];
    }
    return chosen;
  };
  const benign = fp[0] + tn[0];
  const malicious = tp[0] + fn[0];
  if (malicious === 0) return [];
  return [
    {
      name: 'best-f1',
      title: 'best F1',
      threshold: largest((i) => (2 * tp[i]) / (2 * tp[i] + fp[i] + fn[i])),
    },
    {
      name: 'fpr-0.01',
      title: 'false positive rate 1 %',
      threshold: benign === 0 ? null : largest((i) => (fp[i] / benign <= 0.01 ? tp[i] : null)),
    },
    {
      name: 'fdr-0.05',
      title: 'false discovery rate 5 %',
      threshold: largest((i) => (tp[i] > 0 && fp[i] / (tp[i] + fp[i]) <= 0.05 ? tp[i] : null)),
    },
  ];
}

/** Every decision figure over the folds at a threshold; each fold at its nearest position. */
export function figuresOverFolds(tables: readonly ThresholdTable[], threshold: number): FoldMean[] {
  const byFold = tables.map((table) => decisionFigures(countsAt(table, nearestIndex(table.thresholds, threshold))));
  return (byFold[0] ?? []).map(({ id }, i) => ({ id, ...meanAndDeviation(byFold.map((figures) => figures[i].value)) }));
}
