import type { MarginLoss } from './margin-loss.js';

/** Squared hinge loss, Σ costᵢ·max(0, 1 − tᵢ)² with t the margin on the right side of a row, ±m. */
export function squaredHingeLoss(target: Uint8Array, cost: Float64Array): MarginLoss {
  const n = target.length;
  const residual = new Float64Array(n);
  const curvature = new Float64Array(n);

  function evaluate(margins: Float64Array): number {
    let loss = 0;
    for (let i = 0; i < n; i++) {
      const slack = target[i] === 1 ? 1 - margins[i] : 1 + margins[i];
      if (slack > 0) {
        loss += cost[i] * slack * slack;
        residual[i] = (target[i] === 1 ? -2 : 2) * cost[i] * slack;
        curvature[i] = 2 * cost[i];
      } else {
        residual[i] = 0;
        curvature[i] = 0;
      }
    }
    return loss;
  }

  return { residual, curvature, evaluate };
}
