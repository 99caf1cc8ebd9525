import { UserError } from '../../errors.js';
import { defineParams, type ParamsOf } from '../params.js';
import { type KernelFunction, kernelKinds, kernelOfItself } from './kernel-function.js';
import type { CellScaling, ScaledRows } from './scaled-rows.js';

/** The parameters that kernel machines share. */
export const kernelParams = defineParams({
  kernel: {
    type: 'choice',
    words: kernelKinds,
    default: 'rbf',
    help: 'likeness of two rows: rbf = exp(-gamma |u-v|²), linear = u·v, poly = (gamma u·v + coef0)^degree, sigmoid = tanh(gamma u·v + coef0)',
  },
  gamma: {
    type: 'number-or-word',
    words: ['scale', 'auto'],
    default: 'scale',
    min: 0,
    open: true,
    help: 'how fast likeness fades; scale: 1 / (features · their variance), auto: 1 / features',
  },
  degree: { type: 'number', default: 3, min: 1, max: 10, integer: true, help: 'power (with kernel=poly)' },
  coef0: { type: 'number', default: 0, help: 'added to the product (with kernel=poly or sigmoid)' },
  standardise: {
    type: 'boolean',
    default: true,
    help: 'bring every feature to mean 0 and standard deviation 1 first',
  },
  tol: {
    type: 'number',
    default: 1e-3,
    min: 0,
    open: true,
    help: 'how far the conditions of the optimum may be missed',
  },
  maxIter: {
    type: 'number',
    default: 10_000_000,
    min: 1,
    integer: true,
    help: 'largest number of steps, of two training rows each',
  },
});

export type KernelParams = ParamsOf<typeof kernelParams>;

/** Bytes for rows of the kernel matrix, as scikit-learn's cache is by default (200 MB). */
export const cacheBytes = 200e6;

/** Kernel values are kept in single precision; beyond this their differences are lost, or they overflow. */
const largestKernel = 1e30;

/**
 * The kernel that the parameters ask for; gamma = scale is scikit-learn's 1 / (d · variance of all cells).
 * Throws UserError where its values cannot be borne.
 * @param weights length n: of the rows
 */
export function kernelFunction(
  { kernel: kind, gamma: asked, degree, coef0 }: KernelParams,
  rows: ScaledRows,
  scaling: CellScaling,
  weights: Float64Array,
): KernelFunction {
  const d = scaling.shift.length;
  const gamma =
    typeof asked === 'number' ? asked : asked === 'auto' ? 1 / Math.max(1, d) : scaleGamma(rows, scaling, weights);
  const kernel: KernelFunction = { kind, gamma, coef0, degree };
  const largest = rows.norm.reduce((most, norm, i) => {
    return Math.max(most, Math.abs(kernelOfItself(kernel, norm + 2 * rows.centring[i])));
  }, 0);
  if (!(largest < largestKernel)) {
    throw new UserError(`the ${kind} kernel gives values up to ${largest.toPrecision(3)}, too large to learn from`, {
      hint: 'take a smaller gamma, degree or coef0, or standardise the features',
    });
  }
  return kernel;
}

/** 1 / (d · variance over all cells z as the kernel sees them); constant columns count as zeros. */
function scaleGamma({ cells, norm, centring }: ScaledRows, { centre }: CellScaling, weights: Float64Array): number {
  const d = centre.length;
  let [total, sum, squares] = [0, 0, 0];
  for (let i = 0; i < norm.length; i++) {
    total += weights[i];
    squares += weights[i] * (norm[i] + 2 * centring[i]);
    for (let at = cells.rowStart[i]; at < cells.rowStart[i + 1]; at++) sum += weights[i] * cells.values[at];
  }
  const mean = (sum / total - centre.reduce((all, c) => all + c, 0)) / d;
  const variance = squares / total / d - mean * mean;
  return variance > 0 ? 1 / (d * variance) : 1;
}
