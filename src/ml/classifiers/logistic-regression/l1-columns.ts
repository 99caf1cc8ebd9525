import type { DesignMatrix } from '../../kernels/design-matrix.js';
import { cyclicDescent, type QuadraticModel, softThreshold, sweepFree, violation } from './l1-quadratic.js';

/**
 * Minimises the model by coordinate descent with its Hessian implicit in the columns of the design: for working sets
 * whose Hessian would be too large. beta (k+1) in place. O(entries of the column) per visited coordinate.
 *
 * The margins of the step so far are kept as moved[i] + offset, so that the shift of sparse columns and the intercept
 * move one number instead of n.
 * @param curvature length n: second derivative of each row's loss
 */
export function minimiseByColumns(
  model: QuadraticModel,
  design: DesignMatrix,
  curvature: Float64Array,
  active: Uint32Array,
  beta: Float64Array,
  tolerance: number,
): void {
  const { columnStart, rowIndex, values, shift } = design.columnStore();
  const k = active.length;
  const { gradient, penalty, damping } = model;
  const start = beta.slice();
  const moved = new Float64Array(design.rows);
  let offset = 0;
  let total = 0;
  for (const h of curvature) total += h;
  /** Σ h·value of each active column, shift not applied. */
  const first = new Float64Array(k);
  const second = new Float64Array(k + 1);
  for (let a = 0; a < k; a++) {
    const j = active[a];
    let squares = 0;
    for (let at = columnStart[j]; at < columnStart[j + 1]; at++) {
      const weighted = curvature[rowIndex[at]] * values[at];
      first[a] += weighted;
      squares += weighted * values[at];
    }
    second[a] = Math.max(squares - shift[j] * (2 * first[a] - shift[j] * total));
  }
  second[k] = Math.max(total);
  /** Σ h·moved. */
  let movedTotal = 0;

  function visitIntercept(): number {
    const now = gradient[k] + movedTotal + offset * total + damping[k] * (beta[k] - start[k]);
    const wrong = violation(now, beta[k], penalty[k]);
    const next = softThreshold(beta[k], now, second[k], penalty[k]);
    offset += next - beta[k];
    beta[k] = next;
    return wrong;
  }

  function visit(a: number): number {
    if (a === k) return visitIntercept();
    const j = active[a];
    const from = columnStart[j];
    const end = columnStart[j + 1];
    let product = 0;
    for (let at = from; at < end; at++) product += curvature[rowIndex[at]] * values[at] * moved[rowIndex[at]];
    const value = beta[a];
    const slope = product + offset * first[a] - shift[j] * (movedTotal + offset * total);
    const now = gradient[a] + slope + damping[a] * (value - start[a]);
    const wrong = violation(now, value, penalty[a]);
    if (wrong === 0) return 0;
    beta[a] = softThreshold(value, now, second[a], penalty[a]);
    const change = beta[a] - value;
    if (change === 0) return wrong;
    for (let at = from; at < end; at++) moved[rowIndex[at]] += change * values[at];
    movedTotal += change * first[a];
    offset -= change * shift[j];
    return wrong;
  }

  cyclicDescent(beta, visit, (free) => void sweepFree(free, visit, tolerance, 20), tolerance);
}
