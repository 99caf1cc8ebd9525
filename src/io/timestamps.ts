const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What a timestamp looks like, for messages. */
export const timestampForms = 'YYYY-MM-DD HH:MM:SS or ISO 8601 (UTC unless a zone is given)';

/**
 * Milliseconds since 1970 UTC of `YYYY-MM-DD[( |T)HH:MM[:SS[.fff]][Z|±HH[:MM]]]`; without a zone it is UTC, so that no
 * machine's own zone matters. Digits beyond milliseconds are cut. NaN for anything else and for a day or time that does
 * not exist.
 */
export function parseTimestamp(text: string): number {
  const match = pattern.exec(text);
  if (!match) return Number.NaN;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (day > days[month - 1] + (month === 2 && leap ? 1 : 0)) return Number.NaN;
  const offset = zoneMinutes(match[8]);
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const date = new Date(0);
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, milliseconds);
  return date.getTime() - offset * 60_000;
}

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z' || zone === 'z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || 0);
  if (hours > 23 || minutes > 59) return Number.NaN;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}
