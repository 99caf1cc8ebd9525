import { parseTimestamp } from '../../io/timestamps.js';

export { timestampForms } from '../../io/timestamps.js';

/** Milliseconds since 1970 UTC of a time as it stands in idents.csv; null where it is none. */
export function parseTime(text: string): number | null {
  const time = parseTimestamp(text.trim());
  return Number.isNaN(time) ? null : time;
}
