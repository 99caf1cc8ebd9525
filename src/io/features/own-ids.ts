import type { FaultList } from '../faults.js';
import { keyLengthProblem } from '../names.js';
import { type RowIds, unknownRow } from './row-join.js';

/** The rows of a feature file as they come, each an instance of its own: nothing is known of their ids beforehand. */
export class OwnIds implements RowIds {
  readonly idEnd = 0;
  /** The ids of the rows since `begin`. */
  list: string[] = [];
  private lookedUp = '';

  constructor(
    private readonly shown: string,
    private readonly faults: FaultList,
  ) {}

  /** What comes next is row 0 again. */
  begin(): void {
    this.list = [];
  }

  matchExpected(): number {
    return unknownRow;
  }

  lookUp(id: string): number {
    if (id === '' || keyLengthProblem(id)) return unknownRow;
    this.lookedUp = id;
    return this.list.length;
  }

  take(): boolean {
    this.list.push(this.lookedUp);
    return true;
  }

  addUnknown(id: string, line: number): void {
    const { found, expected } = keyLengthProblem(id) ?? { found: 'a blank cell', expected: 'an instance_id' };
    this.faults.add({ file: this.shown, line, column: 'instance_id', found, expected });
  }
}
