import { thinPath } from './curve-thinning.js';
import { type ScoreCurve, thresholdAfter } from './score-curve.js';

/**
 * Average precision: Σ (R_i - R_{i-1}) · P_i down the distinct values, without interpolation, as scikit-learn's
 * average_precision_score. In [0, 1]; null without positive rows. O(steps).
 */
export function averagePrecision(curve: ScoreCurve): number | null {
  const { truePositives, falsePositives, positives } = curve;
  if (positives === 0) return null;
  let sum = 0;
  for (let i = 0, tp = 0; i < truePositives.length; i++) {
    if (truePositives[i] === tp) continue;
    sum += (truePositives[i] - tp) * (truePositives[i] / (truePositives[i] + falsePositives[i]));
    tp = truePositives[i];
  }
  return sum / positives;
}

/** Points of a precision-recall curve, recall ascending; columns of one length. */
export interface PrecisionRecallPoints {
  readonly recall: number[];
  readonly precision: number[];
  /** Calling `value > threshold` malicious realises the point; null: below every value. */
  readonly threshold: (number | null)[];
}

/**
 * The precision-recall curve, at most `limit` points, thinned evenly along the curve. It begins at the first threshold
 * with an alert: without alerts precision is undefined (scikit-learn adds a point at recall 0, precision 1). No points
 * without positive rows. O(steps).
 */
export function precisionRecallPoints(curve: ScoreCurve, limit = 2000): PrecisionRecallPoints {
  const { truePositives, falsePositives, positives, thresholds } = curve;
  if (positives === 0) return { recall: [], precision: [], threshold: [] };
  const recall = (steps: number): number => truePositives[steps - 1] / positives;
  const precision = (steps: number): number =>
    truePositives[steps - 1] / (truePositives[steps - 1] + falsePositives[steps - 1]);
  const all = new Uint32Array(thresholds.length).map((_, i) => i + 1);
  const kept = thinPath(all, [[recall, precision]], limit);
  return {
    recall: Array.from(kept, recall),
    precision: Array.from(kept, precision),
    threshold: Array.from(kept, (steps) => (steps < thresholds.length ? thresholdAfter(curve, steps) : null)),
  };
}

/** The highest recall that a threshold reaches with a false-discovery rate of at most `maxFdr`; 0 if none does. */
export function recallAtFdr(curve: ScoreCurve, maxFdr: number): number | null {
  if (curve.positives === 0) return null;
  const steps = stepsAtFdr(curve, maxFdr);
  return steps === 0 ? 0 : curve.truePositives[steps - 1] / curve.positives;
}

/**
 * The fewest steps down the values that reach the highest recall with a false-discovery rate of at most `maxFdr`;
 * 0 where no step that finds anything does. The rate is not monotone, so that all steps are looked at.
 */
export function stepsAtFdr(curve: ScoreCurve, maxFdr: number): number {
  const { truePositives, falsePositives } = curve;
  let best = 0;
  for (let i = 0, reached = 0; i < truePositives.length; i++) {
    if (truePositives[i] === reached) continue;
    if (falsePositives[i] / (truePositives[i] + falsePositives[i]) > maxFdr) continue;
    reached = truePositives[i];
    best = i + 1;
  }
  return best;
}
