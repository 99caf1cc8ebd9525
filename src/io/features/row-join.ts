import { counted } from '../../errors.js';
import type { FaultList } from '../faults.js';
import type { InstanceIds } from '../instance-ids.js';

/** What a row's id came to: a row of idents.csv. Or: */
export const unknownRow = -1;

/** Says which row of a matrix a row of a feature file is, by its instance_id. */
export interface RowIds {
  /** After `matchExpected` succeeded: the position after the id. */
  readonly idEnd: number;
  /** The row whose id, which comes next if all is as expected, stands at `p`; `unknownRow` if it must be looked up. */
  matchExpected(bytes: Uint8Array, p: number, separator: number): number;
  /** The row of an id, or `unknownRow`. */
  lookUp(id: string): number;
  /** Notes that `row` stands in `line`; false, with a fault, if it must not. */
  take(row: number, line: number): boolean;
  /** Adds the fault of an id that has no row. */
  addUnknown(id: string, line: number): void;
}

/** Joins the rows of a feature file to the instances, by instance_id, and finds repeated, unknown and absent ones. */
export class RowJoin implements RowIds {
  /** After `matchExpected` succeeded: the position after the id. */
  idEnd = 0;
  private expected = 0;
  private readonly lineOf: Float64Array;
  private readonly bytes: Uint8Array;
  private readonly offsets: Uint32Array;

  constructor(
    private readonly ids: InstanceIds,
    private readonly shown: string,
    private readonly faults: FaultList,
  ) {
    this.lineOf = new Float64Array(ids.count);
    this.bytes = ids.utf8.bytes;
    this.offsets = ids.utf8.offsets;
  }

  /**
   * Compares the bytes at `p`, up to `separator`, with the id that comes next if the file keeps the order of
   * idents.csv: no text is made. Returns its row, or `unknownRow` if it must be looked up.
   */
  matchExpected(bytes: Uint8Array, p: number, separator: number): number {
    const row = this.expected;
    if (row >= this.lineOf.length) return unknownRow;
    const known = this.bytes;
    const from = this.offsets[row];
    const length = this.offsets[row + 1] - from;
    for (let k = 0; k < length; k++) if (bytes[p + k] !== known[from + k]) return unknownRow;
    if (bytes[p + length] !== separator) return unknownRow;
    this.idEnd = p + length;
    return row;
  }

  lookUp(id: string): number {
    return this.ids.rowOf(id, this.expected);
  }

  /** Notes that `row` stands in `line`; false, with a fault, if it was there before. */
  take(row: number, line: number): boolean {
    this.expected = row + 1;
    if (this.lineOf[row] === 0) {
      this.lineOf[row] = line;
      return true;
    }
    const found = `instance_id "${this.ids.list[row]}" again (first in line ${this.lineOf[row]})`;
    this.faults.add({ file: this.shown, line, column: 'instance_id', found, expected: 'each instance_id once' });
    return false;
  }

  /** The first of the rows from `from` to `until` (excluded) that has not been taken; -1 for none. */
  firstAbsent(from: number, until: number): number {
    for (let row = from; row < until; row++) if (this.lineOf[row] === 0) return row;
    return -1;
  }

  addUnknown(id: string, line: number): void {
    const found = id === '' ? 'a blank cell' : `unknown instance_id "${id}"`;
    this.faults.add({ file: this.shown, line, column: 'instance_id', found, expected: 'an instance_id of idents.csv' });
  }

  /** Adds one fault if instances have no row in the file. */
  checkComplete(): void {
    const { list } = this.ids;
    // Of an id that idents.csv has twice, which is told there, only the first can have a row.
    const absent = list.filter((id, row) => this.lineOf[row] === 0 && this.ids.rows.get(id) === row);
    if (absent.length === 0) return;
    const examples = absent
      .slice(0, 5)
      .map((id) => `"${id}"`)
      .join(', ');
    const found = `no row for ${absent.length} of ${counted(list.length, 'instance')}: ${examples}${absent.length > 5 ? ', …' : ''}`;
    this.faults.add({ file: this.shown, found, expected: 'a row for every instance of idents.csv' });
  }
}
