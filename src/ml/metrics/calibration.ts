import { share } from './confusion.js';
import { binOf, equalWidthEdges } from './histogram.js';

/** Rows whose probability lies in one bin, [low, high), the last one closed. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly instances: number;
  /** Null for an empty bin, as below. */
  readonly meanProbability: number | null;
  readonly maliciousShare: number | null;
}

export interface Reliability {
  /** Mean over rows of |mean probability - malicious share| of the row's bin; null without rows. */
  readonly expectedCalibrationError: number | null;
  /** Mean squared error of the probability (Brier 1950); null without rows. */
  readonly brier: number | null;
  readonly bins: readonly ReliabilityBin[];
}

/**
 * Can probabilities be taken at their word? Expected calibration error (Naeini et al. 2015) over ten bins of equal
 * width, Brier score, and the bins themselves. O(n).
 * @param probabilities length n, in [0, 1]
 * @param positive length n: not 0 = malicious
 */
export function reliability(probabilities: Float64Array, positive: Uint8Array, binCount = 10): Reliability {
  const edges = equalWidthEdges(0, 1, binCount);
  const instances = new Float64Array(binCount);
  const sums = new Float64Array(binCount);
  const malicious = new Float64Array(binCount);
  let squares = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const bin = binOf(edges, probabilities[i]);
    const truth = positive[i] !== 0 ? 1 : 0;
    instances[bin]++;
    sums[bin] += probabilities[i];
    malicious[bin] += truth;
    squares += (probabilities[i] - truth) ** 2;
  }
  let gaps = 0;
  for (let bin = 0; bin < binCount; bin++) gaps += Math.abs(sums[bin] - malicious[bin]);
  return {
    expectedCalibrationError: share(gaps, probabilities.length),
    brier: share(squares, probabilities.length),
    bins: Array.from(instances, (count, bin) => ({
      low: edges[bin],
      high: edges[bin + 1],
      instances: count,
      meanProbability: share(sums[bin], count),
      maliciousShare: share(malicious[bin], count),
    })),
  };
}
