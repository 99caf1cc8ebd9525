/** How n rows with known labels were called. */
export interface BinaryCounts {
  /** Malicious, called malicious. */
  readonly truePositives: number;
  /** Benign, called malicious: false alarms. */
  readonly falsePositives: number;
  /** Malicious, called benign: missed. */
  readonly falseNegatives: number;
  /** Benign, called benign. */
  readonly trueNegatives: number;
}

/** Shares in [0, 1]; null where the share is of nothing. */
export interface BinaryIndicators {
  /** Rows called rightly; null without rows. */
  readonly accuracy: number | null;
  /** Alerts that are malicious; null without alerts. */
  readonly precision: number | null;
  /** Malicious rows that are called so, the detection rate; null without malicious rows. */
  readonly recall: number | null;
  /**
   * Harmonic mean of precision and recall, see {@link f1Score}; null without malicious rows, as recall is (scikit-learn: 0
   * by convention): a part or a fold without any would only pull down a mean that it says nothing about.
   */
  readonly f1: number | null;
  /** Benign rows that are called malicious; null without benign rows. */
  readonly falsePositiveRate: number | null;
  /** Alerts that are benign, 1 - precision; null without alerts. */
  readonly falseDiscoveryRate: number | null;
}

/** The indicators of one decision threshold. */
export function binaryIndicators(counts: BinaryCounts): BinaryIndicators {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const alerts = truePositives + falsePositives;
  return {
    accuracy: share(truePositives + trueNegatives, alerts + falseNegatives + trueNegatives),
    precision: share(truePositives, alerts),
    recall: share(truePositives, truePositives + falseNegatives),
    f1: truePositives + falseNegatives === 0 ? null : f1Score(truePositives, falsePositives, falseNegatives),
    falsePositiveRate: share(falsePositives, falsePositives + trueNegatives),
    falseDiscoveryRate: share(falsePositives, alerts),
  };
}

/**
 * 2·TP / (2·TP + FP + FN). 0 without alerts where there was something to find, and 0 with alerts where there was
 * nothing, as scikit-learn's f1_score with zero_division=0; null where nothing was to be found and nothing was
 * called (scikit-learn: 0).
 */
export function f1Score(truePositives: number, falsePositives: number, falseNegatives: number): number | null {
  return share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives);
}

/** part / whole, null for a share of nothing. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
