import { expect, test } from 'vitest';
import { logisticDerivatives } from '../../../src/ml/boosting/logistic-derivatives.js';
import { randomStream } from '../../../src/ml/random/stream.js';

/** Derivatives of rows, in pairs. */
function derivatives(raw: Float64Array, y: Uint32Array, weights: Float64Array): Float64Array {
  const out = new Float64Array(2 * raw.length);
  logisticDerivatives(raw, y, weights, out);
  return out;
}

test('gradients and curvatures are those of the sigmoid by Math.exp, for any number of rows', () => {
  const stream = randomStream(1, 'logistic derivatives');
  for (const rows of [1, 2, 7, 2048, 2049, 5000]) {
    const raw = Float64Array.from({ length: rows }, (_, i) => (stream.float() - 0.5) * (i % 3 === 0 ? 100 : 4));
    const y = Uint32Array.from({ length: rows }, () => stream.below(2));
    const weights = Float64Array.from({ length: rows }, () => stream.float() + 0.5);
    const out = derivatives(raw, y, weights);
    for (let i = 0; i < rows; i++) {
      const p = 1 / (1 + Math.exp(-raw[i]));
      expect(Math.abs(out[2 * i] - weights[i] * (p - y[i]))).toBeLessThanOrEqual(1e-15);
      const curvature = weights[i] * p * (1 - p);
      expect(Math.abs(out[2 * i + 1] - curvature)).toBeLessThanOrEqual(1e-15 + 1e-15 * curvature);
    }
  }
});

test('a row that is sure of itself has finite derivatives', () => {
  const raw = Float64Array.of(0, 800, -800, 1e300, -1e300, 36.7);
  const out = derivatives(raw, Uint32Array.of(1, 1, 0, 0, 1, 1), new Float64Array(6).fill(2));
  expect(Array.from(out.subarray(0, 2))).toEqual([-1, 0.5]);
  expect(out.every((value) => Math.abs(value) <= 2)).toBe(true);
  expect([out[2], out[6], out[8]]).toEqual([0, 2, -2]);
  expect(Math.abs(out[4])).toBeLessThan(1e-300);
});
