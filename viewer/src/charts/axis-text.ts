import { formatCount, formatNumber } from '../text/numbers.js';

/** A share as a tick says it: `5 %`, `0.1 %`, with as many digits as it needs. */
export function percentTick(value: number): string {
  return `${Number((value * 100).toPrecision(3))} %`;
}

const short = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

/** A count as a tick says it: `12K` from ten thousand. */
export function countTick(value: number): string {
  return value >= 10_000 ? short.format(value) : formatCount(value);
}

export function numberTick(value: number): string {
  return formatNumber(value, 3);
}
