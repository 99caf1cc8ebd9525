import type { IterationFigures } from '../../schema/labelling.js';
import type { LoopEvent, LoopStart, PublishedQuery } from '../../schema/loop-log.js';
import type { QueryState } from '../../schema/vocabulary.js';

/** A query with the iteration and the purpose it was asked for. */
export interface AskedQuery extends PublishedQuery {
  readonly iteration: number;
  readonly kind: string;
}

/** What a loop's log says, folded: the whole state besides the answers. */
export interface LoopState {
  readonly start: LoopStart;
  /** The current iteration, 0 before the first. */
  readonly iteration: number;
  /** Answers of the label set up to this number are known to it. */
  readonly labels: number;
  /** All queries of the current iteration are out. */
  readonly asked: boolean;
  /** Groups of the current iteration's queries that are out. */
  readonly groups: number;
  /** Somebody went on without the open answers. */
  readonly left: boolean;
  /** Every query of the loop, in the order of asking. */
  readonly queries: readonly AskedQuery[];
  /** Queries left without a label, by number. */
  readonly passed: ReadonlyMap<number, 'skipped' | 'unsure'>;
  readonly history: readonly IterationFigures[];
  readonly notes: readonly string[];
  /** Why it has ended, null while it goes on. */
  readonly ended: string | null;
}

/** Folds a loop's log; null for an empty one. Events of a past iteration that come late change nothing. */
export function foldLoop(events: readonly LoopEvent[]): LoopState | null {
  const [start] = events;
  if (start?.type !== 'start') return null;
  const queries: AskedQuery[] = [];
  const passed = new Map<number, 'skipped' | 'unsure'>();
  const history: IterationFigures[] = [];
  const notes: string[] = [];
  let [iteration, labels, groups] = [0, 0, 0];
  let [asked, left] = [false, false];
  let ended: string | null = null;
  for (const event of events) {
    switch (event.type) {
      case 'iteration':
        if (event.iteration !== iteration + 1) break;
        [iteration, labels, groups] = [event.iteration, event.labels, 0];
        [asked, left] = [false, false];
        notes.length = 0;
        break;
      case 'queries':
        if (event.iteration !== iteration || asked) break;
        groups++;
        notes.push(...event.notes);
        queries.push(...event.queries.map((query) => ({ ...query, iteration, kind: event.kind })));
        break;
      case 'asked':
        if (event.iteration !== iteration || asked) break;
        asked = true;
        history.push(event.figures);
        notes.push(...event.warnings);
        break;
      case 'pass':
        if (event.how) passed.set(event.query, event.how);
        else passed.delete(event.query);
        break;
      case 'next':
        if (event.iteration === iteration) left = true;
        break;
      case 'end':
        ended = event.reason;
        break;
      case 'start':
        break;
    }
  }
  return { start, iteration, labels, asked, groups, left, queries, passed, history, notes, ended };
}

/** Whether an instance has a label now. */
export type IsLabelled = (instanceId: string) => boolean;

/** What has become of a query: a label counts, whoever gave it. */
export function stateOf({ passed }: LoopState, query: PublishedQuery, isLabelled: IsLabelled): QueryState {
  if (isLabelled(query.instanceId)) return 'answered';
  return passed.get(query.n) ?? 'open';
}

/** Queries of the loop that were answered: what they have cost of the budget. */
export function answered(state: LoopState, isLabelled: IsLabelled): number {
  return state.queries.filter(({ instanceId }) => isLabelled(instanceId)).length;
}

/** The queries of the current iteration. */
export function currentQueries({ queries, iteration }: LoopState): AskedQuery[] {
  return queries.filter((query) => query.iteration === iteration);
}

export type NextStep =
  /** The current iteration is to be computed (for the first time, or again after a crash). */
  | { readonly step: 'compute' }
  /** Its queries wait for answers. */
  | { readonly step: 'ask' }
  /** The next iteration is to begin. */
  | { readonly step: 'begin'; readonly iteration: number }
  | { readonly step: 'end'; readonly reason: string };

/**
 * What comes next.
 * @param mayBeAsked instances that were never asked and have no label
 */
export function nextStep(state: LoopState, budget: number, isLabelled: IsLabelled, mayBeAsked: number): NextStep {
  if (state.ended !== null) return { step: 'end', reason: state.ended };
  if (state.iteration === 0) return { step: 'begin', iteration: 1 };
  if (!state.asked) return { step: 'compute' };
  const open = currentQueries(state).some((query) => stateOf(state, query, isLabelled) === 'open');
  if (open && !state.left) return { step: 'ask' };
  if (answered(state, isLabelled) >= budget)
    return { step: 'end', reason: `the budget of ${budget} answers is used up` };
  if (mayBeAsked === 0) return { step: 'end', reason: 'every instance has been asked or labelled' };
  return { step: 'begin', iteration: state.iteration + 1 };
}
