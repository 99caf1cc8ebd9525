import { DataError, type Fault } from '../errors.js';

/** What is wrong in the files of a dataset, gathered over all of them up to a limit, so that one run tells many. */
export class FaultList {
  private readonly list: Fault[] = [];

  constructor(private readonly limit = 20) {}

  /** Adds a fault unless the list is full. */
  add(fault: Fault): void {
    if (!this.full) this.list.push(fault);
  }

  /** Reading on is of no use: no further fault would be told. */
  get full(): boolean {
    return this.list.length >= this.limit;
  }

  get count(): number {
    return this.list.length;
  }

  /** Throws DataError with all faults, if there are any. */
  throwIfAny(): void {
    if (this.list.length === 0) return;
    throw new DataError(this.list, {
      hint: this.full ? `the first ${this.limit} faults are shown; there may be more` : undefined,
    });
  }
}
