/**
 * P(Z > z) of a standard normal variable, relative error below 1e-12 down to the smallest double: the series of
 * Marsaglia (2004) around the middle, Laplace's continued fraction, evaluated by Lentz's method, in the tails.
 */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < 0) return 1 - normalTail(-z);
  return z < 2.5 ? 0.5 - density(z) * oddSeries(z) : density(z) / fraction(z);
}

/** P(|Z| > |z|): the p-value of a two-sided test. */
export function twoSidedTail(z: number): number {
  return Math.min(1, 2 * normalTail(Math.abs(z)));
}

function density(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** z + z^3/3 + z^5/(3·5) + … */
function oddSeries(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 3; term > sum * 1e-17; k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return sum;
}

/** z + 1/(z + 2/(z + 3/(z + …))), z > 0. */
function fraction(z: number): number {
  let value = z;
  let c = z;
  let d = 0;
  for (let k = 1; k < 1000; k++) {
    d = 1 / (z + k * d);
    c = z + k / c;
    const step = c * d;
    value *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return value;
}
