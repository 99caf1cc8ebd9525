import { counted, UserError } from '../../../errors.js';
import type { EditPlan } from './plan-family-edit.js';
import type { EventRange, LabelHistory } from './label-history.js';
import { operationTitle, rangeTitle } from './operation-titles.js';

/** What an undo does, and what it takes back. */
export interface UndoPlan extends EditPlan {
  readonly of: EventRange;
}

/**
 * Takes back the last operation that still holds, or the one (or the single answer) that event `number` belongs to.
 * Instances that were answered since keep their newer answer. Throws UserError where there is nothing to take back.
 */
export function planUndo(history: LabelHistory, number?: number): UndoPlan {
  const operation = number === undefined ? history.lastStanding : history.containing(number);
  if (number === undefined && operation === undefined) {
    throw new UserError('there is no operation to take back', {
      hint: 'a single answer is taken back by its number: secuml labels log, then secuml labels undo … --number N',
    });
  }
  if (operation?.kind === 'labels undo') {
    throw new UserError(`event ${number} is itself an undo`, { hint: 'do again what it took back' });
  }
  const of = operation ?? answerOf(history, number as number);
  const changes = history.withoutRange(of);
  if (changes.length === 0) {
    throw new UserError(`nothing is left of ${rangeTitle(of)} to take back: undone, or answered anew since`);
  }
  const since = (operation?.written ?? 1) - changes.length;
  return {
    of,
    changes,
    title: `take back ${rangeTitle(of)}${operation === undefined ? '' : `: ${operationTitle(history, operation)}`}`,
    notes: since > 0 ? [`${counted(since, 'instance')} of it undone or answered anew since: what they say stays`] : [],
  };
}

function answerOf({ events }: LabelHistory, number: number): EventRange {
  if (events.some(({ n }) => n === number)) return { first: number, last: number };
  throw new UserError(`the label set has no event ${number}`, {
    hint: `it has ${counted(events.length, 'event')}: secuml labels log`,
  });
}
