/** A share as a tick says it: `5 %`, `0.1 %`, with as many digits as it needs. */
export function percentTick(value: number): string {
  return `${Number((value * 100).toPrecision(3))} %`;
}

const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const shortCounts = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** `12,345`. */
export function countText(value: number): string {
  return counts.format(value);
}

/** A count as a tick says it: `12K` from ten thousand. */
export function countTick(value: number): string {
  return value >= 10_000 ? shortCounts.format(value) : counts.format(value);
}

/** A number with up to `digits` significant digits and no zeros at its end. */
export function numberText(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) return value.toExponential(Math.min(2, digits - 1));
  return String(Number(value.toPrecision(digits)));
}
