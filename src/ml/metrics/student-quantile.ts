/**
 * The quantile t of Student's distribution with P(|T| <= t) = level, for a whole number of degrees of freedom of at least
 * 1 and a level in [0, 1): 12.706 for one degree and 0.95. The distribution function is the finite sum of Abramowitz and
 * Stegun (1964), 26.7.3 and 26.7.4, inverted by bisection on the angle atan(t / sqrt(degrees)); relative error about
 * 1e-13 at the usual levels. O(degrees).
 */
export function studentQuantile(level: number, degrees: number): number {
  let low = 0;
  let high = Math.PI / 2;
  for (;;) {
    const angle = (low + high) / 2;
    if (angle <= low || angle >= high) return Math.sqrt(degrees) * Math.tan(angle);
    if (probabilityWithin(angle, degrees) < level) low = angle;
    else high = angle;
  }
}

/** P(|T| <= sqrt(degrees) tan(angle)). */
function probabilityWithin(angle: number, degrees: number): number {
  const cosine = Math.cos(angle);
  const odd = degrees % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = 0;
  // Term k is the last one times (k-1)/k cos²: k runs over 2, 4 … or 3, 5 ….
  for (let k = odd ? 3 : 2; k <= degrees; k += 2) {
    sum += term;
    term *= ((k - 1) / k) * cosine * cosine;
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}
