import { printable } from '../../errors.js';
import type { FaultList } from '../faults.js';
import type { ColumnProfile, ProfiledTable } from './column-profile.js';
import type { ColumnChoice, ColumnRequest } from './column-request.js';
import { type DateForm, dateForms, epochForm } from './date-forms.js';

/** Which column is the time of an instance, and what the other columns of dates are. */
export interface TimestampChoice {
  /** -1: none. */
  readonly place: number;
  readonly form?: DateForm;
  readonly why: string;
  /** Why each other column of dates is left aside. */
  readonly otherDates: ReadonlyMap<number, string>;
  readonly warnings: readonly string[];
}

/** Names that the time of an event has, the likeliest first. */
const eventTimes = [
  'timestamp',
  '@timestamp',
  '_time',
  'event_time',
  'eventtime',
  'timegenerated',
  'timecreated',
  'datetime',
  'date_time',
  'time',
  'ts',
  'date',
  'start_time',
  'starttime',
  'flow_start',
  'first_seen',
  'created',
  'created_at',
  'epoch',
];

const bothOrders = 'day and month in either order: --timestamp with --date-order dmy or mdy says which';

/**
 * The timestamp column: the one asked for, or else the only column of dates, or else the one with an event time's
 * usual name. Numbers are times only in a column with such a name, or asked for.
 */
export function chooseTimestamp(
  table: ProfiledTable,
  choice: ColumnChoice,
  request: ColumnRequest,
  faults: FaultList,
): TimestampChoice {
  const { columns, profiles } = table;
  if (choice.timestamp >= 0) return chosenTimestamp(table, choice, request, faults);
  const features = new Set([
    ...choice.oneHot,
    ...choice.numeric,
    ...choice.ignore,
    choice.id,
    choice.label,
    choice.family,
  ]);
  const dates = new Map<number, DateForm | 'unclear'>();
  profiles.forEach((profile, place) => {
    if (features.has(place)) return;
    const form = formOf(profile, request) ?? (timeRank(columns[place].name) >= 0 ? epochOf(profile) : undefined);
    if (form) dates.set(place, form);
  });
  const certain = [...dates.keys()].filter((place) => dates.get(place) !== 'unclear');
  const named = certain
    .filter((place) => timeRank(columns[place].name) >= 0)
    .sort((a, b) => timeRank(columns[a].name) - timeRank(columns[b].name));
  const place = certain.length === 1 ? certain[0] : (named[0] ?? -1);
  const form = dates.get(place);
  const otherDates = new Map<number, string>();
  for (const [other, its] of dates) {
    if (other === place) continue;
    otherDates.set(
      other,
      its === 'unclear' ? `dates, ${bothOrders}` : `dates (${its.title}); --timestamp takes them as the time`,
    );
  }
  const known = form && form !== 'unclear' ? form : undefined;
  const why = known
    ? `${certain.length === 1 ? 'the only dates' : 'dates, by its name'}: ${known.title}, UTC without a zone`
    : '';
  return { place: known ? place : -1, form: known, why, otherDates, warnings: [] };
}

function chosenTimestamp(
  { columns, profiles, shown }: ProfiledTable,
  { timestamp: place }: ColumnChoice,
  request: ColumnRequest,
  faults: FaultList,
): TimestampChoice {
  const profile = profiles[place];
  const form = formOf(profile, request) ?? epochOf(profile);
  const { name } = columns[place];
  const otherDates = new Map<number, string>();
  profiles.forEach((other, k) => {
    if (k !== place && formOf(other, request)) otherDates.set(k, 'dates; the time is another column');
  });
  if (form && form !== 'unclear') {
    return { place, form, why: `asked for: ${form.title}, UTC without a zone`, otherDates, warnings: [] };
  }
  if (form === 'unclear') {
    faults.add({
      file: shown,
      column: name,
      found: 'dates that have day and month in either order',
      expected: '--date-order dmy or mdy',
    });
  } else {
    const at = profile.firstUndated;
    const found = at ? `"${at.text}"` : 'no dates';
    const expected = `one of these in every row: ${dateForms.map(({ title }) => title).join('; ')}; seconds since 1970`;
    faults.add({ file: shown, ...(at && { line: at.line }), column: printable(name, 60), found, expected });
  }
  return { place, why: 'asked for', otherDates, warnings: [] };
}

/** The form of all dates of a column; undefined if it holds others than dates. */
function formOf(profile: ColumnProfile, { dateOrder }: ColumnRequest): DateForm | 'unclear' | undefined {
  if (profile.dated === 0 || profile.dates.length === 0) return undefined;
  const forms = profile.dates.filter(
    ({ id }) => dateOrder === undefined || id !== (dateOrder === 'dmy' ? 'mdy' : 'dmy'),
  );
  if (forms.length > 1 && forms.some(({ id }) => id === 'dmy') && forms.some(({ id }) => id === 'mdy'))
    return 'unclear';
  return forms[0];
}

function epochOf(profile: ColumnProfile): DateForm | undefined {
  return profile.texts === 0 && profile.numbers > 0 ? epochForm(profile.least, profile.greatest) : undefined;
}

function timeRank(name: string): number {
  return eventTimes.indexOf(name.toLowerCase().replaceAll(' ', '_'));
}
