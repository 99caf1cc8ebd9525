import {
  answered,
  type AskedQuery,
  currentQueries,
  type LoopState,
  type StandingOf,
  stateOf,
} from '../experiments/labelling/loop-state.js';
import { countLabels, labelColumn, labelsAfter } from '../experiments/labelling/known-labels.js';
import { loopAdvice } from '../experiments/labelling/loop-advice.js';
import type { LabellingSettings } from '../experiments/labelling/settings.js';
import type { Dataset } from '../ml/matrix/dataset.js';
import type { LabelEvent } from '../schema/label-event.js';
import type { GivenLabel, LoopQuery, LoopView } from '../schema/labelling.js';
import type { AlikeRows } from './alike-rows.js';

/** A loop with the answers of its label set, as they stand at one moment. */
export interface LoopSnapshot {
  readonly state: LoopState;
  /** How many events the loop's log had. */
  readonly loopEvents: number;
  readonly events: readonly LabelEvent[];
  /** What holds now, by instance_id. */
  readonly labels: ReadonlyMap<string, GivenLabel>;
  /** The last event of each instance. */
  readonly last: ReadonlyMap<string, LabelEvent>;
  readonly standingOf: StandingOf;
}

export function takeSnapshot(state: LoopState, loopEvents: number, events: readonly LabelEvent[]): LoopSnapshot {
  const labels = labelsAfter(events, Infinity);
  const last = new Map<string, LabelEvent>();
  for (const event of events) last.set(event.instance_id, event);
  const standingOf: StandingOf = (id) => ({ labelled: labels.has(id), n: last.get(id)?.n ?? 0 });
  // The log goes on growing in the array it was given as.
  return { state, loopEvents, events: [...events], labels, last, standingOf };
}

/** Answers that the loop may ask for in all. */
export function budgetOf({ budget }: LoopState, settings: LabellingSettings): number {
  return budget ?? settings.budget;
}

/** What people see of a loop, besides what is going on at this very moment. */
export type StoredView = Omit<LoopView, 'phase' | 'computing' | 'warnings'>;

export function storedView(
  { state, labels, last, standingOf }: LoopSnapshot,
  dataset: Dataset,
  settings: LabellingSettings,
  alike: AlikeRows,
): StoredView {
  const { start } = state;
  const total = budgetOf(state, settings);
  const viewOf = (query: AskedQuery): LoopQuery => {
    const given = labels.get(query.instanceId);
    const event = last.get(query.instanceId);
    return {
      ...query,
      state: stateOf(state, query, standingOf),
      answer: given ? { ...given, n: event?.n ?? 0, author: event?.author ?? null } : null,
      duplicates: alike.othersOf(query.instanceId).filter((id) => !labels.has(id)).length,
    };
  };
  return {
    id: start.id,
    kind: start.kind,
    project: start.project,
    dataset: start.dataset,
    labelSet: start.labelSet,
    strategy: settings.strategy,
    iteration: Math.max(1, state.iteration),
    finished: state.ended,
    budget: { total, left: Math.max(0, total - answered(state, (id) => labels.has(id))) },
    queries: currentQueries(state, standingOf).map(viewOf),
    counts: countLabels(labelColumn(dataset, labels)),
    history: [...state.history],
    advice: loopAdvice(state, labels),
  };
}
