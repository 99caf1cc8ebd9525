import { UserError, printable } from '../../errors.js';
import { findColumn, findColumns, type NamedColumn } from './column-names.js';

/** What a person says of the columns, as typed; what is not said is guessed. */
export interface ColumnRequest {
  readonly id?: string;
  readonly ident?: string;
  readonly label?: string;
  readonly malicious?: readonly string[];
  readonly benign?: readonly string[];
  readonly family?: string;
  readonly timestamp?: string;
  readonly group?: readonly string[];
  readonly ignore?: readonly string[];
  readonly oneHot?: readonly string[];
  readonly numeric?: readonly string[];
  /** Which of two numbers is the day, where a date has both orders. */
  readonly dateOrder?: 'dmy' | 'mdy';
  /** `1,5` is one and a half. */
  readonly decimalComma?: boolean;
}

/** The same by place in the header; -1 where nothing is said. */
export interface ColumnChoice {
  readonly id: number;
  readonly ident: number;
  readonly label: number;
  readonly family: number;
  readonly timestamp: number;
  readonly group: readonly number[];
  readonly ignore: ReadonlySet<number>;
  readonly oneHot: ReadonlySet<number>;
  readonly numeric: ReadonlySet<number>;
}

/** Finds the columns that are named; throws UserError for one that is not there, and for what contradicts itself. */
export function chooseNamed(request: ColumnRequest, columns: readonly NamedColumn[]): ColumnChoice {
  const one = (typed: string | undefined, option: string): number =>
    typed === undefined ? -1 : findColumn(typed.trim(), columns, option);
  const several = (typed: readonly string[] | undefined, option: string): number[] =>
    findColumns(typed ?? [], columns, option);
  const ignored = new Set(several(request.ignore, '--ignore'));
  const byName = columns.findIndex(({ name }, place) => name.toLowerCase() === 'instance_id' && !ignored.has(place));
  const choice = {
    // The toolkit's own name for ids is no guess.
    id: request.id === undefined ? byName : one(request.id, '--id'),
    ident: one(request.ident, '--ident'),
    label: one(request.label, '--label'),
    family: one(request.family, '--family'),
    timestamp: one(request.timestamp, '--timestamp'),
    group: several(request.group, '--group'),
    ignore: ignored,
    oneHot: new Set(several(request.oneHot, '--one-hot')),
    numeric: new Set(several(request.numeric, '--numeric')),
  };
  const name = (place: number): string => printable(columns[place].name, 60);
  const needsLabel = choice.family >= 0 || (request.malicious ?? request.benign ?? []).length > 0;
  if (needsLabel && choice.label < 0) {
    throw new UserError('--family, --malicious and --benign speak of labels: name their column with --label COL');
  }
  const { ignore, oneHot, numeric } = choice;
  const used = [
    request.id === undefined ? -1 : choice.id,
    choice.ident,
    choice.label,
    choice.family,
    choice.timestamp,
    ...choice.group,
  ];
  const both = [...used, ...oneHot, ...numeric].find((place) => ignore.has(place));
  if (both !== undefined) throw new UserError(`--ignore names the column "${name(both)}", and another option too`);
  const twice = [...oneHot].find((place) => numeric.has(place));
  if (twice !== undefined) throw new UserError(`the column "${name(twice)}" cannot be both --one-hot and --numeric`);
  if (choice.label >= 0 && (oneHot.has(choice.label) || numeric.has(choice.label))) {
    throw new UserError(`the label ("${name(choice.label)}") cannot be a feature: the model would only copy it`);
  }
  return choice;
}
