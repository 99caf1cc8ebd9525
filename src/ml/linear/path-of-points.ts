import { UserError } from '../../errors.js';
import type { CancelSignal } from '../fit-context.js';
import { type FeatureMatrix, selectRows } from '../matrix/feature-matrix.js';
import { type StandardisedDesign, standardisedDesign } from '../preprocessing/standardisation-design.js';
import type { TrainingSet } from '../classifiers/classifier.js';
import { type BinaryProblem, type BinarySolver, nullModel, type SolverOptions } from './binary-problem.js';
import type { LinearDecisions } from './linear-decisions.js';
import type { MarginLossOf } from './margin-loss.js';

/** What all points of a path have in common. */
export interface PathSettings {
  /** Of the model, for people. */
  readonly title: string;
  readonly loss: MarginLossOf;
  readonly solver: BinarySolver;
  /** Where the first point of the path starts; absent or undefined: from the null model. */
  readonly start?: (problem: BinaryProblem, options: SolverOptions) => Float64Array | undefined;
  readonly interceptPenalty: boolean;
  readonly standardise: boolean;
  readonly signal?: CancelSignal;
  progress?(done: number, total: number): void;
}

export interface PathPoint {
  readonly C: number;
  readonly tol: number;
  readonly maxIter: number;
}

export interface PathFit {
  readonly model: LinearDecisions;
  readonly warnings: readonly string[];
}

interface Rows {
  readonly X: FeatureMatrix;
  readonly y: Uint32Array;
  readonly weights: Float64Array;
}

/** Solutions of the decision functions at one point. */
interface Solution {
  readonly betas: Float64Array[];
  /** Decision functions whose solver did not converge. */
  readonly unconverged: number;
}

/**
 * Fits the points of a path from the strongest penalty (smallest C) to the weakest, each started from the one before:
 * few coefficients move at a time, and the margins never start out saturated. Returns them in the order of `points`.
 */
export function fitPathOfPoints(data: TrainingSet, points: readonly PathPoint[], settings: PathSettings): PathFit[] {
  const rows = rowsWithWeight(data);
  const present = presentClasses(rows.y, data.classCount, settings.title);
  const standardised = standardisedDesign(rows.X, data.weights && rows.weights, settings.standardise);
  const functions = decisionFunctions(present);
  const order = Array.from(points.keys()).sort((a, b) => points[a].C - points[b].C);
  const solutions: Solution[] = points.map(() => ({ betas: [], unconverged: 0 }));
  const total = points.length * functions.length;
  let done = 0;
  // One decision function after the other, so that at most one warm start per function is alive.
  const unconverged = new Uint32Array(points.length);
  for (const positive of functions) {
    const target = Uint8Array.from(rows.y, (c) => (c === positive ? 1 : 0));
    let beta: Float64Array | undefined;
    for (const p of order) {
      const { C, tol, maxIter } = points[p];
      const problem: BinaryProblem = {
        loss: settings.loss,
        design: standardised.design,
        target,
        cost: rows.weights.map((weight) => weight * C),
        interceptPenalty: settings.interceptPenalty,
      };
      const options = { tol, maxIter, signal: settings.signal };
      const warm = beta !== undefined;
      const start: Float64Array | undefined = beta?.slice() ?? settings.start?.(problem, options);
      beta = start ?? nullModel(problem);
      const report = settings.solver(problem, beta, { ...options, nearby: !warm && start !== undefined });
      if (!report.converged) unconverged[p]++;
      solutions[p].betas.push(beta);
      settings.progress?.(++done, total);
    }
  }
  return points.map((point, p) => ({
    model: toModel(data.classCount, present, standardised, solutions[p].betas),
    warnings: unconverged[p] ? [convergenceWarning(settings.title, point, unconverged[p], functions.length)] : [],
  }));
}

/** The rows that count: those of weight 0 are absent. */
function rowsWithWeight(data: TrainingSet): Rows {
  const { X, y, weights } = data;
  if (!weights) return { X, y, weights: new Float64Array(y.length).fill(1) };
  if (weights.every((weight) => weight > 0)) return { X, y, weights };
  const kept = Uint32Array.from(y.keys()).filter((i) => weights[i] > 0);
  return {
    X: selectRows(X, kept),
    y: Uint32Array.from(kept, (i) => y[i]),
    weights: Float64Array.from(kept, (i) => weights[i]),
  };
}

function presentClasses(y: Uint32Array, classCount: number, title: string): number[] {
  const counts = new Uint32Array(classCount);
  for (const c of y) counts[c]++;
  const present = Array.from(counts.keys()).filter((c) => counts[c] > 0);
  if (present.length < 2) {
    throw new UserError(`${title} needs training rows of at least two classes`, {
      hint: `the training rows with a weight above 0 (${y.length}) are all of one class: label some of the other`,
    });
  }
  return present;
}

/** The class that each decision function sets against the rest; two classes mirror each other and need but one. */
function decisionFunctions(present: readonly number[]): readonly number[] {
  return present.length === 2 ? [present[1]] : present;
}

function toModel(
  classCount: number,
  present: readonly number[],
  { scaling, kept }: StandardisedDesign,
  betas: readonly Float64Array[],
): LinearDecisions {
  const d = scaling.mean.length;
  const coefficients = betas.map((beta) => {
    const row = new Float64Array(d);
    kept.forEach((j, k) => {
      row[j] = beta[k];
    });
    return row;
  });
  const intercepts = betas.map((beta) => beta[beta.length - 1]);
  if (classCount > 2 && present.length === 2) {
    coefficients.unshift(coefficients[0].map((value) => -value));
    intercepts.unshift(-intercepts[0]);
  }
  const { mean, scale } = scaling;
  return { classCount, present, linear: { mean, scale, coefficients, intercepts: Float64Array.from(intercepts) } };
}

function convergenceWarning(title: string, point: PathPoint, unconverged: number, functions: number): string {
  const where = functions > 1 ? ` for ${unconverged} of ${functions} classes` : '';
  return (
    `${title} did not converge in ${point.maxIter} iterations at C=${point.C}${where}: ` +
    'its coefficients are not exact (a smaller C or a larger maxIter helps)'
  );
}
