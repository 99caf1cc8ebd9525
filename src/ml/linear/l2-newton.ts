import { throwIfCancelled } from '../fit-context.js';
import { choleskyInPlace, choleskySolve } from '../kernels/cholesky.js';
import { conjugateGradient, type LinearSystem } from '../kernels/conjugate-gradient.js';
import type { DesignMatrix } from '../kernels/design-matrix.js';
import { axpy, dot, norm } from '../kernels/vectors.js';
import { assertFinite, type BinaryProblem, type SolverOptions, type SolverReport } from './binary-problem.js';
import { takeStep } from './newton-step.js';

/** Enough for any ill-conditioned problem to move on; the next Newton step corrects what is left. */
const maxConjugateGradients = 250;

const inverseIterations = 12;

/** A preconditioner that needs no more conjugate gradients is kept. */
const fewProducts = 6;

/** Share of a Newton system's residual that may be left, at most, where the start is near the solution. */
const nearbyTolerance = 0.05;

/** A factorisation of at most so many passes pays from the first Newton iteration on. */
const cheapFactorisation = 12;

/**
 * An L2-penalised linear model, min over β of Σ costᵢ·loss(yᵢ, ẑᵢ·β) + ½‖w‖² (+ ½b² where the intercept is
 * penalised), by truncated Newton: conjugate gradients on each Newton system (Lin, Weng and Keerthi, "Trust region
 * Newton method for logistic regression", JMLR 9, 2008; with a line search instead of the trust region, as in Galli
 * and Lin, "A study on truncated Newton methods for linear classification", 2021), preconditioned by the Cholesky
 * factor of the Hessian, or of its estimate from some rows, or by its diagonal, as costs and rows allow.
 *
 * Stops when ‖gradient‖ <= tol·‖w‖. The objective is strongly convex with constant 1 in w, so ‖w − w*‖ <= tol·‖w‖:
 * tol bounds the relative error of the coefficients, whatever the conditioning and C. Where the Hessian H is factorised
 * it says more: ‖w − w*‖² <= gᵀH⁻¹g / λ near the solution, λ the smallest eigenvalue. Departure from scikit-learn,
 * whose tolerance bounds the gradient's largest element and means another accuracy on every data set.
 * Cost: 5 to 10 Newton iterations, 3 from a near start, each some passes over the stored cells.
 */
export function fitL2(problem: BinaryProblem, beta: Float64Array, options: SolverOptions): SolverReport {
  const { design, target, cost, interceptPenalty } = problem;
  const d = design.columns;
  const loss = problem.loss(target, cost);
  const ridge = new Float64Array(d + 1).fill(1);
  ridge[d] = interceptPenalty ? 1 : 0;
  const margins = new Float64Array(design.rows);
  const stepMargins = new Float64Array(design.rows);
  const gradient = new Float64Array(d + 1);
  const step = new Float64Array(d + 1);
  design.multiply(beta, margins);
  let objective = assertFinite(loss.evaluate(margins) + halfSquares(beta, step, 0, ridge));
  let firstNorm = 0;
  const sampled = sampleStride(design);
  let factorise = factorisationPasses(design) <= cheapFactorisation;
  let known: FactoredSystem | null = null;
  let usedBefore = 0;
  for (let iteration = 0; iteration < options.maxIter; iteration++) {
    throwIfCancelled(options.signal);
    design.multiplyTransposed(loss.residual, gradient);
    for (let j = 0; j <= d; j++) gradient[j] += ridge[j] * beta[j];
    const gradientNorm = norm(gradient);
    const enough = options.tol * norm(beta, d);
    if (gradientNorm <= enough || (known && known.distance(gradient) <= enough / 2))
      return { converged: true, iterations: iteration, objective };
    firstNorm = Math.max(firstNorm, gradientNorm);
    const stride = factorise ? 1 : sampled;
    // The factor of a sample still serves where the last step was solved by few products.
    if (!known || stride === 1 || usedBefore > fewProducts)
      known = stride > 0 ? factored(design, loss.curvature, ridge, stride) : null;
    const system = known ?? diagonallyScaled(design, loss.curvature, ridge);
    // Loose while far away, tight near the solution: superlinear convergence (Dembo, Eisenstat and Steihaug 1982).
    const tolerance = Math.min(options.nearby ? nearbyTolerance : 0.25, Math.sqrt(gradientNorm / firstNorm));
    const descent = gradient.map((g) => -g);
    const used = conjugateGradient(system, descent, step, tolerance, maxConjugateGradients);
    usedBefore = used;
    // Each conjugate gradient is two passes over the cells.
    if (2 * used > factorisationPasses(design)) factorise = true;
    design.multiply(step, stepMargins);
    const penaltyAfter = (size: number): number => halfSquares(beta, step, size, ridge);
    const taken = takeStep(loss, margins, stepMargins, objective, dot(gradient, step), penaltyAfter);
    axpy(taken.size, step, beta);
    objective = taken.objective;
    if (taken.last) return { converged: true, iterations: iteration + 1, objective };
    if (taken.size === 0) return { converged: false, iterations: iteration + 1, objective };
  }
  return { converged: false, iterations: options.maxIter, objective };
}

/** A Newton system whose preconditioner is near its matrix H. */
interface FactoredSystem extends LinearSystem {
  /** How far the solution is at most, where the gradient is g, nearly: √(gᵀH⁻¹g / smallest eigenvalue of H). */
  distance(g: Float64Array): number;
}

/** ½ Σ ridgeⱼ·(βⱼ + size·stepⱼ)². */
function halfSquares(beta: Float64Array, step: Float64Array, size: number, ridge: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < beta.length; j++) sum += ridge[j] * (beta[j] + size * step[j]) ** 2;
  return sum / 2;
}

/** What forming and factorising the Hessian costs, in passes over the stored cells. */
function factorisationPasses(design: DesignMatrix): number {
  return (design.gramCost + (design.columns + 1) ** 3 / 6) / Math.max(1, design.entries);
}

/**
 * Which rows give a useful estimate of the Hessian at the cost of about two passes over the cells: every so many, or 0
 * where that leaves fewer than 20 rows for each column.
 */
function sampleStride(design: DesignMatrix): number {
  const stride = Math.ceil(factorisationPasses(design) / 2);
  return design.rows >= 20 * stride * (design.columns + 1) ? stride : 0;
}

/**
 * The Newton system (Ẑᵀ diag(h) Ẑ + diag(ridge)) s = −g, preconditioned by the Cholesky factor of its matrix: over all
 * rows (stride 1) one conjugate gradient solves it, however ill-conditioned; over a sample of the rows a few do. Null
 * where rounding has made the matrix indefinite.
 */
function factored(
  design: DesignMatrix,
  curvature: Float64Array,
  ridge: Float64Array,
  stride: number,
): FactoredSystem | null {
  const size = design.columns + 1;
  const all = Uint32Array.from({ length: size - 1 }).map((_, j) => j);
  const hessian = new Float64Array(size * size);
  design.gram(curvature, all, hessian, stride);
  for (let j = 0; j < size; j++) hessian[j * size + j] += ridge[j];
  const factor = hessian.slice();
  if (stride > 1) {
    // A column that the sample hardly sees would seem flat.
    const diagonal = hessianDiagonal(design, curvature, ridge);
    for (let j = 0; j < size; j++) factor[j * size + j] = Math.max(factor[j * size + j], diagonal[j]);
  }
  if (!choleskyInPlace(factor, size)) return null;
  const smallest = smallestEigenvalue(factor, size);
  return {
    multiply: (v, out) => {
      if (stride === 1) multiplySquare(hessian, v, out);
      else multiplyHessian(design, curvature, ridge, v, out);
    },
    precondition: (r) => choleskySolve(factor, size, r),
    distance(g) {
      const solved = g.slice();
      choleskySolve(factor, size, solved);
      return Math.sqrt(dot(g, solved) / smallest);
    },
  };
}

/**
 * The smallest eigenvalue of UᵀU, by inverse iteration from a fixed vector; a quarter of the estimate, which comes from
 * above, but at least 1, which the penalty gives.
 */
function smallestEigenvalue(factor: Float64Array, size: number): number {
  const vector = Float64Array.from({ length: size }, (_, j) => 1 + (j % 7) / 7);
  let growth = 0;
  for (let k = 0; k < inverseIterations; k++) {
    const length = norm(vector);
    for (let j = 0; j < size; j++) vector[j] /= length;
    choleskySolve(factor, size, vector);
    growth = norm(vector);
  }
  return Math.max(1, 1 / (4 * growth));
}

function diagonallyScaled(design: DesignMatrix, curvature: Float64Array, ridge: Float64Array): LinearSystem {
  const diagonal = hessianDiagonal(design, curvature, ridge);
  return {
    multiply: (v, out) => multiplyHessian(design, curvature, ridge, v, out),
    precondition(r) {
      for (let j = 0; j < r.length; j++) r[j] /= diagonal[j];
    },
  };
}

function hessianDiagonal(design: DesignMatrix, curvature: Float64Array, ridge: Float64Array): Float64Array {
  const diagonal = new Float64Array(ridge.length);
  design.gramDiagonal(curvature, diagonal);
  let largest = 0;
  for (let j = 0; j < diagonal.length; j++) {
    diagonal[j] += ridge[j];
    largest = Math.max(largest, diagonal[j]);
  }
  // The unpenalised intercept has no curvature where every row is saturated.
  return diagonal.map((value) => Math.max(value, largest * 1e-12, 1e-300));
}

function multiplyHessian(
  design: DesignMatrix,
  curvature: Float64Array,
  ridge: Float64Array,
  v: Float64Array,
  out: Float64Array,
): void {
  design.multiplyGram(curvature, v, out);
  for (let j = 0; j < v.length; j++) out[j] += ridge[j] * v[j];
}

function multiplySquare(matrix: Float64Array, v: Float64Array, out: Float64Array): void {
  const size = v.length;
  for (let a = 0, at = 0; a < size; a++) {
    let sum = 0;
    for (let b = 0; b < size; b++, at++) sum += matrix[at] * v[b];
    out[a] = sum;
  }
}
