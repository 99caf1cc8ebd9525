import { DataError, type Fault, grouped } from '../errors.js';

export interface FaultLimits {
  /** Faults that are kept and told. */
  readonly shown?: number;
  /** Read on when so many are found, to count them all. */
  readonly countAll?: boolean;
}

/** What is wrong in the files of a dataset, gathered over all of them up to a limit, so that one run tells many. */
export class FaultList {
  private readonly list: Fault[] = [];
  private readonly shown: number;
  private readonly countAll: boolean;
  private found = 0;

  constructor({ shown = 20, countAll = false }: FaultLimits = {}) {
    this.shown = shown;
    this.countAll = countAll;
  }

  /** Adds a fault; beyond the limit it is counted only. */
  add(fault: Fault): void {
    this.found++;
    if (!this.limitReached) this.list.push(fault);
  }

  /** Reading on is of no use: nothing further would be told. */
  get full(): boolean {
    return this.limitReached && !this.countAll;
  }

  /** A further fault would be counted at most: what it costs to put it well is not worth it. */
  get limitReached(): boolean {
    return this.list.length >= this.shown;
  }

  /** Faults so far, those beyond the limit too. */
  get count(): number {
    return this.found;
  }

  /** Throws DataError with the faults that are told, if there are any. */
  throwIfAny(): void {
    if (this.found === 0) return;
    const { shown, found, limitReached } = this;
    const counted = `the first ${shown} of ${grouped(found)} faults are shown`;
    const uncounted = `the first ${shown} faults are shown; there may be more (secuml check counts them all)`;
    const hint = this.full ? uncounted : limitReached && found > shown ? counted : undefined;
    throw new DataError(this.list, { hint, total: this.full ? undefined : found });
  }
}
