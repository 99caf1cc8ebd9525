import { InterruptedError } from '../errors.js';

/** Data that every task of a session reads: typed arrays and matrices on shared buffers, and small plain values. */
export type Shared = Readonly<Record<string, unknown>>;

/** Tells whether the work was cancelled; a task polls it between pieces of at most about 50 ms. */
export interface CancelSignal {
  readonly cancelled: boolean;
}

/** What a task is given besides its data. */
export interface TaskContext {
  readonly signal: CancelSignal;
  /** Runs nested maps inline: the outermost loop is the parallel one. */
  readonly executor: Executor;
  /** What this worker keeps between the tasks of one session (a gathered fold, a sorted column). */
  memo<T>(key: string, make: () => T): T;
}

/**
 * A pure function that an executor can run elsewhere: `shared` and `item` are structured-cloneable, and so is what it
 * returns. `id` is its key in the registry of tasks.
 */
export interface TaskDef<S extends Shared, I, O> {
  readonly id: string;
  run(shared: S, item: I, context: TaskContext): O | Promise<O>;
}

/** Tasks over the same shared data. */
export interface Session<S extends Shared> {
  /** Runs `task` on each item and returns the outputs in the order of the items, whatever order they finished in. */
  map<I, O>(task: TaskDef<S, I, O>, items: readonly I[], options?: MapOptions): Promise<O[]>;
  close(): Promise<void>;
}

export interface MapOptions {
  readonly signal?: CancelSignal;
  /** Called as items finish. */
  progress?(done: number, total: number): void;
  /** A guess of the whole map's work in seconds of one core; little work in small items runs in the calling thread. */
  readonly seconds?: number;
}

/** Where tasks run: inline or on worker threads. Defined here, implemented in `parallel`. */
export interface Executor {
  /** How many tasks can run at once. */
  readonly concurrency: number;
  open<S extends Shared>(shared: S): Session<S>;
}

/** What the world gives to a fit. */
export interface FitContext {
  readonly seed: number;
  readonly executor: Executor;
  readonly signal?: CancelSignal;
  progress?(done: number, total: number, note?: string): void;
  /** Lets signals, timers and output of the calling thread have their turn. */
  turn?(): Promise<void>;
}

/** Between pieces of long work in the calling thread: others have their turn; throws InterruptedError if it was cancelled. */
export async function pause({ turn, signal }: Pick<FitContext, 'turn' | 'signal'>): Promise<void> {
  await turn?.();
  throwIfCancelled(signal);
}

/** Throws InterruptedError if the work was cancelled. */
export function throwIfCancelled(signal: CancelSignal | undefined): void {
  if (signal?.cancelled) throw new InterruptedError();
}

/** Declares a task; a function, so that its types are inferred. */
export function defineTask<S extends Shared, I, O>(task: TaskDef<S, I, O>): TaskDef<S, I, O> {
  return task;
}
