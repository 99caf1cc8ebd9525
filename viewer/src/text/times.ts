import { undefinedFigure } from './numbers.js';

/** A timestamp of the data, in UTC as the data has it: `2002-10-03 14:05`; the day alone at midnight. */
export function formatTime(time: number | null | undefined): string {
  if (time === null || time === undefined) return undefinedFigure;
  const iso = new Date(time).toISOString();
  const [day, clock] = [iso.slice(0, 10), iso.slice(11, 16)];
  return clock === '00:00' ? day : `${day} ${clock}`;
}

/** From one time to another, as days where they are days apart. */
export function formatSpan(from: number | null, until: number | null): string {
  if (from === null || until === null) return undefinedFigure;
  const days = until - from >= 2 * 86_400_000;
  const [a, b] = [from, until].map((time) => (days ? new Date(time).toISOString().slice(0, 10) : formatTime(time)));
  return `${a} to ${b}`;
}
