import type { MarginLoss } from '../../linear/margin-loss.js';

/** Binary logistic loss, Σ costᵢ·(log(1 + exp(mᵢ)) − targetᵢ·mᵢ). */
export function logisticLoss(target: Uint8Array, cost: Float64Array): MarginLoss {
  const n = target.length;
  const residual = new Float64Array(n);
  const curvature = new Float64Array(n);

  function evaluate(margins: Float64Array): number {
    let loss = 0;
    for (let i = 0; i < n; i++) {
      // t: how far on the right side. exp(−|t|) never overflows, and one exponential serves all three figures.
      const t = target[i] === 1 ? margins[i] : -margins[i];
      const e = Math.exp(t > 0 ? -t : t);
      const wrong = t > 0 ? e / (1 + e) : 1 / (1 + e);
      loss += cost[i] * (Math.log1p(e) + (t > 0 ? 0 : -t));
      residual[i] = target[i] === 1 ? -cost[i] * wrong : cost[i] * wrong;
      curvature[i] = ((cost[i] * wrong) / (1 + e)) * (t > 0 ? 1 : e);
    }
    return loss;
  }

  return { residual, curvature, evaluate };
}

/** 1 / (1 + exp(−score)), exact to rounding at both ends. */
export function sigmoid(score: number): number {
  if (score >= 0) return 1 / (1 + Math.exp(-score));
  const e = Math.exp(score);
  return e / (1 + e);
}
