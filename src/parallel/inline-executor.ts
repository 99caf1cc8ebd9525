import type { CancelSignal, Executor, MapOptions, Session, Shared, TaskContext, TaskDef } from '../ml/fit-context.js';
import { throwIfCancelled } from '../ml/fit-context.js';

const neverCancelled: CancelSignal = { cancelled: false };

/** Runs every task in the calling thread, one after the other. */
export const inlineExecutor: Executor = {
  concurrency: 1,
  open: (shared) => new InlineSession(shared),
};

class InlineSession<S extends Shared> implements Session<S> {
  readonly #memos = new Map<string, unknown>();

  constructor(private readonly shared: S) {}

  async map<I, O>(task: TaskDef<S, I, O>, items: readonly I[], options: MapOptions = {}): Promise<O[]> {
    const context = inlineContext(this.#memos, options.signal ?? neverCancelled);
    const outputs: O[] = [];
    for (const item of items) {
      throwIfCancelled(options.signal);
      outputs.push(await task.run(this.shared, item, context));
      options.progress?.(outputs.length, items.length);
    }
    return outputs;
  }

  async close(): Promise<void> {
    this.#memos.clear();
  }
}

/** What a task sees where it runs: nested maps stay in its own thread. */
export function inlineContext(memos: Map<string, unknown>, signal: CancelSignal): TaskContext {
  return {
    signal,
    executor: inlineExecutor,
    memo: <T>(key: string, make: () => T): T => {
      if (!memos.has(key)) memos.set(key, make());
      return memos.get(key) as T;
    },
  };
}
