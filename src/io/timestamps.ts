const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 146,097 days in milliseconds. */
const fourHundredYears = 146_097 * 86_400_000;

/** What a timestamp looks like, for messages. */
export const timestampForms = 'YYYY-MM-DD HH:MM:SS or ISO 8601 (UTC unless a zone is given)';

/**
 * Milliseconds since 1970 UTC of `YYYY-MM-DD[( |T)HH:MM[:SS[.fff]][Z|±HH[:MM]]]`; without a zone it is UTC, so that no
 * machine's own zone matters. Digits beyond milliseconds are cut. NaN for anything else and for a day or time that does
 * not exist.
 */
export function parseTimestamp(text: string): number {
  const usual = parseUsual(text);
  if (!Number.isNaN(usual)) return usual;
  const match = pattern.exec(text);
  if (!match) return Number.NaN;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  return timeOf(year, month, day, hour, minute, second) + milliseconds - zoneMinutes(match[8]) * 60_000;
}

/** `YYYY-MM-DD HH:MM:SS` without a zone, five times as fast as the pattern; NaN for every other form. */
function parseUsual(text: string): number {
  const separated =
    text.length === 19 &&
    text[4] === '-' &&
    text[7] === '-' &&
    text[13] === ':' &&
    text[16] === ':' &&
    /[ T]/.test(text[10]);
  if (!separated) return Number.NaN;
  const two = (at: number): number => digit(text, at) * 10 + digit(text, at + 1);
  return timeOf(two(0) * 100 + two(2), two(5), two(8), two(11), two(14), two(17));
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 48;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

/** Milliseconds since 1970 UTC of a date and time, NaN if there is no such (or a part is NaN). */
function timeOf(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const exists =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= days[month - 1] + (month === 2 && leap ? 1 : 0) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59;
  if (!exists) return Number.NaN;
  // Date.UTC takes the years 0 to 99 for 1900 to 1999; the calendar repeats after 400 years.
  return Date.UTC(year + 400, month - 1, day, hour, minute, second) - fourHundredYears;
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || 0);
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}
