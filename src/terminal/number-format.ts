import { grouped } from '../errors.js';
/** What stands for a figure that is undefined on the data at hand. */
export const undefinedFigure = '–';

/** A share or an area, four decimals: `0.9987`, `1`, `0`. */
export function formatShare(value: number | null | undefined): string {
  if (value === null || value === undefined) return undefinedFigure;
  if (value === 0 || value === 1) return String(value);
  // Rounding must not turn "almost all" into "all".
  if (value > 0.99995 && value < 1) return '>0.9999';
  if (value > 0 && value < 0.00005) return '<0.0001';
  return value.toFixed(4);
}

/** A rate as a percentage: `98.6 %`. */
export function formatPercent(value: number | null | undefined): string {
  if (value === null || value === undefined) return undefinedFigure;
  if (value === 0 || value === 1) return `${value * 100} %`;
  if (value > 0.9995) return '>99.9 %';
  if (value < 0.0005) return '<0.1 %';
  return `${(value * 100).toFixed(1)} %`;
}

/** A count with thousands separated: `25,192`. */
export function formatCount(value: number | null | undefined): string {
  return value === null || value === undefined ? undefinedFigure : grouped(value);
}

/** Seconds for people: `0.4 s`, `12 s`, `3 min 20 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
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

/** A number of any size in four digits: `12.35`, `1.234e+9`, `0.00012`. */
export function formatFigure(value: number | null | undefined): string {
  if (value === null || value === undefined) return undefinedFigure;
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return grouped(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}
