import type { LabelColumn } from '../ml/matrix/dataset.js';
import { CodedColumnBuilder, type CodedColumn } from './coded-column.js';
import type { FaultList } from './faults.js';
import { InstanceIds } from './instance-ids.js';
import { LabelColumnBuilder } from './label-column.js';
import { keyLengthProblem } from './names.js';
import { columnPlaces } from './tables/column-places.js';
import { readTable } from './tables/table-reader.js';
import { trimmed } from './tables/trimmed.js';
import { parseTimestamp, timestampForms } from './timestamps.js';

/** What idents.csv says of n instances. */
export interface IdentTable {
  readonly ids: InstanceIds;
  readonly idents: readonly string[];
  /** Milliseconds since 1970 UTC, NaN where the cell is blank; absent without such a column. */
  readonly timestamps?: Float64Array;
  /** Every column besides instance_id, ident, timestamp, label and family, by its name. */
  readonly groups: ReadonlyMap<string, CodedColumn>;
  /** The columns `label` and `family`, if there are any. */
  readonly labels?: LabelColumn;
}

/** The columns that have a meaning; every other one groups instances. */
const known = ['instance_id', 'ident', 'timestamp', 'label', 'family'] as const;

/**
 * Reads idents.csv; `shown` is its path for faults. Returns undefined if the header is wrong or rows are lost (ragged, an
 * open quote, wrong encoding): every other file would seem to name unknown instances. With faults in cells the table
 * holds all rows, so that the other files can be checked against it.
 */
export async function readIdents(path: string, shown: string, faults: FaultList): Promise<IdentTable | undefined> {
  const ids: string[] = [];
  const lines: number[] = [];
  const idents: string[] = [];
  const times: number[] = [];
  let groups: { name: string; place: number; builder: CodedColumnBuilder }[] = [];
  let labels: LabelColumnBuilder | undefined;
  let places: Record<(typeof known)[number], number> | undefined;

  const header = (names: readonly string[]): boolean => {
    places = columnPlaces<(typeof known)[number]>(
      names,
      ['instance_id', 'ident'],
      ['timestamp', 'label', 'family'],
      shown,
      faults,
    );
    if (!places) return false;
    if (places.family >= 0 && places.label < 0) {
      faults.add({
        file: shown,
        line: 1,
        column: 'family',
        found: 'a column family without a column label',
        expected: 'both, or neither',
      });
      return false;
    }
    groups = names
      .map((name, place) => ({ name, place, builder: new CodedColumnBuilder() }))
      .filter(({ name }) => name !== '' && !(known as readonly string[]).includes(name));
    if (places.label >= 0) labels = new LabelColumnBuilder(shown, faults);
    return true;
  };

  const row = (cells: readonly string[], line: number): void => {
    if (!places) return;
    const at = ids.length;
    const id = trimmed(cells[places.instance_id]);
    const problem = id === '' ? { found: 'a blank cell', expected: 'an instance_id' } : keyLengthProblem(id);
    if (problem) faults.add({ file: shown, line, column: 'instance_id', ...problem });
    ids.push(id);
    lines.push(line);
    idents.push(cells[places.ident]);
    if (places.timestamp >= 0) times.push(timestampOf(cells[places.timestamp].trim(), shown, line, faults));
    labels?.set(at, cells[places.label], places.family >= 0 ? cells[places.family] : '', line);
    for (const group of groups) group.builder.set(at, trimmed(cells[group.place]));
  };

  const whole = await readTable(path, shown, { header, row }, faults);
  if (!places || !whole) return undefined;
  if (ids.length === 0 && faults.count === 0) {
    faults.add({ file: shown, found: 'a header and no instances', expected: 'one line for each instance' });
    return undefined;
  }
  const instanceIds = new InstanceIds(ids);
  for (const { row: again, first } of instanceIds.repeated()) {
    if (faults.full) break;
    // A blank id is a fault of its own already.
    if (ids[again] === '') continue;
    const found = `instance_id "${ids[again]}" again (first in line ${lines[first]})`;
    faults.add({ file: shown, line: lines[again], column: 'instance_id', found, expected: 'each instance_id once' });
  }
  return {
    ids: instanceIds,
    idents,
    timestamps: places.timestamp >= 0 ? Float64Array.from(times) : undefined,
    groups: new Map(groups.map(({ name, builder }) => [name, builder.finish()])),
    labels: labels?.finish(ids.length),
  };
}

function timestampOf(cell: string, file: string, line: number, faults: FaultList): number {
  if (cell === '') return Number.NaN;
  const time = parseTimestamp(cell);
  if (Number.isNaN(time)) faults.add({ file, line, column: 'timestamp', found: `"${cell}"`, expected: timestampForms });
  return time;
}
