const euler = 0.5772156649015329;

/** ψ(m) for whole m >= 1, from a table: ψ(1) = −γ, ψ(m + 1) = ψ(m) + 1 / m, by its asymptotic series from 32 on. */
export function digamma(m: number): number {
  return m < small.length ? small[m] : asymptotic(m);
}

const small = Float64Array.from({ length: 32 }, () => Number.NaN);
small[1] = -euler;
for (let m = 1; m + 1 < small.length; m++) small[m + 1] = small[m] + 1 / m;

/** Abramowitz and Stegun (1964), 6.3.18; its error is below 1e-17 from 32 on. */
function asymptotic(m: number): number {
  const inverse = 1 / (m * m);
  return Math.log(m) - 0.5 / m - inverse * (1 / 12 - inverse * (1 / 120 - inverse * (1 / 252 - inverse * (1 / 240))));
}
