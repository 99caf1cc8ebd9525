import { UserError } from '../../errors.js';
import { type FitContext, throwIfCancelled } from '../fit-context.js';
import { linearDecisionsFromJson } from '../linear/linear-decisions.js';
import { defineParams, type ParamsOf } from '../params.js';
import { type DistinctProblem, distinctProblem } from '../svm/distinct-problem.js';
import { fittedLinear, fittedSvm, kernelFromJson } from '../svm/fitted-svm.js';
import { cacheBytes, kernelParams } from '../svm/kernel-params.js';
import { solveDual } from '../svm/smo.js';
import { supportVectors } from '../svm/support-vectors.js';
import { type ClassifierDef, defineClassifier, type FittedClassifier, type TrainingSet } from './classifier.js';

const params = defineParams({
  C: {
    type: 'number',
    default: 1,
    min: 0,
    open: true,
    grid: [0.01, 0.1, 1, 10],
    help: 'inverse strength of the penalty: smaller means simpler models',
  },
  ...kernelParams,
});

type Point = ParamsOf<typeof params>;

interface Decision {
  /** Length m: of each distinct row. */
  readonly factors: Float64Array;
  readonly bias: number;
  readonly converged: boolean;
}

/** The rows of one class against all others. */
function decide(
  { rows, kernel, given, groupOf, weights }: DistinctProblem,
  { y }: TrainingSet,
  positive: number,
  { C, tol, maxIter }: Point,
  context: FitContext,
): Decision {
  const m = rows.norm.length;
  // Weight of each distinct row in and outside the class: a variable for each that is not 0.
  const weight = new Float64Array(2 * m);
  given.forEach((row, i) => {
    weight[2 * groupOf[i] + (y[row] === positive ? 1 : 0)] += weights[i];
  });
  const variables = Uint32Array.from(weight.keys()).filter((v) => weight[v] > 0);
  const bounds = (inside: boolean): Float64Array => {
    return Float64Array.from(variables, (v) => (((v & 1) === 1) === inside ? (inside ? 1 : -1) * C * weight[v] : 0));
  };
  const a = new Float64Array(variables.length);
  const { bias, converged } = solveDual(
    {
      rows,
      kernel,
      row: variables.map((v) => v >> 1),
      linear: Float64Array.from(variables, (v) => ((v & 1) === 1 ? 1 : -1)),
      lower: bounds(false),
      upper: bounds(true),
      a,
    },
    { tol, maxIter, cacheBytes, signal: context.signal },
  );
  const factors = new Float64Array(m);
  variables.forEach((v, t) => {
    factors[v >> 1] += a[t];
  });
  return { factors, bias, converged };
}

/** Classes with rows that count; throws UserError for fewer than two. */
function presentClasses({ y, classCount }: TrainingSet, given: Uint32Array): number[] {
  const counts = new Uint32Array(classCount);
  for (const row of given) counts[y[row]]++;
  const present = Array.from(counts.keys()).filter((c) => counts[c] > 0);
  if (present.length >= 2) return present;
  throw new UserError('the support vector machine needs training rows of at least two classes', {
    hint: `the training rows with a weight above 0 (${given.length}) are all of one class: label some of the other`,
  });
}

async function fit(data: TrainingSet, point: Point, context: FitContext): Promise<FittedClassifier> {
  throwIfCancelled(context.signal);
  const problem = distinctProblem(data.X, data.weights, point);
  const present = presentClasses(data, problem.given);
  const functions = present.length === 2 ? [present[1]] : present;
  const decisions = functions.map((positive, k) => {
    const decision = decide(problem, data, positive, point, context);
    context.progress?.(k + 1, functions.length);
    return decision;
  });
  const machine = supportVectors(problem.kernel, problem.scaling, problem.rows, decisions);
  const unconverged = decisions.filter(({ converged }) => !converged).length;
  const where = functions.length > 1 ? ` for ${unconverged} of ${functions.length} classes` : '';
  const warnings =
    unconverged > 0
      ? [
          `the support vector machine did not converge in ${point.maxIter} steps at C=${point.C}${where}: ` +
            'its scores are not exact (a smaller C or a larger maxIter helps)',
        ]
      : [];
  return fittedSvm({ classCount: data.classCount, present, machine }, warnings);
}

/**
 * Support vector machine with a kernel (Cortes and Vapnik 1995; scikit-learn's SVC) on standardised features:
 * min ½‖w‖² + C Σ weightᵢ·max(0, 1 − tᵢ(w·φ(xᵢ) + b)), solved in the dual by sequential minimal optimisation (see
 * solveDual). Equal rows are merged, and data that is mostly zeros stays so. It has scores, no probabilities:
 * --calibrate makes some of them. With kernel=linear it has a weight for each feature, else no importance.
 *
 * Departures from scikit-learn: more than two classes are one against the rest; features are standardised within the
 * model, by weighted mean and deviation, and constant ones left out; gamma=scale counts weights.
 */
export const svm = defineClassifier({
  id: 'svm',
  title: 'Kernel support vector machine',
  summary: 'A border as curved as it must be, held up by the rows nearest to it: strong, slow with many rows.',
  params,
  accepts: { sparse: true, missing: false, multiclass: true, weights: true },
  // A fifth of the rows become support vectors, and each of them needs its row of the kernel a few times.
  cost: (rows, columns, classCount) => ({
    seconds: 0.001 + (classCount > 2 ? classCount : 1) * 2e-10 * rows * rows * (10 + columns),
    bytes: 44 * rows * columns + Math.min(4 * rows * rows, cacheBytes),
  }),
  fit,
  revive: (json) => ('coefficients' in json ? fittedLinear(linearDecisionsFromJson(json)) : kernelFromJson(json)),
} satisfies ClassifierDef<typeof params>);
