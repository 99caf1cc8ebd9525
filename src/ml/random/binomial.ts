import type { RandomStream } from './stream.js';

/**
 * A binomial deviate: successes in n trials of probability p, 0 … n. Exact: by inversion for small means, otherwise by
 * transformed rejection (BTRS, Hörmann 1993). O(min(n·p, 1) + 1) uniform numbers expected.
 */
export function binomial(stream: RandomStream, n: number, p: number): number {
  if (n === 0 || p <= 0) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(stream, n, 1 - p);
  return n * p < 10 ? byInversion(stream, n, p) : byRejection(stream, n, p);
}

/** Adds up the probabilities of 0, 1, 2 … until they exceed a uniform number. p <= 0.5, n·p < 10. */
function byInversion(stream: RandomStream, n: number, p: number): number {
  const odds = p / (1 - p);
  const none = Math.exp(n * Math.log1p(-p));
  for (;;) {
    let left = stream.float();
    let probability = none;
    for (let k = 0; k <= n; ) {
      if (left < probability) return k;
      left -= probability;
      k++;
      probability *= (odds * (n - k + 1)) / k;
    }
    // Rounding left the probabilities a little short of 1: another number.
  }
}

/** p <= 0.5, n·p >= 10. The names of the constants are the paper's. */
function byRejection(stream: RandomStream, n: number, p: number): number {
  const deviation = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const c = n * p + 0.5;
  const vr = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const logOdds = Math.log(p / (1 - p));
  const mode = Math.floor((n + 1) * p);
  const atMode = logFactorial(mode) + logFactorial(n - mode);
  for (;;) {
    const u = stream.float() - 0.5;
    const v = stream.float();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || k > n) continue;
    const bound = atMode - logFactorial(k) - logFactorial(n - k) + (k - mode) * logOdds;
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= bound) return k;
  }
}

const smallLogFactorials = Float64Array.from({ length: 16 }, (_, k) => {
  let product = 1;
  for (let i = 2; i <= k; i++) product *= i;
  return Math.log(product);
});

/** ln k!: exact for small k, then Stirling's series, error below 1e-13. */
function logFactorial(k: number): number {
  if (k < smallLogFactorials.length) return smallLogFactorials[k];
  const x = k + 1;
  const inverse = 1 / x;
  const series = inverse * (1 / 12 - inverse * inverse * (1 / 360 - inverse * inverse * (1 / 1260)));
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046728 + series;
}
