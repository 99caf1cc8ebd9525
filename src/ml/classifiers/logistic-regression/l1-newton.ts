import { throwIfCancelled } from '../../fit-context.js';
import type { DesignMatrix } from '../../kernels/design-matrix.js';
import { axpy } from '../../kernels/vectors.js';
import {
  assertFinite,
  type BinaryProblem,
  type SolverOptions,
  type SolverReport,
} from '../../linear/binary-problem.js';
import { minimiseByColumns } from './l1-columns.js';
import { minimiseByGram } from './l1-gram.js';
import { violation } from './l1-quadratic.js';
import { logisticLoss } from './logistic-loss.js';
import { takeStep } from '../../linear/newton-step.js';

/** Columns still at 0 that one Newton iteration may take in; more where more are in the model already. */
const newColumns = 32;
/** Least and largest share of a coordinate's largest possible curvature that damps its step. */
const damping = { least: 1e-10, start: 1e-8, largest: 1 };
/** How exactly each quadratic model is minimised, relative to the violations it starts from. */
const innerTolerance = 0.1;

/**
 * L1-penalised logistic regression, min over β of Σ costᵢ·loss(yᵢ, ẑᵢ·β) + Σ|wⱼ| (+ |b| where the intercept is
 * penalised), by proximal Newton (Yuan, Ho and Lin, "An improved GLMNET for L1-regularized logistic regression", JMLR
 * 13, 2012): each iteration minimises the quadratic model of the loss plus the penalty over a working set of columns
 * (those not at 0 and the worst violators among the rest), then searches along the line to its minimum.
 *
 * Stops when no element of the subgradient is farther than tol from 0, in units of the penalty (1): the objective is
 * then at most tol·(‖w‖₁ + ‖w*‖₁) above its minimum. Among exactly collinear columns the coefficients are not unique,
 * the scores are. Cost: 5 to 12 iterations, each two passes over the cells and the minimisation of the model.
 */
export function fitL1(problem: BinaryProblem, beta: Float64Array, options: SolverOptions): SolverReport {
  const { design, target, cost, interceptPenalty } = problem;
  const d = design.columns;
  const loss = logisticLoss(target, cost);
  const penalty = new Float64Array(d + 1).fill(1);
  penalty[d] = interceptPenalty ? 1 : 0;
  const margins = new Float64Array(design.rows);
  const stepMargins = new Float64Array(design.rows);
  const gradient = new Float64Array(d + 1);
  const step = new Float64Array(d + 1);
  // A row's curvature is at most cost/4. Where rows are saturated on the wrong side the true one is nearly 0, and the
  // model would send the coefficient far beyond where it holds: damped as by Levenberg (1944) and Marquardt (1963).
  const largestCurvature = new Float64Array(d + 1);
  design.gramDiagonal(
    cost.map((c) => c / 4),
    largestCurvature,
  );
  let damp = damping.start;
  let hessian = new Float64Array(0);
  design.multiply(beta, margins);
  let objective = assertFinite(loss.evaluate(margins) + absolutes(beta, step, 0, penalty));
  for (let iteration = 0; iteration < options.maxIter; iteration++) {
    throwIfCancelled(options.signal);
    design.multiplyTransposed(loss.residual, gradient);
    const violations = gradient.map((g, j) => violation(g, beta[j], penalty[j]));
    const worst = violations.reduce((a, b) => Math.max(a, b), 0);
    if (worst <= options.tol) return { converged: true, iterations: iteration, objective };
    const active = workingSet(beta, violations);
    const model = {
      gradient: gather(gradient, active),
      penalty: gather(penalty, active),
      damping: gather(largestCurvature, active).map((c) => damp * c),
    };
    const goal = gather(beta, active);
    const tolerance = Math.max(0.3 * options.tol, innerTolerance * worst);
    if (gramPays(design, active.length)) {
      // Kept from iteration to iteration, as it is the largest array here.
      if (hessian.length < goal.length ** 2) hessian = new Float64Array(goal.length ** 2);
      minimiseByGram(model, design, loss.curvature, active, goal, tolerance, hessian);
    } else {
      minimiseByColumns(model, design, loss.curvature, active, goal, tolerance);
    }
    step.fill(0);
    let slope = 0;
    for (let a = 0; a < goal.length; a++) {
      const j = a < active.length ? active[a] : d;
      step[j] = goal[a] - beta[j];
      slope += gradient[j] * step[j] + penalty[j] * (Math.abs(goal[a]) - Math.abs(beta[j]));
    }
    design.multiply(step, stepMargins);
    const penaltyAfter = (size: number): number => absolutes(beta, step, size, penalty);
    const taken = takeStep(loss, margins, stepMargins, objective, slope, penaltyAfter);
    axpy(taken.size, step, beta);
    objective = taken.objective;
    if (taken.last) return { converged: true, iterations: iteration + 1, objective };
    if (taken.size === 0 && damp >= damping.largest) return { converged: false, iterations: iteration + 1, objective };
    if (taken.size < 0.25) damp = Math.min(damping.largest, 100 * Math.max(damp, 1e-6));
    else if (taken.size === 1) damp = Math.max(damping.least, damp / 30);
  }
  return { converged: false, iterations: options.maxIter, objective };
}

/** Columns that are not at 0, and of the others the worst violators: at most as many, or a few. Increasing. */
function workingSet(beta: Float64Array, violations: Float64Array): Uint32Array {
  const d = beta.length - 1;
  let nonZero = 0;
  for (let j = 0; j < d; j++) if (beta[j] !== 0) nonZero++;
  const outside = violations.filter((v, j) => j < d && beta[j] === 0 && v > 0).sort();
  const room = Math.max(newColumns, nonZero);
  const least = outside.length > room ? outside[outside.length - room] : Number.MIN_VALUE;
  const active: number[] = [];
  for (let j = 0; j < d; j++) if (beta[j] !== 0 || violations[j] >= least) active.push(j);
  return Uint32Array.from(active);
}

/** The elements of `active` and, last, that of the intercept. */
function gather(values: Float64Array, active: Uint32Array): Float64Array {
  const gathered = new Float64Array(active.length + 1);
  for (let a = 0; a < active.length; a++) gathered[a] = values[active[a]];
  gathered[active.length] = values[values.length - 1];
  return gathered;
}

/** Whether forming the k×k Hessian costs less than some 200 sweeps over k columns, and little memory. */
function gramPays(design: DesignMatrix, k: number): boolean {
  const share = k / Math.max(1, design.columns);
  return k <= 2000 && design.gramCost * share <= 200 * 2 * design.entries;
}

/** Σ penaltyⱼ·|βⱼ + size·stepⱼ|. */
function absolutes(beta: Float64Array, step: Float64Array, size: number, penalty: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < beta.length; j++) sum += penalty[j] * Math.abs(beta[j] + size * step[j]);
  return sum;
}
