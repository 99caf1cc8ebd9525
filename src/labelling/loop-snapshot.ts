import {
  answered,
  type AskedQuery,
  currentQueries,
  type LoopState,
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
  readonly events: readonly LabelEvent[];
  /** What holds now, by instance_id. */
  readonly labels: ReadonlyMap<string, GivenLabel>;
  /** The last event of each instance. */
  readonly last: ReadonlyMap<string, LabelEvent>;
}

export function takeSnapshot(state: LoopState, events: readonly LabelEvent[]): LoopSnapshot {
  const last = new Map<string, LabelEvent>();
  for (const event of events) last.set(event.instance_id, event);
  // The log goes on growing in the array it was given as.
  return { state, events: [...events], labels: labelsAfter(events, Infinity), last };
}

export type Phase = LoopView['phase'];

/** What people see of a loop. */
export function loopView(
  snapshot: LoopSnapshot,
  dataset: Dataset,
  settings: LabellingSettings,
  alike: AlikeRows,
  now: { readonly phase: Phase; readonly computing: LoopView['computing']; readonly warnings: readonly string[] },
): LoopView {
  const { state, labels } = snapshot;
  const { start } = state;
  const isLabelled = (id: string): boolean => labels.has(id);
  const counts = countLabels(labelColumn(dataset, labels));
  return {
    id: start.id,
    kind: start.kind,
    project: start.project,
    dataset: start.dataset,
    labelSet: start.labelSet,
    strategy: settings.strategy,
    iteration: Math.max(1, state.iteration),
    phase: now.phase,
    finished: state.ended,
    computing: now.computing,
    budget: { total: settings.budget, left: Math.max(0, settings.budget - answered(state, isLabelled)) },
    queries: currentQueries(state).map((query) => viewOf(query, snapshot, alike)),
    counts,
    history: [...state.history],
    advice: loopAdvice(snapshot.state, labels),
    warnings: [...state.notes, ...now.warnings],
  };
}

function viewOf(query: AskedQuery, { state, labels, last }: LoopSnapshot, alike: AlikeRows): LoopQuery {
  const given = labels.get(query.instanceId);
  const event = last.get(query.instanceId);
  return {
    ...query,
    state: stateOf(state, query, (id) => labels.has(id)),
    answer: given ? { ...given, n: event?.n ?? 0, author: event?.author ?? null } : null,
    duplicates: alike.othersOf(query.instanceId).filter((id) => !labels.has(id)).length,
  };
}
