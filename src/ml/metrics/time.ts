/**
 * Area under a figure's course over N periods, in the figure's own range (AUT, Pendlebury et al. 2019, equation 4):
 * 1 / (N - 1) · Σ (f(k) + f(k + 1)) / 2. Null for fewer than two periods, or where the figure is undefined in one.
 */
export function areaUnderTime(values: readonly (number | null)[]): number | null {
  if (values.length < 2) return null;
  let sum = 0;
  for (let k = 0; k + 1 < values.length; k++) {
    const [now, next] = [values[k], values[k + 1]];
    if (now === null || next === null) return null;
    sum += (now + next) / 2;
  }
  return sum / (values.length - 1);
}
