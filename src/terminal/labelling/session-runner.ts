import { UserError } from '../../errors.js';
import type { LabellingSession } from '../../labelling/labelling-session.js';
import type { SessionCall, SessionEvent } from './seat.js';

/** Milliseconds of a clock that never goes back. */
export type Clock = () => number;

/**
 * Asks the session what a seat wants, and tells the seat what came. What changes something is done in the order in
 * which the person did it, one after the other; what only reads goes beside it.
 */
export class SessionRunner {
  readonly #session: LabellingSession;
  readonly #tell: (event: SessionEvent) => void;
  readonly #broken: (error: unknown) => void;
  readonly #clock: Clock;
  /** Our own last event about a query: what we said ourselves needs not be seen first. */
  readonly #own = new Map<number, number>();
  readonly #reading: SessionCall[] = [];
  #queue: Promise<void> = Promise.resolve();

  /** `tell` hears what comes; `broken` hears errors that the person cannot mend. */
  constructor(
    session: LabellingSession,
    tell: (event: SessionEvent) => void,
    broken: (error: unknown) => void,
    clock: Clock,
  ) {
    this.#session = session;
    this.#tell = tell;
    this.#broken = broken;
    this.#clock = clock;
  }

  /** Does what a seat asked for; returns at once. */
  run(calls: readonly SessionCall[]): void {
    for (const call of calls) {
      if (call.call === 'details') this.#read(call);
      else if (call.call === 'families') void this.#guarded(call);
      else this.#queue = this.#queue.then(() => this.#guarded(call));
    }
  }

  /** Resolves when everything that was to be written is on the disk, or was refused. */
  async idle(): Promise<void> {
    let waited: Promise<void> | undefined;
    while (waited !== this.#queue) {
      waited = this.#queue;
      await waited;
    }
  }

  /** Details are computed in this thread: one at a time, each after what was pressed meanwhile was drawn. */
  #read(call: SessionCall): void {
    this.#reading.push(call);
    if (this.#reading.length > 1) return;
    const next = (): void => {
      void this.#guarded(this.#reading[0]);
      this.#reading.shift();
      if (this.#reading.length > 0) setImmediate(next);
    };
    setImmediate(next);
  }

  async #guarded(call: SessionCall): Promise<void> {
    try {
      this.#tell(await this.#perform(call));
    } catch (error) {
      if (!(error instanceof UserError)) {
        this.#broken(error);
        return;
      }
      const why = error.hint === undefined ? error.message : `${error.message} (${error.hint})`;
      const at = this.#clock();
      if (call.call === 'details') this.#tell({ came: 'details', n: call.n, details: why, at });
      else this.#tell({ came: 'failed', action: call.call, n: 'n' in call ? call.n : null, why, at });
    }
  }

  async #perform(call: SessionCall): Promise<SessionEvent> {
    switch (call.call) {
      case 'details': {
        const details = await this.#session.details(call.n);
        return { came: 'details', n: call.n, details, at: this.#clock() };
      }
      case 'families':
        return { came: 'families', families: await this.#session.families() };
      case 'answer': {
        const { n, given, withDuplicates } = call;
        const seen = Math.max(call.seen, this.#own.get(n) ?? 0);
        const reply = await this.#session.answer(n, given, { seen, withDuplicates });
        this.#own.set(n, reply.event.n);
        return { came: 'answered', n, reply, at: this.#clock() };
      }
      case 'pass':
        await this.#session.pass(call.n, call.how);
        return { came: 'passed', n: call.n, how: call.how };
      case 'undo':
        return { came: 'undone', n: await this.#session.undo(), at: this.#clock() };
      case 'next-iteration':
        await this.#session.nextIteration();
        return { came: 'moved-on' };
    }
  }
}
