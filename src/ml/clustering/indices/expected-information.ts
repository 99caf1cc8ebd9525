/**
 * Mutual information in nats that two groupings of n rows with these sizes have by chance (hypergeometric model; Vinh,
 * Epps and Bailey 2010, eq. 24a). Equal sizes are counted once. O(Σ over pairs of distinct sizes of the smaller one).
 */
export function expectedInformation(first: readonly number[], second: readonly number[]): number {
  const n = first.reduce((sum, size) => sum + size, 0);
  const logFactorial = logFactorials(n);
  const others = multiplicities(second);
  let sum = 0;
  for (const [a, timesA] of multiplicities(first)) {
    for (const [b, timesB] of others) {
      const most = Math.min(a, b);
      const fixed = logFactorial[a] + logFactorial[b] + logFactorial[n - a] + logFactorial[n - b] - logFactorial[n];
      let pair = 0;
      for (let both = Math.max(1, a + b - n); both <= most; both++) {
        const probability = Math.exp(
          fixed - logFactorial[both] - logFactorial[a - both] - logFactorial[b - both] - logFactorial[n - a - b + both],
        );
        pair += (both / n) * (Math.log(n * both) - Math.log(a * b)) * probability;
      }
      sum += timesA * timesB * pair;
    }
  }
  return sum;
}

function multiplicities(sizes: readonly number[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const size of sizes) times.set(size, (times.get(size) ?? 0) + 1);
  return times;
}

/** ln 0! … ln n!, summed with compensation: their differences need every digit. */
function logFactorials(n: number): Float64Array {
  const logs = new Float64Array(n + 1);
  let sum = 0;
  let lost = 0;
  for (let k = 2; k <= n; k++) {
    const term = Math.log(k) - lost;
    const next = sum + term;
    lost = next - sum - term;
    sum = next;
    logs[k] = sum;
  }
  return logs;
}
