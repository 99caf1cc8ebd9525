import { countsAbove, type ScoreCurve } from './score-curve.js';

/** Counts at every position of a threshold; columns of one length. */
export interface ThresholdTable {
  /** Ascending, distinct. */
  readonly thresholds: Float64Array;
  readonly truePositives: Uint32Array;
  readonly falsePositives: Uint32Array;
  readonly falseNegatives: Uint32Array;
  readonly trueNegatives: Uint32Array;
}

const sliderSteps = 1000;

/**
 * Where a threshold can be set: 0, 0.001 … 1 for probabilities, the distinct of 1,001 quantiles (values that occur) for
 * scores, and the exact thresholds of the presets. Ascending, distinct; finite.
 */
export function sliderPositions(
  curve: ScoreCurve,
  scale: 'probability' | 'score',
  presets: readonly (number | null)[],
): Float64Array {
  const regular = Array.from({ length: sliderSteps + 1 }, (_, i) => i / sliderSteps);
  const positions = scale === 'probability' ? regular : quantiles(curve, regular);
  const set = new Set([...positions, ...presets.filter((preset) => preset !== null)]);
  return Float64Array.from(set).filter(Number.isFinite).sort();
}

/** The value below which a share of the rows lies, for ascending shares. */
function quantiles(curve: ScoreCurve, shares: readonly number[]): number[] {
  const { thresholds, truePositives, falsePositives, positives, negatives } = curve;
  const rows = positives + negatives;
  if (rows === 0) return [];
  let step = thresholds.length - 1;
  return shares.map((share) => {
    const rank = Math.floor(share * (rows - 1));
    // The rows of lower values are those that this value and the higher ones leave.
    while (step > 0 && rows - truePositives[step] - falsePositives[step] < rank) {
      if (rows - truePositives[step - 1] - falsePositives[step - 1] > rank) break;
      step--;
    }
    return thresholds[step];
  });
}

/** What is called malicious (value > threshold) at every position. O(positions · log n). */
export function thresholdTable(curve: ScoreCurve, positions: Float64Array): ThresholdTable {
  const column = (): Uint32Array => new Uint32Array(positions.length);
  const table = {
    thresholds: positions,
    truePositives: column(),
    falsePositives: column(),
    falseNegatives: column(),
    trueNegatives: column(),
  };
  positions.forEach((threshold, i) => {
    const counts = countsAbove(curve, threshold);
    table.truePositives[i] = counts.truePositives;
    table.falsePositives[i] = counts.falsePositives;
    table.falseNegatives[i] = counts.falseNegatives;
    table.trueNegatives[i] = counts.trueNegatives;
  });
  return table;
}
