import { InterruptedError, UserError } from '../errors.js';
import {
  type AskedQuery,
  currentQueries,
  foldLoop,
  type NextStep,
  nextStep,
  stateOf,
} from '../experiments/labelling/loop-state.js';
import type { CancelSignal } from '../ml/fit-context.js';
import type { LoopView } from '../schema/labelling.js';
import { AlikeRows } from './alike-rows.js';
import { candidateRows } from './candidate-rows.js';
import { clock } from './clock.js';
import type { LoopParts } from './loop-parts.js';
import { budgetOf, type LoopSnapshot, type StoredView, storedView, takeSnapshot } from './loop-snapshot.js';
import { runIteration } from './run-iteration.js';

type Phase = LoopView['phase'];

/** How often others' logs are looked at while somebody is seated, milliseconds. */
const pollEvery = 400;
/** How often the lease is renewed while an iteration is computed, milliseconds. */
const renewEvery = 8_000;

/**
 * Drives one loop from one process: replays its logs, computes what comes next while it holds the lease, and tells who
 * listens. Several processes can drive one loop; whatever one of them dies of, another goes on from the logs.
 */
export class LoopDriver {
  private snapshot: LoopSnapshot;
  private readonly listeners = new Set<(view: LoopView) => void>();
  private phase: Phase = 'computing';
  private computing: LoopView['computing'] = null;
  private closed = false;
  private readonly signal: CancelSignal;
  private turn: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  private failure: unknown = null;
  private current: LoopView;
  /** What the view was made of. */
  private shown: { readonly snapshot: LoopSnapshot; readonly view: StoredView };

  private constructor(
    readonly parts: LoopParts,
    snapshot: LoopSnapshot,
    private readonly alike: AlikeRows,
  ) {
    const isCancelled = (): boolean => this.closed || parts.signal.cancelled;
    this.signal = {
      get cancelled() {
        return isCancelled();
      },
    };
    this.snapshot = snapshot;
    this.shown = this.storedView();
    this.current = this.makeView();
  }

  /** Opens a loop that was begun; throws UserError where there is none. Nothing is computed before `advance`. */
  static async open(parts: LoopParts): Promise<LoopDriver> {
    const snapshot = await readSnapshot(parts, null);
    if (!snapshot) throw new UserError(`there is no labelling loop "${parts.stored.place.id}"`);
    const { dataset } = parts.data;
    return new LoopDriver(parts, snapshot, await AlikeRows.find(dataset, dataset.X, parts.executor));
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
    const { state, standingOf } = this.snapshot;
    return currentQueries(state, standingOf).filter((query) => stateOf(state, query, standingOf) === 'open');
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

  /** As `advance`, also after a computation that failed: what a disk or a lock refused may work now. */
  async retry(): Promise<void> {
    this.failure = null;
    return this.advance();
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

  private next(): NextStep {
    const { state, labels, standingOf } = this.snapshot;
    return nextStep(state, {
      budget: budgetOf(state, this.parts.settings),
      standingOf,
      mayBeAsked: () => candidateRows(this.alike, state, state.iteration + 1, labels).length,
    });
  }

  private async end(reason: string): Promise<void> {
    await this.parts.stored.append((events) => {
      return foldLoop(events)?.ended === null ? [{ type: 'end', at: clock(), reason }] : null;
    });
    await this.refresh();
  }

  private async begin(iteration: number): Promise<void> {
    const labels = this.snapshot.events.at(-1)?.n ?? 0;
    await this.parts.stored.append((events) => {
      // Another process may have been faster.
      if (foldLoop(events)?.iteration !== iteration - 1) return null;
      return [{ type: 'iteration', at: clock(), iteration, labels }];
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
      if (this.snapshot.state.asked) return true;
      await runIteration(this.parts, this.alike, this.snapshot, {
        signal: this.signal,
        progress: (stage, done, total) => {
          this.computing = { stage, done, total };
          this.show('computing');
        },
        published: async () => {
          await this.refresh();
          this.show('computing');
        },
      });
      return true;
    } finally {
      clearInterval(renewing);
      this.computing = null;
      await stored.releaseLease();
    }
  }

  /** Reads what was written since, by whomever. */
  async refresh(): Promise<void> {
    const snapshot = await readSnapshot(this.parts, this.snapshot);
    if (!snapshot || snapshot === this.snapshot) return;
    this.snapshot = snapshot;
    // An iteration that has begun asks nothing yet.
    this.show(this.phase === 'asking' && !snapshot.state.asked ? 'computing' : this.phase);
  }

  private show(phase: Phase): void {
    const isSame = phase === this.phase && this.shown.snapshot === this.snapshot;
    // Of what is computed every step is news.
    if (isSame && phase !== 'computing') return;
    this.phase = phase;
    if (this.shown.snapshot !== this.snapshot) this.shown = this.storedView();
    this.current = this.makeView();
    for (const listener of this.listeners) listener(this.current);
  }

  private storedView(): { snapshot: LoopSnapshot; view: StoredView } {
    const { data, settings } = this.parts;
    return { snapshot: this.snapshot, view: storedView(this.snapshot, data.dataset, settings, this.alike) };
  }

  private makeView(): LoopView {
    const failed = this.failure ? [(this.failure as Error).message] : [];
    return {
      ...this.shown.view,
      phase: this.phase,
      computing: this.computing,
      warnings: [...this.snapshot.state.notes, ...this.parts.data.warnings, ...this.parts.stored.warnings, ...failed],
    };
  }
}

/** The logs as they are now: `known` where nothing was added since; null where there is no loop. */
async function readSnapshot({ stored, labels }: LoopParts, known: LoopSnapshot | null): Promise<LoopSnapshot | null> {
  const own = await stored.events();
  const [start] = own;
  if (start?.type !== 'start') return null;
  const answers = await labels.events({ project: start.project, dataset: start.dataset, set: start.labelSet });
  if (known && known.loopEvents === own.length && known.events.length === answers.length) return known;
  const state = foldLoop(own);
  return state && takeSnapshot(state, own.length, answers);
}
