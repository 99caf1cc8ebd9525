import { nearest, printable, UserError } from '../../errors.js';

/** A column of the table: its name as it is used from here on, and why it is not the header's own, if so. */
export interface NamedColumn {
  readonly name: string;
  readonly renamed?: string;
}

/**
 * The columns of a header by distinct names: a blank one becomes `column_7`, a name that occurs again `name_2`, and
 * carriage returns, which no header may hold, become blanks.
 */
export function nameColumns(header: readonly string[]): NamedColumn[] {
  const typed = header.map((cell) => cell.replaceAll('\r', ' ').trim());
  const taken = new Set(typed);
  const used = new Set<string>();
  return typed.map((name, k) => {
    if (name !== '' && !used.has(name)) {
      used.add(name);
      return { name };
    }
    const fresh = freeName(
      name === '' ? `column_${k + 1}` : name,
      (candidate) => taken.has(candidate) || used.has(candidate),
    );
    used.add(fresh);
    return { name: fresh, renamed: name === '' ? 'it has no name' : `a second column of the name ${name}` };
  });
}

/** `wanted`, or else `wanted_2`, `wanted_3` … that is not taken. */
export function freeName(wanted: string, isTaken: (name: string) => boolean): string {
  if (!isTaken(wanted)) return wanted;
  for (let k = 2; ; k++) if (!isTaken(`${wanted}_${k}`)) return `${wanted}_${k}`;
}

/**
 * The column that `typed` means: its name, in another case of letters if that is unambiguous. Throws UserError, naming
 * the option and the nearest column.
 */
export function findColumn(typed: string, columns: readonly NamedColumn[], option: string): number {
  const place = lookUp(typed, columns);
  if (place !== undefined) return place;
  const names = columns.map(({ name }) => name);
  const listed = names.slice(0, 40).map((name) => printable(name, 40));
  throw new UserError(`${option}: there is no column "${printable(typed)}"${printable(nearest(typed, names))}`, {
    hint: `the columns are: ${listed.join(', ')}${names.length > listed.length ? ', …' : ''}`,
  });
}

/** The columns of a list option: each text is one name, or else several separated by commas. */
export function findColumns(texts: readonly string[], columns: readonly NamedColumn[], option: string): number[] {
  const places = texts.flatMap((text) => {
    const whole = lookUp(text.trim(), columns);
    if (whole !== undefined) return [whole];
    return text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => findColumn(part, columns, option));
  });
  return [...new Set(places)];
}

function lookUp(typed: string, columns: readonly NamedColumn[]): number | undefined {
  const exact = columns.findIndex(({ name }) => name === typed);
  if (exact >= 0) return exact;
  const folded = typed.toLowerCase();
  const alike = [...columns.keys()].filter((k) => columns[k].name.toLowerCase() === folded);
  return alike.length === 1 ? alike[0] : undefined;
}
