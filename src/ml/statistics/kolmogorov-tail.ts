/**
 * Kolmogorov's limiting distribution: P(K > x), the p-value of a statistic D of two samples of m and n values at
 * x = D · sqrt(mn / (m + n)). Both of its series (Kolmogorov 1933), each where it converges at once.
 */
export function kolmogorovTail(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  if (x < 1) {
    let sum = 0;
    for (let k = 1; k < 50; k += 2) sum += Math.exp((-k * k * Math.PI * Math.PI) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  let sum = 0;
  for (let k = 1; k < 50; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, Math.max(0, sum));
}
