import { f1Score } from './confusion.js';
import { stepsAtFdr } from './precision-recall.js';
import { stepsAtFpr } from './roc.js';
import { type ScoreCurve, thresholdAfter } from './score-curve.js';

/*
 * Each threshold t is one for which calling `value > t` malicious realises what its function promises on the rows of
 * the curve exactly; it is the next lower value that occurs, so that it survives JSON and text unchanged.
 */

/** The threshold of the highest F1, the highest threshold of equals. Null without positive rows. */
export function bestF1Threshold(curve: ScoreCurve): number | null {
  const { truePositives, falsePositives, positives } = curve;
  if (positives === 0) return null;
  let best = -1;
  let steps = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const f1 = f1Score(truePositives[i], falsePositives[i], positives - truePositives[i]) ?? 0;
    if (f1 <= best) continue;
    best = f1;
    steps = i + 1;
  }
  return thresholdAfter(curve, steps);
}

/**
 * The threshold of the highest recall with a false-positive rate of at most `fpr`; among these the fewest alerts.
 * Where no positive row can be had at that rate it is the highest value: no alert. Null where a class is empty.
 */
export function thresholdAtFpr(curve: ScoreCurve, fpr: number): number | null {
  if (curve.positives === 0 || curve.negatives === 0) return null;
  return thresholdAfter(curve, stepsAtFpr(curve, fpr));
}

/**
 * The threshold of the highest recall with a false-discovery rate of at most `fdr`; among these the fewest alerts.
 * Null where no threshold with a true alert keeps to it.
 */
export function thresholdAtFdr(curve: ScoreCurve, fdr: number): number | null {
  const steps = stepsAtFdr(curve, fdr);
  return steps === 0 ? null : thresholdAfter(curve, steps);
}

/**
 * The lowest threshold with at most `alerts` alerts: all rows of a value or none, so that ties may leave it with
 * fewer, or none. Null for a curve without rows.
 */
export function thresholdForAlertBudget(curve: ScoreCurve, alerts: number): number | null {
  const { truePositives, falsePositives } = curve;
  let steps = 0;
  while (steps < truePositives.length && truePositives[steps] + falsePositives[steps] <= alerts) steps++;
  return thresholdAfter(curve, steps);
}
