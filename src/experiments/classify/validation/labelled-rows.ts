import { UserError } from '../../../errors.js';
import type { Dataset } from '../../../ml/matrix/dataset.js';

/** The m rows that a validation shares out. */
export interface LabelledRows {
  readonly dataset: Dataset;
  /** Length m: their rows in the dataset, ascending. */
  readonly rows: Uint32Array;
  /** Length m: class of each. */
  readonly strata: Int32Array;
  readonly seed: number;
  /** Whether nothing can be learned from rows of one class. */
  readonly needsTwoClasses: boolean;
}

export const idsOf = ({ dataset, rows }: LabelledRows): string[] => Array.from(rows, (row) => dataset.ids[row]);

/** Milliseconds since 1970 of each labelled row, NaN where it has none; throws UserError where no row has one. */
export function timesOf({ dataset, rows }: Pick<LabelledRows, 'dataset' | 'rows'>, mode: string): Float64Array {
  const times = Float64Array.from(rows, (row) => dataset.timestamps?.[row] ?? Number.NaN);
  if (times.every(Number.isNaN)) {
    throw new UserError(
      `--validation ${mode} goes by time; ${dataset.project}/${dataset.name} ${dataset.timestamps ? 'has timestamps for no labelled instance' : 'has no timestamps'}`,
      { hint: 'put a column timestamp into idents.csv (secuml import --timestamp COL), or take --validation cv' },
    );
  }
  return times;
}

/** Group of each labelled row, -1 where the cell is empty; null where nothing is to be grouped. */
export function groupsOf(
  { dataset, rows }: Pick<LabelledRows, 'dataset' | 'rows'>,
  groupBy: string | undefined,
): Int32Array | null {
  if (groupBy === undefined) return null;
  const column = dataset.groups?.get(groupBy);
  if (!column) throw new UserError(`${dataset.project}/${dataset.name} has no column "${groupBy}" to group by`);
  return Int32Array.from(rows, (row) => column.group[row]);
}

/** Are there rows of at least two classes among the `positions`? */
export function hasTwoClasses(strata: Int32Array, positions: Uint32Array): boolean {
  return positions.some((position) => strata[position] !== strata[positions[0]]);
}

/** Can a model learn from the rows at the `positions`? */
export function canLearn({ strata, needsTwoClasses }: LabelledRows, positions: Uint32Array): boolean {
  return positions.length > 0 && (!needsTwoClasses || hasTwoClasses(strata, positions));
}
