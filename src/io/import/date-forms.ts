import { parseTimestamp } from '../timestamps.js';

/** A way to write a date and time; `parse` gives milliseconds since 1970 UTC, NaN for any other text. */
export interface DateForm {
  readonly id: string;
  /** For people. */
  readonly title: string;
  parse(text: string): number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const clock = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp]\.?[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?`;
const slashYearFirst = new RegExp(String.raw`^(\d{4})/(\d{1,2})/(\d{1,2})(?:[ T]+${clock})?$`);
const numbersDayOrMonthFirst = new RegExp(String.raw`^(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:,?[ T]+${clock})?$`);
const dotted = new RegExp(String.raw`^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,?[ T]+${clock})?$`);
const accessLog = new RegExp(String.raw`^\[?(\d{1,2})/([A-Za-z]{3})/(\d{4}):${clock}\]?$`);
const monthFirst = new RegExp(String.raw`^([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4})(?:,?(?: @)? ${clock})?$`);
const mailDate = new RegExp(String.raw`^(?:[A-Za-z]{3}, )?(\d{1,2})[ -]([A-Za-z]{3})[ -](\d{4})(?: ${clock})?$`);

/**
 * The spellings that are understood, in the order they are tried. Without a zone it is UTC. Day and month as numbers
 * are two forms: which one it is must follow from the column itself.
 */
export const dateForms: readonly DateForm[] = [
  { id: 'iso', title: 'ISO 8601', parse: parseTimestamp },
  { id: 'ymd', title: 'year/month/day', parse: (text) => read(slashYearFirst, text, [1, 2, 3]) },
  { id: 'dmy', title: 'day/month/year', parse: (text) => read(numbersDayOrMonthFirst, text, [3, 2, 1]) },
  { id: 'mdy', title: 'month/day/year', parse: (text) => read(numbersDayOrMonthFirst, text, [3, 1, 2]) },
  { id: 'dotted', title: 'day.month.year', parse: (text) => read(dotted, text, [3, 2, 1]) },
  {
    id: 'access-log',
    title: 'day/Mon/year:time, as in access logs',
    parse: (text) => read(accessLog, text, [3, 2, 1]),
  },
  { id: 'month-first', title: 'Mon day, year', parse: (text) => read(monthFirst, text, [3, 1, 2]) },
  { id: 'mail', title: 'day Mon year, as in mail headers', parse: (text) => read(mailDate, text, [3, 2, 1]) },
];

/** Reads year, month and day from the groups in `places`, and the clock from the five after the third. */
function read(pattern: RegExp, text: string, places: readonly [number, number, number]): number {
  const match = pattern.exec(text);
  if (!match) return Number.NaN;
  const [year, month, day] = places.map((place) => match[place]);
  const number = /^\d/.test(month) ? month : String(months.indexOf(month.toLowerCase()) + 1);
  const hour = hourOf(match[4] ?? '0', match[8]);
  if (hour === undefined) return Number.NaN;
  const zone = match[9] === undefined || /^[A-Z]/.test(match[9]) ? 'Z' : match[9];
  const time = `${hour}:${match[5] ?? '00'}:${match[6] ?? '00'}.${match[7] ?? '0'}`;
  return parseTimestamp(`${year}-${number.padStart(2, '0')}-${day.padStart(2, '0')} ${time}${zone}`);
}

/** Two digits; undefined for an hour that a clock of twelve hours does not have. */
function hourOf(typed: string, half: string | undefined): string | undefined {
  if (half === undefined) return typed.padStart(2, '0');
  const hour = Number(typed);
  if (hour < 1 || hour > 12) return undefined;
  return String((hour % 12) + (half[0].toLowerCase() === 'p' ? 12 : 0)).padStart(2, '0');
}

const epochUnits = [
  { id: 'epoch-seconds', title: 'seconds since 1970', perMillisecond: 1e-3 },
  { id: 'epoch-milliseconds', title: 'milliseconds since 1970', perMillisecond: 1 },
  { id: 'epoch-microseconds', title: 'microseconds since 1970', perMillisecond: 1e3 },
  { id: 'epoch-nanoseconds', title: 'nanoseconds since 1970', perMillisecond: 1e6 },
];

const year2000 = 946_684_800_000;
const year2100 = 4_102_444_800_000;

/** The unit in which all numbers from `min` to `max` are times from 2000 to 2100; the four ranges do not overlap. */
export function epochForm(min: number, max: number): DateForm | undefined {
  const unit = epochUnits.find(({ perMillisecond: k }) => min >= year2000 * k && max < year2100 * k);
  if (!unit) return undefined;
  const { id, title, perMillisecond } = unit;
  return { id, title, parse: (text) => (text === '' ? Number.NaN : Math.round(Number(text) / perMillisecond)) };
}

/** A time as idents.csv keeps it: UTC, to the second where nothing is lost. */
export function timestampCell(time: number): string {
  const iso = new Date(time).toISOString();
  return iso.endsWith('.000Z') ? iso.slice(0, 19).replace('T', ' ') : iso;
}
