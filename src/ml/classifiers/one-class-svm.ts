import { contaminationParams, scoreThreshold } from '../anomaly/contamination.js';
import { throwIfCancelled } from '../fit-context.js';
import { linearDecisionsFromJson } from '../linear/linear-decisions.js';
import { defineParams } from '../params.js';
import { distinctProblem } from '../svm/distinct-problem.js';
import { fittedLinear, fittedSvm, kernelFromJson } from '../svm/fitted-svm.js';
import { cacheBytes, kernelParams } from '../svm/kernel-params.js';
import { solveDual } from '../svm/smo.js';
import { kernelDecisions, supportVectors } from '../svm/support-vectors.js';
import { defineClassifier } from './classifier.js';

const params = defineParams({
  nu: {
    type: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    open: true,
    help: 'about the share of the training rows left outside, and the least share of support vectors',
  },
  ...kernelParams,
  ...contaminationParams,
});

/**
 * One-class support vector machine (Schölkopf et al. 2001; scikit-learn's OneClassSVM): the smallest region of the
 * kernel's space that holds all but about a share nu of the training rows, on standardised features. Its score is how
 * far outside a row lies (scikit-learn's decision value with the other sign), no probability: unusual is not malicious.
 * Labels are not looked at. Solved and merged as `svm` is; the rows that hold the region are at least nu of all, so it
 * takes O(nu · n² · cells). Departures from scikit-learn: as of `svm`; nu is below 1.
 */
export const oneClassSvm = defineClassifier({
  id: 'one-class-svm',
  title: 'One-class support vector machine',
  summary: 'What lies outside the region where most rows are, without any label: for some ten thousand rows at most.',
  params,
  accepts: { sparse: true, missing: false, multiclass: false, weights: true },
  learnsFrom: 'nothing',
  cost: (rows, columns, _, { nu }) => ({
    seconds: 0.001 + (0.1 + nu) * 1e-9 * rows * rows * (10 + columns),
    bytes: 44 * rows * columns + Math.min(4 * rows * rows, cacheBytes),
  }),
  async fit({ X, weights }, point, context) {
    throwIfCancelled(context.signal);
    const problem = distinctProblem(X, weights, point);
    const { rows, kernel, scaling } = problem;
    const m = rows.norm.length;
    const upper = new Float64Array(m);
    let total = 0;
    problem.groupOf.forEach((group, i) => {
      upper[group] += problem.weights[i];
      total += problem.weights[i];
    });
    const { tol, maxIter } = point;
    const a = filled(upper, point.nu * total);
    const variables = { row: Uint32Array.from(upper.keys()), linear: new Float64Array(m), lower: new Float64Array(m) };
    const settings = { tol, maxIter, cacheBytes, signal: context.signal };
    const { bias, converged } = solveDual({ rows, kernel, ...variables, upper, a }, settings);
    const outside = { factors: a.map((value) => (value === 0 ? 0 : -value)), bias: -bias };
    const inOwnTerms = supportVectors(kernel, scaling, rows, [outside]);
    const threshold =
      point.contamination === 'auto' ? 0 : scoreThreshold(kernelDecisions(inOwnTerms)(X), point.contamination);
    const machine = { ...inOwnTerms, biases: [outside.bias - threshold] };
    const warnings = converged
      ? []
      : [`the one-class support vector machine did not converge in ${maxIter} steps: its scores are not exact`];
    return fittedSvm({ classCount: 2, present: [0, 1], machine }, warnings);
  },
  revive: (json) => ('coefficients' in json ? fittedLinear(linearDecisionsFromJson(json)) : kernelFromJson(json)),
});

/** Variables at their upper bounds, one after the other, until they sum to `total`: where to start. */
function filled(upper: Float64Array, total: number): Float64Array {
  let left = total;
  return upper.map((bound) => {
    const value = Math.min(bound, Math.max(0, left));
    left -= value;
    return value;
  });
}
