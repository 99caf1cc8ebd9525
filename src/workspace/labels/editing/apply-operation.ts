import { counted, UserError } from '../../../errors.js';
import type { LabelLog } from '../../../io/results/label-log.js';
import type { EditPlan } from './plan-family-edit.js';
import { type EventRange, operationSource, type OperationKind } from './label-history.js';
import type { LabelSetName, LabelStore } from '../label-store.js';

/** An operation on a label set: what it is called, and what it does to the set as it stands. */
export interface SetOperation {
  readonly kind: OperationKind;
  /** Throws UserError where it makes no sense. */
  plan(log: Pick<LabelLog, 'current' | 'events'>): EditPlan & { readonly of?: EventRange };
}

/** What was written down; `range` is null where nothing was to be changed. */
export interface AppliedOperation {
  readonly title: string;
  readonly changed: number;
  readonly range: EventRange | null;
  readonly notes: readonly string[];
  readonly warning?: string;
}

/** Somebody answered since an operation was looked at, and it would now change other labels than was said. */
export class ChangedMeanwhile extends UserError {
  constructor(
    readonly expected: number,
    readonly found: number,
  ) {
    super(`meanwhile the labels have changed: ${counted(found, 'label')} would change now, not ${expected}`, {
      hint: 'nothing was written; look at it again',
    });
  }
}

/**
 * Works an operation out from what holds at this moment and writes it down as events of one source. Throws
 * ChangedMeanwhile where it would change another number of labels than `expected`.
 */
export async function applyOperation(
  labels: LabelStore,
  set: LabelSetName,
  { kind, plan }: SetOperation,
  { author, expected }: { readonly author: string | null; readonly expected?: number },
): Promise<AppliedOperation> {
  let planned: (EditPlan & { of?: EventRange }) | undefined;
  const { events, warning } = await labels.edit(
    set,
    (log) => {
      const { changes, of } = (planned = plan(log));
      if (expected !== undefined && changes.length !== expected) throw new ChangedMeanwhile(expected, changes.length);
      return { changes, name: (first, last) => operationSource(kind, { first, last }, of) };
    },
    author,
  );
  const { title, notes } = planned as unknown as EditPlan;
  const range = events.length === 0 ? null : { first: events[0].n, last: events[events.length - 1].n };
  return { title, changed: events.length, range, notes, ...(warning === undefined ? {} : { warning }) };
}
