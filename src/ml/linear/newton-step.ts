import { assertFinite } from './binary-problem.js';
import type { MarginLoss } from './margin-loss.js';

/** Where a line search ended. */
export interface StepTaken {
  /** Share of the full step; 0 where no share lowers the objective. */
  readonly size: number;
  readonly objective: number;
  /** The step promised less than the rounding of the objective: nothing more can be gained. */
  readonly last: boolean;
}

/** Sums over n rows are exact to about √n units of rounding: a decrease below this share of them is invisible. */
const invisible = 512 * Number.EPSILON;
/** Below this share of a Newton step, the direction is worthless. */
const smallestStep = 2 ** -40;

/**
 * Backtracking line search (Armijo 1966; for the L1 penalty Tseng and Yun 2009) along a Newton step, halving from the
 * full step. On success `margins` holds the new margins, and `loss` their derivatives.
 * @param stepMargins Ẑ·step
 * @param slope promised change of the objective for the full step, < 0
 * @param penaltyAfter the penalty after a share of the step
 */
export function takeStep(
  loss: MarginLoss,
  margins: Float64Array,
  stepMargins: Float64Array,
  objective: number,
  slope: number,
  penaltyAfter: (size: number) => number,
): StepTaken {
  // A decrease below the rounding of the objective cannot be measured: the full step is taken, and is the last.
  const last = -slope <= invisible * Math.abs(objective);
  const trial = new Float64Array(margins.length);
  for (let size = 1; size >= smallestStep; size /= 2) {
    for (let i = 0; i < trial.length; i++) trial[i] = margins[i] + size * stepMargins[i];
    const next = assertFinite(loss.evaluate(trial) + penaltyAfter(size));
    if (!last && next > objective + 1e-4 * size * slope) continue;
    margins.set(trial);
    return { size, objective: next, last };
  }
  return { size: 0, objective, last };
}
