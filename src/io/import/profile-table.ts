import { printable } from '../../errors.js';
import type { FaultList } from '../faults.js';
import { keyLengthProblem } from '../names.js';
import { type NamedColumn, nameColumns } from './column-names.js';
import { ColumnProfile, type LabelIndex, type ProfiledTable } from './column-profile.js';
import { type ColumnChoice, type ColumnRequest, chooseNamed } from './column-request.js';
import { LabelValues } from './label-values.js';
import { RepeatedIds } from './repeated-ids.js';
import { keptText, readSourceRows, type SourceFile } from './source-rows.js';

/** A table read once: what its columns are like, and what its labels mean. */
export interface Profiled {
  readonly table: ProfiledTable;
  readonly choice: ColumnChoice;
  readonly labels: LabelValues;
}

/**
 * Reads the whole table once. Rows of another width than the header, ids that are blank, too long or repeated, and
 * families that are too long go to `faults`. Throws UserError for columns that are not there and for labels that cannot
 * be read.
 * @param onBlock called with the bytes of each block; it may throw to stop
 */
export async function profileTable(
  source: SourceFile,
  request: ColumnRequest,
  faults: FaultList,
  onBlock: (bytes: number) => void,
): Promise<Profiled> {
  const reader = new TableProfiler(source.shown, request, faults);
  await readSourceRows(source, { row: (cells, line) => reader.row(cells, line), block: onBlock }, faults);
  const profiled = reader.finish();
  if (reader.ids.any && !faults.full) await tellRepeatedIds(source, profiled.choice.id, reader, faults);
  return profiled;
}

class TableProfiler {
  readonly ids = new RepeatedIds();
  private columns: readonly NamedColumn[] | undefined;
  private profiles: ColumnProfile[] = [];
  private choice: ColumnChoice | undefined;
  private readonly labels: LabelValues;
  private rows = 0;
  private oldLineEnds = false;

  constructor(
    private readonly shown: string,
    private readonly request: ColumnRequest,
    private readonly faults: FaultList,
  ) {
    this.labels = new LabelValues(request.malicious ?? [], request.benign ?? []);
  }

  row(cells: readonly string[], line: number): void {
    if (!this.columns || !this.choice) return this.header(cells);
    const { choice, columns, shown, faults } = this;
    if (cells.length !== columns.length) {
      const found = `${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`;
      faults.add({ file: shown, line, found, expected: `${columns.length}, as in the header` });
      return;
    }
    this.rows++;
    const label: LabelIndex = choice.label >= 0 ? this.labels.take(cells[choice.label].trim()) : 2;
    for (let k = 0; k < cells.length; k++) this.profiles[k].add(cells[k].trim(), label, line);
    if (choice.id >= 0) this.id(cells[choice.id].trim(), line, columns[choice.id].name);
    if (choice.family >= 0) {
      const problem = keyLengthProblem(cells[choice.family].trim());
      if (problem) faults.add({ file: shown, line, column: columns[choice.family].name, ...problem });
    }
  }

  finish(): Profiled {
    const { columns, choice, profiles, labels, rows, shown, faults } = this;
    if (!columns || !choice) {
      faults.add({ file: shown, found: 'empty lines only', expected: 'a header line and one line for each instance' });
      faults.throwIfAny();
      throw new Error('unreachable: a fault was added');
    }
    if (rows === 0 && faults.count === 0) {
      const found = this.oldLineEnds ? 'lines that end in a carriage return alone' : 'a header and no rows';
      const expected = this.oldLineEnds ? 'LF or CRLF line ends' : 'one line for each instance';
      faults.add({ file: shown, found, expected });
    }
    if (choice.label >= 0 && faults.count === 0) labels.check(columns[choice.label].name);
    return { table: { columns, profiles, rows, shown }, choice, labels };
  }

  private header(cells: readonly string[]): void {
    this.oldLineEnds = cells.some((cell) => cell.includes('\r'));
    this.columns = nameColumns(cells.map(keptText));
    this.choice = chooseNamed(this.request, this.columns);
    const { oneHot } = this.choice;
    const { decimalComma = false } = this.request;
    this.profiles = this.columns.map((_, place) => new ColumnProfile(oneHot.has(place), decimalComma));
  }

  private id(id: string, line: number, column: string): void {
    const problem = id === '' ? { found: 'a blank cell', expected: 'an id' } : keyLengthProblem(id);
    if (problem) this.faults.add({ file: this.shown, line, column, ...problem });
    else this.ids.add(id);
  }
}

/** Reads once more to tell ids that are really there twice from those that only share a hash. */
async function tellRepeatedIds(
  source: SourceFile,
  place: number,
  { ids }: TableProfiler,
  faults: FaultList,
): Promise<void> {
  const firstLine = new Map<string, number>();
  let column: string | undefined;
  const row = (cells: readonly string[], line: number): void => {
    if (column === undefined) {
      column = nameColumns(cells)[place].name;
      return;
    }
    const id = (cells[place] ?? '').trim();
    if (id === '' || !ids.isSuspect(id)) return;
    const first = firstLine.get(id);
    if (first === undefined) firstLine.set(keptText(id), line);
    else {
      const found = `the id "${printable(id, 60)}" again (first in line ${first})`;
      faults.add({ file: source.shown, line, column, found, expected: 'each id once; without --id rows are numbered' });
    }
  };
  await readSourceRows(source, { row }, faults);
}
