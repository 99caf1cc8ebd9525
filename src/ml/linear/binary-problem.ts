import type { CancelSignal } from '../fit-context.js';
import type { DesignMatrix } from '../kernels/design-matrix.js';
import type { MarginLossOf } from './margin-loss.js';

/** One binary linear model: rows of the class against all others. */
export interface BinaryProblem {
  readonly loss: MarginLossOf;
  readonly design: DesignMatrix;
  /** Length n: 1 for a row of the class, 0 for any other; both occur. */
  readonly target: Uint8Array;
  /** Length n, > 0: the row's weight times C. */
  readonly cost: Float64Array;
  readonly interceptPenalty: boolean;
}

export interface SolverOptions {
  readonly tol: number;
  readonly maxIter: number;
  /** beta is near the solution: the first Newton system is solved well, too. */
  readonly nearby?: boolean;
  readonly signal?: CancelSignal;
}

export interface SolverReport {
  readonly converged: boolean;
  /** Newton iterations. */
  readonly iterations: number;
  /** The objective at the solution. */
  readonly objective: number;
}

/**
 * Solver of a binary problem. beta (d+1, intercept last) holds the start and receives the solution.
 * Throws InterruptedError when cancelled, RangeError where the objective is not finite.
 */
export type BinarySolver = (problem: BinaryProblem, beta: Float64Array, options: SolverOptions) => SolverReport;

/** The best coefficients without any feature: 0, and the log-odds of the class as intercept. */
export function nullModel(problem: BinaryProblem): Float64Array {
  const beta = new Float64Array(problem.design.columns + 1);
  let inside = 0;
  let outside = 0;
  problem.cost.forEach((cost, i) => {
    if (problem.target[i] === 1) inside += cost;
    else outside += cost;
  });
  beta[beta.length - 1] = Math.log(inside / outside);
  return beta;
}

/** Throws where rounding or overflow has made the objective senseless: a wrong model must never come out silently. */
export function assertFinite(objective: number): number {
  if (!Number.isFinite(objective)) {
    throw new RangeError(
      'the objective of the linear model is not finite: a feature value or weight is NaN or infinite',
    );
  }
  return objective;
}
