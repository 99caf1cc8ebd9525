import { gammaln } from 'simple-statistics';

/**
 * Upper tail of the F distribution: P(F > f) with `between` and `within` degrees of freedom, the p-value of an analysis
 * of variance. Relative error about 1e-11, also far out in the tail.
 */
export function fTail(f: number, between: number, within: number): number {
  if (!(f >= 0) || !(between > 0) || !(within > 0)) return Number.NaN;
  if (f === Infinity) return 0;
  return regularisedBeta(
    within / (within + between * f),
    (between * f) / (within + between * f),
    within / 2,
    between / 2,
  );
}

/** I_x(a, b) with y = 1 − x at hand to its own precision; continued fraction (Abramowitz and Stegun 1964, 26.5.8). */
function regularisedBeta(x: number, y: number, a: number, b: number): number {
  if (x === 0) return 0;
  if (y === 0) return 1;
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log(y));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(y, b, a)) / b;
}

/** Lentz's method on the continued fraction of the incomplete beta function. */
function betaFraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const step = d * c;
    value *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return value;
}
