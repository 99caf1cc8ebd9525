import { type BinaryProblem, nullModel, type SolverOptions } from './binary-problem.js';
import { fitL2 } from './l2-newton.js';

/** The sample takes every so many rows … */
const stride = 8;
/** … if that leaves at least so many for each column, and so many of each class. */
const rowsForEachColumn = 20;
const rowsForEachClass = 50;
/** As near as the sample's own solution is to that of all rows, no nearer. */
const sampleTolerance = 0.02;

/**
 * Where to start an L2-penalised fit (d+1, intercept last): the solution on every eighth row, at the cost of an eighth of
 * the passes, so that two or three Newton iterations on all rows are left. Undefined where the rows are too few to say
 * much, or where the sample does not settle.
 */
export function sampleStart(problem: BinaryProblem, options: SolverOptions): Float64Array | undefined {
  const { design, target, cost } = problem;
  const rows = Math.ceil(design.rows / stride);
  if (rows < rowsForEachColumn * (design.columns + 1)) return undefined;
  const sampledTarget = new Uint8Array(rows);
  const sampledCost = new Float64Array(rows);
  let positives = 0;
  for (let i = 0; i < rows; i++) {
    sampledTarget[i] = target[i * stride];
    sampledCost[i] = cost[i * stride] * stride;
    positives += sampledTarget[i];
  }
  if (Math.min(positives, rows - positives) < rowsForEachClass) return undefined;
  const sample = { ...problem, design: design.everyRow(stride), target: sampledTarget, cost: sampledCost };
  const beta = nullModel(sample);
  const { converged } = fitL2(sample, beta, { ...options, tol: Math.max(options.tol, sampleTolerance) });
  return converged ? beta : undefined;
}
