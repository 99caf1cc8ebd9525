/** What stands for a figure that is undefined on the data at hand. */
export const undefinedFigure = '–';

type Figure = number | null | undefined;

/** A share or an area, four decimals: `0.9987`, `1`, `0`; rounding never turns "almost all" into "all". */
export function formatShare(value: Figure): string {
  if (value === null || value === undefined) return undefinedFigure;
  if (value === 0 || value === 1) return String(value);
  if (value > 0.99995 && value < 1) return '>0.9999';
  if (value > 0 && value < 0.00005) return '<0.0001';
  return value.toFixed(4);
}

/** A probability in four significant digits; one that is not 1 never reads as 1: `0.9987`, `1 − 2.3e-7`, `3.1e-9`. */
export function formatProbability(value: Figure): string {
  const short = formatNumber(value);
  return short === '1' && value !== 1 ? `1 − ${formatNumber(1 - (value ?? 0), 2)}` : short;
}

/** A rate as a percentage: `98.6 %`. */
export function formatPercent(value: Figure): string {
  if (value === null || value === undefined) return undefinedFigure;
  if (value === 0 || value === 1) return `${value * 100} %`;
  if (value > 0.9995 && value < 1) return '>99.9 %';
  if (value > 0 && value < 0.0005) return '<0.1 %';
  return `${(value * 100).toFixed(1)} %`;
}

const whole = new Intl.NumberFormat('en-US');

/** A count with thousands separated: `25,192`. */
export const formatCount = (value: Figure): string =>
  value === null || value === undefined ? undefinedFigure : whole.format(value);

/** Any number in `digits` significant digits, without needless zeros: `0.0123`, `1.23e-7`, `25,192`. */
export function formatNumber(value: Figure, digits = 4): string {
  if (value === null || value === undefined) return undefinedFigure;
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return whole.format(value);
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e9) return value.toExponential(digits - 1).replace(/\.?0+e/, 'e');
  const rounded = Number(value.toPrecision(digits));
  return size < 1000 ? String(rounded) : whole.format(rounded);
}

/** Seconds for people: `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatSeconds(seconds: Figure): string {
  if (seconds === null || seconds === undefined) return undefinedFigure;
  if (seconds < 0.0005) return seconds === 0 ? '0 s' : '<1 ms';
  if (seconds < 0.05) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 100) return `${rounded} s`;
  if (rounded < 3600) return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
  return `${Math.floor(rounded / 3600)} h ${Math.round((rounded % 3600) / 60)} min`;
}

/** Bytes for people: `12 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let scaled = bytes;
  let unit = 0;
  while (scaled >= 1000 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${scaled < 10 && unit > 0 ? scaled.toFixed(1) : Math.round(scaled)} ${units[unit]}`;
}

/** A moment in the reader's own time zone, sortable by eye: `2026-11-23 14:05`. */
export function formatMoment(iso: string): string {
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return `${day} ${two(moment.getHours())}:${two(moment.getMinutes())}`;
}
