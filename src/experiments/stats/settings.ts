import type { ScoreName } from '../../ml/statistics/describe-column.js';
import type { Settings } from '../../schema/result-document.js';

/** What rows are grouped by. */
export const groupings = ['label', 'family'] as const;

export type FeatureGrouping = (typeof groupings)[number];

/** The settings of `stats`. */
export interface StatsSettings {
  readonly by: FeatureGrouping;
  readonly scores: readonly ScoreName[];
  /** Histograms of so many bins of equal width; chosen by the data where absent. */
  readonly bins?: number;
  /** The dataset to compare with. */
  readonly compareDataset?: string;
}

/** The settings as the result document keeps them. */
export function statsForDocument({ by, scores, bins, compareDataset }: StatsSettings, seed: number): Settings {
  return {
    by,
    scores: [...scores],
    bins: bins ?? null,
    ...(compareDataset !== undefined && { compareDataset }),
    seed,
  };
}
