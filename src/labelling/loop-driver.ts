import { InterruptedError, UserError } from '../errors.js';
import { computeIteration, type IterationInput } from '../experiments/labelling/compute-iteration.js';
import { labelColumn, labelsAfter } from '../experiments/labelling/known-labels.js';
import {
  answered,
  type AskedQuery,
  currentQueries,
  foldLoop,
  type LoopState,
  nextStep,
  stateOf,
} from '../experiments/labelling/loop-state.js';
import { suggestionAccuracy } from '../experiments/labelling/suggestion-accuracy.js';
import type { CancelSignal } from '../ml/fit-context.js';
import type { QueryGroup } from '../ml/active-learning/strategy.js';
import type { GivenLabel, LoopView } from '../schema/labelling.js';
import type { LoopEvent, PublishedQuery } from '../schema/loop-log.js';
import { AlikeRows } from './alike-rows.js';
import type { LoopParts } from './loop-parts.js';
import { type LoopSnapshot, loopView, type Phase, takeSnapshot } from './loop-snapshot.js';

/** How often others' logs are looked at while somebody is seated, milliseconds. */
const pollEvery = 400;
/** How often the lease is renewed while an iteration is computed, milliseconds. */
const renewEvery = 8_000;

const nothingLeft = 'there is nothing left to ask';

/**
 * Drives one loop from one process: replays its logs, computes what comes next while it holds the lease, and tells who
 * listens. Several processes can drive one loop; whatever one of them dies of, another goes on from the logs.
 */
export class LoopDriver {
  private snapshot: LoopSnapshot;
  private readonly alike: AlikeRows;
  private readonly listeners = new Set<(view: LoopView) => void>();
  private phase: Phase = 'computing';
  private computing: LoopView['computing'] = null;
  private closed = false;
  private readonly signal: CancelSignal;
  private turn: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private failure: unknown = null;
  private current: LoopView;

  private constructor(
    readonly parts: LoopParts,
    snapshot: LoopSnapshot,
  ) {
    const isCancelled = (): boolean => this.closed || parts.signal.cancelled;
    this.signal = {
      get cancelled() {
        return isCancelled();
      },
    };
    this.alike = new AlikeRows(parts.data.dataset, parts.data.dataset.X);
    this.snapshot = snapshot;
    this.current = this.makeView();
  }

  /** Opens a loop that was begun; throws UserError where there is none. Nothing is computed before `advance`. */
  static async open(parts: LoopParts): Promise<LoopDriver> {
    const snapshot = await readSnapshot(parts);
    if (!snapshot) throw new UserError(`there is no labelling loop "${parts.stored.place.id}"`);
    return new LoopDriver(parts, snapshot);
  }

  get view(): LoopView {
    return this.current;
  }

  /** What the last computation failed with, null for nothing. */
  get failed(): unknown {
    return this.failure;
  }

  get known(): LoopSnapshot {
    return this.snapshot;
  }

  get alikeRows(): AlikeRows {
    return this.alike;
  }

  onChange(listener: (view: LoopView) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Follows the logs from now on, and computes what comes due. */
  follow(): void {
    this.timer ??= setInterval(() => void this.advance().catch(() => undefined), pollEvery);
  }

  /** The query of this number; throws UserError where there is none. */
  query(n: number): AskedQuery {
    const query = this.snapshot.state.queries[n - 1];
    if (!query) throw new UserError(`the loop has no query ${n}`);
    return query;
  }

  /** Queries of this iteration without an answer that nobody has passed. */
  openQueries(): AskedQuery[] {
    const { state, labels } = this.snapshot;
    return currentQueries(state).filter((query) => stateOf(state, query, (id) => labels.has(id)) === 'open');
  }

  /**
   * Reads the logs and does what comes next, until queries wait for answers, the loop has ended, or another process
   * computes. Calls are done one after the other. Throws what a computation throws; the loop can be opened again.
   */
  async advance(): Promise<void> {
    const turn = this.turn.then(() => this.steps());
    this.turn = turn.catch(() => undefined);
    return turn;
  }

  /** Stops following and computing; what is on the disk stays. */
  async close(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    this.closed = true;
    await this.turn;
  }

  private async steps(): Promise<void> {
    if (this.failure) return;
    try {
      while (!this.signal.cancelled && (await this.step())) continue;
    } catch (error) {
      if (error instanceof InterruptedError && this.signal.cancelled) return;
      this.failure = error;
      this.show('finished');
      throw error;
    }
  }

  /** One step; false where there is nothing to do now. */
  private async step(): Promise<boolean> {
    await this.refresh();
    const next = this.next();
    switch (next.step) {
      case 'ask':
        this.show('asking');
        return false;
      case 'end':
        if (this.snapshot.state.ended === null) await this.end(next.reason);
        this.show('finished');
        return false;
      case 'begin':
        await this.begin(next.iteration);
        return true;
      case 'compute':
        return this.compute();
    }
  }

  private next() {
    const { state, labels } = this.snapshot;
    const { budget } = this.parts.settings;
    const mayBeAsked = state.asked ? this.candidates(state.iteration + 1, labels).length : 1;
    return nextStep(state, budget, (id) => labels.has(id), mayBeAsked);
  }

  private async end(reason: string): Promise<void> {
    await this.parts.stored.append((events) => {
      return foldLoop(events)?.ended === null ? [{ type: 'end', at: now(), reason }] : null;
    });
    await this.refresh();
  }

  private async begin(iteration: number): Promise<void> {
    const labels = this.snapshot.events.at(-1)?.n ?? 0;
    await this.parts.stored.append((events) => {
      // Another process may have been faster.
      if (foldLoop(events)?.iteration !== iteration - 1) return null;
      return [{ type: 'iteration', at: now(), iteration, labels }];
    });
  }

  /** Computes the current iteration; false while another process does. */
  private async compute(): Promise<boolean> {
    const { stored } = this.parts;
    if (!(await stored.takeLease())) {
      this.show('elsewhere');
      return false;
    }
    const renewing = setInterval(() => void stored.takeLease().catch(() => undefined), renewEvery);
    try {
      // What another process wrote before it gave the lease back.
      await this.refresh();
      if (!this.snapshot.state.asked) await this.computeAlone(this.snapshot.state);
      return true;
    } finally {
      clearInterval(renewing);
      this.computing = null;
      await stored.releaseLease();
    }
  }

  private async computeAlone(state: LoopState): Promise<void> {
    const { stored, settings, executor, data } = this.parts;
    const known = labelsAfter(this.snapshot.events, state.labels);
    const isKnown = (id: string): boolean => known.has(id);
    const before = { ...state, queries: state.queries.filter(({ iteration }) => iteration < state.iteration) };
    const input: IterationInput = {
      dataset: { ...data.dataset, labels: labelColumn(data.dataset, known), truth: data.truth },
      X: data.X,
      validationDatasets: data.validationDatasets,
      iteration: state.iteration,
      candidates: this.candidates(state.iteration, known),
      limit: Math.max(0, settings.budget - answered(before, isKnown)),
    };
    const stages: { stage: string; began: number }[] = [];
    let groups = 0;
    let writing: Promise<unknown> = Promise.resolve();
    const publish = (group: QueryGroup): void => {
      // After a crash the first groups are out already: the same ones, as chance is seeded.
      if (groups++ < state.groups) return;
      writing = writing.then(async () => {
        await stored.append((events) => [this.queriesEvent(group, events, state.iteration)]);
        await this.refresh();
        this.show('computing');
      });
    };
    const outcome = await computeIteration(
      input,
      settings,
      {
        seed: settings.seed,
        executor,
        signal: this.signal,
        stage: (stage) => {
          stages.push({ stage, began: performance.now() });
          this.progress(stage, 0, 1);
        },
        progress: (done, total) => this.progress(stages.at(-1)?.stage ?? 'computing', done, total),
      },
      publish,
    );
    await writing;
    stages.push({ stage: '', began: performance.now() });
    const seconds = stages.slice(0, -1).map(({ stage, began }, k) => ({
      stage,
      seconds: Math.round(stages[k + 1].began - began) / 1000,
    }));
    const suggested = suggestionAccuracy(
      before.queries.filter(({ iteration }) => iteration === state.iteration - 1),
      known,
    );
    const figures = { ...outcome.figures, figures: { ...outcome.figures.figures, ...suggested }, seconds };
    await stored.append((events) => {
      const asked: LoopEvent = {
        type: 'asked',
        at: now(),
        iteration: state.iteration,
        figures,
        warnings: [...outcome.warnings],
      };
      const none = !foldLoop(events)?.queries.some(({ iteration }) => iteration === state.iteration);
      return none ? [asked, { type: 'end', at: now(), reason: nothingLeft }] : [asked];
    });
  }

  private queriesEvent(group: QueryGroup, events: readonly LoopEvent[], iteration: number): LoopEvent {
    const { dataset } = this.parts.data;
    const first = (foldLoop(events)?.queries.length ?? 0) + 1;
    // The families' numbers are those of the labels that the iteration knows.
    const known = labelsAfter(this.snapshot.events, this.snapshot.state.labels);
    const { families } = labelColumn(dataset, known);
    const queries = group.queries.map(({ row, reason, value, suggestion }, k): PublishedQuery => {
      return {
        n: first + k,
        instanceId: dataset.ids[row],
        ident: dataset.idents[row],
        reason,
        value: Number.isFinite(value) ? value : null,
        suggestion: suggestion && {
          label: suggestion.label === 1 ? 'malicious' : 'benign',
          family: families[suggestion.family] ?? null,
          confidence: suggestion.confidence,
        },
      };
    });
    return { type: 'queries', at: now(), iteration, kind: group.kind, queries, notes: [...group.notes] };
  }

  /** Rows that an iteration may ask: no label, never asked before it, and none alike that has been. */
  private candidates(iteration: number, labels: ReadonlyMap<string, GivenLabel>): Uint32Array {
    const { dataset } = this.parts.data;
    const settled = new Set<number>();
    for (const id of labels.keys()) {
      const row = this.alike.row(id);
      if (row !== undefined) settled.add(this.alike.group(row));
    }
    for (const query of this.snapshot.state.queries) {
      const row = query.iteration < iteration ? this.alike.row(query.instanceId) : undefined;
      if (row !== undefined) settled.add(this.alike.group(row));
    }
    // Of rows that are alike one is enough.
    return Uint32Array.from(dataset.ids.keys()).filter((row) => {
      const group = this.alike.group(row);
      if (settled.has(group)) return false;
      settled.add(group);
      return true;
    });
  }

  /** Reads what was written since, by whomever. */
  async refresh(): Promise<void> {
    const snapshot = await readSnapshot(this.parts);
    if (!snapshot) return;
    const { state, events } = this.snapshot;
    const isNew =
      snapshot.events.length !== events.length ||
      snapshot.state.queries.length !== state.queries.length ||
      JSON.stringify([...snapshot.state.passed]) !== JSON.stringify([...state.passed]);
    this.snapshot = snapshot;
    if (isNew) this.show(this.phase);
  }

  private progress(stage: string, done: number, total: number): void {
    this.computing = { stage, done, total };
    this.show('computing');
  }

  private show(phase: Phase): void {
    if (phase === 'asking' && this.phase === 'asking' && this.sameAsShown()) return;
    this.phase = phase;
    this.current = this.makeView();
    for (const listener of this.listeners) listener(this.current);
  }

  private shown: LoopSnapshot | null = null;

  private sameAsShown(): boolean {
    const { shown, snapshot } = this;
    return (
      shown !== null &&
      shown.events.length === snapshot.events.length &&
      shown.state.queries.length === snapshot.state.queries.length &&
      shown.state.passed.size === snapshot.state.passed.size &&
      shown.state.iteration === snapshot.state.iteration
    );
  }

  private makeView(): LoopView {
    this.shown = this.snapshot;
    const { data, settings, stored } = this.parts;
    const failed = this.failure ? [(this.failure as Error).message] : [];
    return loopView(this.snapshot, data.dataset, settings, this.alike, {
      phase: this.phase,
      computing: this.computing,
      warnings: [...stored.warnings, ...failed],
    });
  }
}

async function readSnapshot({ stored, labels }: LoopParts): Promise<LoopSnapshot | null> {
  const state = foldLoop(await stored.events());
  if (!state) return null;
  const { project, dataset, labelSet: set } = state.start;
  return takeSnapshot(state, await labels.events({ project, dataset, set }));
}

const now = (): string => new Date().toISOString();
