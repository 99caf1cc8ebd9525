import { printable } from '../../errors.js';
import type { FaultList } from '../faults.js';
import { cellForms } from '../numbers/cell-text.js';
import type { ColumnPlan, ColumnUse, FeaturePlan, ImportPlan } from './column-plan.js';
import { type ColumnProfile, forcedValues, guessedValues, isMissing, type ProfiledTable } from './column-profile.js';
import type { ColumnChoice, ColumnRequest } from './column-request.js';
import { chooseTimestamp } from './choose-timestamp.js';
import { leaks } from './leaks.js';

/** What is decided of a column's features. */
interface Verdict {
  readonly feature?: FeaturePlan;
  readonly why: string;
}

const countingName = /(^|[^a-z])(id|uid|uuid|guid|idx|index|no|nr|num|row|record|seq|sequence|serial|key|pk)$/i;

/**
 * Decides what every column becomes, from what was said and what its cells are like. Guesses are cautious: what is
 * plainly a number, a yes or no, or one of a few words becomes features, everything else is left aside with the reason.
 * Same table, same choice. Columns that were asked to be what they cannot be go to `faults`.
 */
export function chooseColumns(
  table: ProfiledTable,
  choice: ColumnChoice,
  request: ColumnRequest,
  faults: FaultList,
): ImportPlan {
  const { columns, profiles } = table;
  const { id } = choice;
  const ident = choice.ident >= 0 ? choice.ident : id;
  const timestamp = chooseTimestamp(table, choice, request, faults);
  const places: Record<ColumnUse, readonly number[]> = {
    id: [id],
    ident: [ident],
    label: [choice.label],
    family: [choice.family],
    timestamp: [timestamp.place],
    group: choice.group,
  };
  const plans = columns.map(({ name, renamed }, place): ColumnPlan => {
    const uses = (Object.keys(places) as ColumnUse[]).filter((use) => places[use].includes(place));
    const profile = profiles[place];
    const missing = profile.missingCells;
    const head = { name, ...(renamed !== undefined && { renamed }), uses, missing };
    const forced = forcedFeature(place, table, choice, faults);
    if (uses.length > 0 && !forced) return { ...head, why: whyUsed(uses, request, timestamp.why) };
    const { feature, why } = forced ?? guessedFeature(place, table, choice, timestamp.otherDates);
    const oneHot = feature?.kind === 'one-hot' ? profile.blank[0] + profile.blank[1] + profile.blank[2] : missing;
    return { ...head, ...(feature && { feature }), why, missing: oneHot };
  });
  const { label, family, group } = choice;
  const nameless = ident < 0 ? [namelessWarning(table, plans, choice)] : [];
  const warnings = [...timestamp.warnings, ...leaks(table, plans, label), ...nameless];
  return {
    columns: plans,
    id,
    ident,
    label,
    family,
    timestamp: timestamp.place,
    group,
    dateForm: timestamp.form,
    warnings,
  };
}

/** Nothing names the instances; texts of many values, which nothing is made of, are likely names: of files, mails, hosts. */
function namelessWarning(
  { profiles, rows }: ProfiledTable,
  plans: readonly ColumnPlan[],
  choice: ColumnChoice,
): string {
  const names = plans
    .filter(({ uses, feature }, place) => {
      const { texts, values } = profiles[place];
      const many = values === undefined || values.size * 2 > rows;
      return uses.length === 0 && !feature && !choice.ignore.has(place) && texts * 2 > rows && many;
    })
    .map(({ name }) => `"${printable(name, 40)}"`);
  const perhaps = names.length === 0 ? '' : ` (perhaps ${names.slice(0, 3).join(' or ')})`;
  return `the instances are called "row 1", "row 2" …: --ident COL gives them a name that people know${perhaps}`;
}

function whyUsed(uses: readonly ColumnUse[], request: ColumnRequest, whyTimestamp: string): string {
  if (uses.includes('timestamp')) return whyTimestamp;
  return uses.includes('id') && request.id === undefined ? 'by its name' : 'asked for';
}

/** What --ignore, --one-hot and --numeric say of a column. */
function forcedFeature(
  place: number,
  { profiles, columns, shown }: ProfiledTable,
  { oneHot, numeric }: ColumnChoice,
  faults: FaultList,
): Verdict | undefined {
  const profile = profiles[place];
  const { name } = columns[place];
  if (numeric.has(place)) {
    const text = profile.firstText;
    if (text) faults.add({ file: shown, line: text.line, column: name, found: `"${text.text}"`, expected: cellForms });
    return { feature: { kind: 'number' }, why: 'asked for' };
  }
  if (!oneHot.has(place)) return undefined;
  if (!profile.values) {
    const found = `more than ${forcedValues} different values`;
    faults.add({ file: shown, column: name, found, expected: `at most ${forcedValues} for --one-hot` });
    return { why: 'too many values' };
  }
  return { feature: oneHotOf(profile.values), why: 'asked for' };
}

function guessedFeature(
  place: number,
  { profiles, columns, rows }: ProfiledTable,
  { ignore }: ColumnChoice,
  otherDates: ReadonlyMap<number, string>,
): Verdict {
  if (ignore.has(place)) return { why: 'asked for' };
  const profile = profiles[place];
  const present = profile.numbers + profile.texts;
  if (present === 0) return { why: 'empty' };
  const date = otherDates.get(place);
  if (date !== undefined) return { why: date };
  const flag = yesOrNo(profile);
  if (flag) return { feature: { kind: 'boolean', yes: flag }, why: `yes or no: ${flag} is 1` };
  return profile.texts === 0 ? guessedNumber(profile, columns[place].name, rows) : guessedText(profile, rows);
}

function guessedNumber(profile: ColumnProfile, name: string, rows: number): Verdict {
  const { least, greatest, missingCells } = profile;
  if (least === greatest && missingCells === 0) return { why: `the same in every row: ${least}` };
  if (rows >= 10 && profile.whole && missingCells === 0) {
    const keep = '--numeric keeps it';
    if (profile.counts) return { why: `a row number: it rises by 1 from row to row; ${keep}` };
    if (profile.rises && countingName.test(name)) return { why: `an identifier: it rises in every row; ${keep}` };
  }
  const flags = least === 0 && greatest === 1 && profile.whole;
  return { feature: { kind: 'number' }, why: flags ? '0 or 1' : `numbers from ${short(least)} to ${short(greatest)}` };
}

function guessedText(profile: ColumnProfile, rows: number): Verdict {
  const { values } = profile;
  if (profile.numbers > profile.texts && profile.firstText && (!values || values.size > guessedValues)) {
    const { line, text } = profile.firstText;
    return { why: `numbers, but "${printable(text, 24)}" in line ${line}` };
  }
  if (!values) return { why: `text with more than ${profile.moreValuesThan} different values` };
  if (values.size > guessedValues)
    return { why: `text with ${values.size} different values: more than ${guessedValues}` };
  const blanks = profile.blank[0] + profile.blank[1] + profile.blank[2];
  if (values.size === 1 && blanks === 0) {
    return { why: `the same in every row: ${printable([...values.keys()][0], 24)}` };
  }
  if (values.size * 2 > rows - blanks) return { why: 'text, and most rows have a value of their own' };
  return { feature: oneHotOf(values), why: `text with ${values.size} different value${values.size > 1 ? 's' : ''}` };
}

/** Values by frequency, then by code unit. */
function oneHotOf(values: NonNullable<ColumnProfile['values']>): FeaturePlan {
  const total = ([a, b, c]: readonly [number, number, number]): number => a + b + c;
  const ordered = [...values].sort((a, b) => total(b[1]) - total(a[1]) || (a[0] < b[0] ? -1 : 1));
  return { kind: 'one-hot', values: ordered.map(([value]) => value) };
}

/** Words that come in pairs in a column of yes or no. */
export const yesWords: readonly (readonly [yes: string, no: string])[] = [
  ['true', 'false'],
  ['yes', 'no'],
  ['t', 'f'],
  ['y', 'n'],
  ['on', 'off'],
];

/** The word that means yes, if both it and its contrary are all that a column says. */
function yesOrNo({ values }: ColumnProfile): string | undefined {
  if (!values) return undefined;
  const words = new Set([...values.keys()].filter((value) => !isMissing(value)).map((value) => value.toLowerCase()));
  return yesWords.find((pair) => words.size === 2 && pair.every((word) => words.has(word)))?.[0];
}

/** A number in few characters. */
function short(value: number): string {
  const text = String(value);
  return text.length <= 10 ? text : String(Number(value.toPrecision(6)));
}
