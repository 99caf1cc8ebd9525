import { share, wilson } from './intervals.js';
import type { Counts } from './threshold-table.js';

/** What the alerts would be worth where another share of the instances is malicious. */
export interface BaseRateOutlook {
  /** Share of malicious among the labelled instances here. */
  readonly here: number | null;
  /** Precision to expect at the other base rate; null without alerts to speak of. */
  readonly precision: number | null;
  /** The least that the false positives seen here leave possible (upper end of the rate's 95 % interval). */
  readonly precisionAtWorst: number | null;
}

/**
 * Precision at another base rate, by Bayes: detection rate and false-positive rate do not depend on it, precision
 * does. `baseRate` in (0, 1).
 */
export function outlookAt(counts: Counts, baseRate: number): BaseRateOutlook {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const malicious = truePositives + falseNegatives;
  const benign = falsePositives + trueNegatives;
  const recall = share(truePositives, malicious);
  const rate = wilson(falsePositives, benign);
  return {
    here: share(malicious, malicious + benign),
    precision: precisionAt(recall, rate.value, baseRate),
    precisionAtWorst: precisionAt(recall, rate.high, baseRate),
  };
}

function precisionAt(recall: number | null, falsePositiveRate: number | null, baseRate: number): number | null {
  if (recall === null || falsePositiveRate === null) return null;
  const right = recall * baseRate;
  return share(right, right + falsePositiveRate * (1 - baseRate));
}
