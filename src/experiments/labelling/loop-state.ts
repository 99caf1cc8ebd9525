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
  /** Answers that somebody allowed since it began, in all; null for those of its settings. */
  readonly budget: number | null;
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
  let budget: number | null = null;
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
      case 'budget':
        [budget, ended] = [event.total, null];
        break;
      case 'start':
        break;
    }
  }
  return { start, iteration, labels, asked, groups, left, queries, passed, history, notes, budget, ended };
}

/** What the label set says of an instance now. */
export interface InstanceStanding {
  readonly labelled: boolean;
  /** Number of its last event, 0 without any. */
  readonly n: number;
}

export type StandingOf = (instanceId: string) => InstanceStanding;

/** What has become of a query: a label counts, whoever gave it. */
export function stateOf({ passed }: LoopState, query: PublishedQuery, standingOf: StandingOf): QueryState {
  if (standingOf(query.instanceId).labelled) return 'answered';
  return passed.get(query.n) ?? 'open';
}

/** Queries of the loop that were answered: what they have cost of the budget. */
export function answered(state: LoopState, isLabelled: (instanceId: string) => boolean): number {
  return state.queries.filter(({ instanceId }) => isLabelled(instanceId)).length;
}

/**
 * The queries of the current iteration, after those of earlier ones whose answer was taken back since it began (by undo,
 * or elsewhere in the label set): they are asked again, as no later iteration asks for the same instance.
 */
export function currentQueries({ queries, iteration, labels }: LoopState, standingOf: StandingOf): AskedQuery[] {
  return queries.filter((query) => {
    if (query.iteration === iteration) return true;
    const { labelled, n } = standingOf(query.instanceId);
    return !labelled && n > labels;
  });
}

export type NextStep =
  /** The current iteration is to be computed (for the first time, or again after a crash). */
  | { readonly step: 'compute' }
  /** Its queries wait for answers. */
  | { readonly step: 'ask' }
  /** The next iteration is to begin. */
  | { readonly step: 'begin'; readonly iteration: number }
  | { readonly step: 'end'; readonly reason: string };

/** What a loop goes by besides its log. */
export interface LoopConditions {
  /** Answers at most. */
  readonly budget: number;
  readonly standingOf: StandingOf;
  /** How many instances have never been asked and have no label; only called where it matters. */
  mayBeAsked(): number;
}

/** What comes next. A loop that has ended asks again for what is taken back, and for nothing else. */
export function nextStep(state: LoopState, { budget, standingOf, mayBeAsked }: LoopConditions): NextStep {
  if (state.iteration === 0 && state.ended === null) return { step: 'begin', iteration: 1 };
  if (!state.asked && state.ended === null) return { step: 'compute' };
  const open = currentQueries(state, standingOf).some((query) => stateOf(state, query, standingOf) === 'open');
  if (open && !state.left) return { step: 'ask' };
  if (state.ended !== null) return { step: 'end', reason: state.ended };
  if (answered(state, (id) => standingOf(id).labelled) >= budget)
    return { step: 'end', reason: `the budget of ${budget} answers is used up` };
  if (mayBeAsked() === 0) return { step: 'end', reason: 'every instance, or one alike, has been asked or labelled' };
  return { step: 'begin', iteration: state.iteration + 1 };
}
