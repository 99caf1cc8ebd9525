/** No value is less likely than this: one odd feature must not outvote all others. */
const logLeast = Math.log(1e-75);

const sqrt2 = Math.SQRT2;
const gaussNode = Math.sqrt(0.6);

/**
 * ln of the probability that a normal variable lies within width / 2 of `value`, at least ln 1e-75.
 * Where the density changes little over the interval, by Gauss and Legendre's three points; else by the error function,
 * whose values at both ends then differ much. The relative error of the probability is below 1e-5.
 * @param value, width in standard deviations, the value from the mean
 */
export function logIntervalProbability(value: number, width: number): number {
  const x = Math.abs(value);
  const half = width / 2;
  // 1e-75 is reached 18.3 standard deviations out.
  if (x - half > 20) return logLeast;
  if (width < 1 && x * half < 0.5) {
    // The density at the middle is taken out, so that nothing underflows.
    const side = gaussNode * half;
    const middle = -0.5 * x * x;
    const sum = (8 + 5 * Math.exp(-0.5 * side * side) * 2 * Math.cosh(side * x)) / 18;
    return Math.max(logLeast, middle + Math.log((width / Math.sqrt(2 * Math.PI)) * sum));
  }
  const probability = 0.5 * (erfc((x - half) / sqrt2) - erfc((x + half) / sqrt2));
  return probability > 1e-75 ? Math.log(probability) : logLeast;
}

/** Complementary error function, relative error below 1.2e-7 (Press and others, Numerical Recipes, 6.2). */
function erfc(x: number): number {
  const z = Math.abs(x);
  const t = 1 / (1 + 0.5 * z);
  const coefficients = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ];
  let polynomial = 0;
  for (let c = coefficients.length - 1; c >= 0; c--) polynomial = polynomial * t + coefficients[c];
  const tail = t * Math.exp(-z * z + polynomial);
  return x >= 0 ? tail : 2 - tail;
}
