import { logisticDerivatives } from './logistic-derivatives.js';

/** A loss in k raw values for each row (k = 1 for two classes). */
export interface BoostingLoss {
  /** Raw values of a row. */
  readonly values: number;
  /** What a raw value of two classes is multiplied by to be log odds. */
  readonly logOdds: number;
  /** What is said of every row before the first tree: length `values`. */
  start(y: Uint32Array, weights: Float64Array): Float64Array;
  /**
   * Gradient and curvature of the loss in raw value v, for each row: out[2i], out[2i + 1], weights included.
   * @param raw n×values
   */
  derivatives(raw: Float64Array, y: Uint32Array, weights: Float64Array, v: number, out: Float64Array): void;
  /** Mean loss. */
  mean(raw: Float64Array, y: Uint32Array, weights: Float64Array): number;
}

/** A start of a class without rows is that of a share of this. */
const leastShare = 1e-12;

/** Shares of the classes by weight. */
function shares(y: Uint32Array, weights: Float64Array, classCount: number): Float64Array {
  const sums = new Float64Array(classCount);
  let total = 0;
  for (let i = 0; i < y.length; i++) {
    sums[y[i]] += weights[i];
    total += weights[i];
  }
  return sums.map((sum) => Math.min(1 - leastShare, Math.max(leastShare, sum / total)));
}

/** ln(1 + e^x) without overflow. */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

/** -ln p(y): the deviance of two classes, in the log odds of the second. */
export const logisticLoss: BoostingLoss = {
  values: 1,
  logOdds: 1,
  start(y, weights) {
    const [, p] = shares(y, weights, 2);
    return Float64Array.of(Math.log(p / (1 - p)));
  },
  derivatives: (raw, y, weights, _v, out) => logisticDerivatives(raw, y, weights, out),
  mean(raw, y, weights) {
    let [sum, total] = [0, 0];
    for (let i = 0; i < y.length; i++) {
      sum += weights[i] * (softplus(raw[i]) - y[i] * raw[i]);
      total += weights[i];
    }
    return sum / total;
  },
};

/** e^(-t·raw), t = ±1: AdaBoost's loss (Friedman 2001), in half the log odds of the second class. */
export const exponentialLoss: BoostingLoss = {
  values: 1,
  logOdds: 2,
  start(y, weights) {
    const [, p] = shares(y, weights, 2);
    return Float64Array.of(0.5 * Math.log(p / (1 - p)));
  },
  derivatives(raw, y, weights, _v, out) {
    for (let i = 0; i < y.length; i++) {
      const sign = y[i] === 1 ? 1 : -1;
      // The exponent is held where it stays a number; such a row leads whatever it is exactly.
      const e = weights[i] * Math.exp(Math.min(50, -sign * raw[i]));
      out[2 * i] = -sign * e;
      out[2 * i + 1] = e;
    }
  },
  mean(raw, y, weights) {
    let [sum, total] = [0, 0];
    for (let i = 0; i < y.length; i++) {
      sum += weights[i] * Math.exp(Math.min(50, y[i] === 1 ? -raw[i] : raw[i]));
      total += weights[i];
    }
    return sum / total;
  },
};

/** -ln p(y) with p the softmax of k raw values. */
export function softmaxLoss(k: number): BoostingLoss {
  return {
    values: k,
    logOdds: 1,
    start: (y, weights) => shares(y, weights, k).map(Math.log),
    derivatives(raw, y, weights, v, out) {
      for (let i = 0; i < y.length; i++) {
        const p = Math.exp(raw[i * k + v] - logSumExp(raw, i * k, k));
        out[2 * i] = weights[i] * (p - (y[i] === v ? 1 : 0));
        out[2 * i + 1] = weights[i] * p * (1 - p);
      }
    },
    mean(raw, y, weights) {
      let [sum, total] = [0, 0];
      for (let i = 0; i < y.length; i++) {
        sum += weights[i] * (logSumExp(raw, i * k, k) - raw[i * k + y[i]]);
        total += weights[i];
      }
      return sum / total;
    },
  };
}

/** ln Σ e^raw over k values from `at`. */
export function logSumExp(raw: Float64Array, at: number, k: number): number {
  let largest = raw[at];
  for (let c = 1; c < k; c++) largest = Math.max(largest, raw[at + c]);
  let sum = 0;
  for (let c = 0; c < k; c++) sum += Math.exp(raw[at + c] - largest);
  return largest + Math.log(sum);
}
