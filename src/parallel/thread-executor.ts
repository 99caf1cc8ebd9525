import type { Piscina } from 'piscina';
import { InterruptedError, UserError } from '../errors.js';
import type { CancelSignal, Executor, MapOptions, Session, Shared, TaskDef } from '../ml/fit-context.js';
import { throwIfCancelled } from '../ml/fit-context.js';
import { inlineContext } from './inline-executor.js';
import type { TaskMessage, TaskReply } from './worker.js';

/**
 * Less work runs in the calling thread: a thread takes 0.1 to 0.2 s to start and to compile what it runs, and two of
 * them share the caches.
 */
const worthThreadsSeconds = 1;

/** The calling thread must not be kept longer from Ctrl-C, progress and heartbeat than one task of about this takes. */
const longestInlineSeconds = 0.05;

/** Tasks work on typed arrays; left to itself, each thread lets up to 48 MB of small garbage lie. */
const youngMegabytes = 6;

/** How often the caller's cancel signal is copied to the word that the workers poll. */
const cancelPollMilliseconds = 50;

/** An executor over worker threads. They start when a map has work for them and end with `close`. */
export interface ThreadExecutor extends Executor {
  close(): Promise<void>;
}

/**
 * An executor with at most `threads` worker threads, at least 1: even a single one keeps the calling thread free to
 * answer Ctrl-C, to draw progress and to keep the experiment's heartbeat. Little work in small pieces runs in the calling
 * thread, which sees to these in between.
 */
export function threadExecutor(threads: number): ThreadExecutor {
  let pool: Promise<Piscina> | undefined;
  let sessions = 0;
  const startPool = (): Promise<Piscina> => {
    pool ??= makePool(threads);
    return pool;
  };
  return {
    concurrency: threads,
    open: (shared) => new ThreadSession(startPool, sessions++, shared),
    close: async () => {
      await (await pool)?.destroy();
      pool = undefined;
    },
  };
}

async function makePool(threads: number): Promise<Piscina> {
  // Loaded when needed: most of the commands, and small jobs, do without.
  const { Piscina } = await import('piscina');
  const lifetime = { minThreads: 1, maxThreads: threads, idleTimeout: Infinity };
  const resourceLimits = { maxYoungGenerationSizeMb: youngMegabytes };
  return new Piscina({ ...workerFile(), ...lifetime, resourceLimits, concurrentTasksPerWorker: 1 });
}

/** The worker's compiled file; when running from source (tests), the TypeScript file through tsx. */
function workerFile(): { filename: string; execArgv?: string[] } {
  // A thread that was itself started from source has a query behind its name.
  const fromSource = new URL(import.meta.url).pathname.endsWith('.ts');
  const filename = new URL(fromSource ? './worker.ts' : './worker.js', import.meta.url).href;
  return fromSource ? { filename, execArgv: ['--import', 'tsx'] } : { filename };
}

class ThreadSession<S extends Shared> implements Session<S> {
  readonly #memos = new Map<string, unknown>();

  constructor(
    private readonly pool: () => Promise<Piscina>,
    private readonly number: number,
    private readonly shared: S,
  ) {}

  async map<I, O>(task: TaskDef<S, I, O>, items: readonly I[], options: MapOptions = {}): Promise<O[]> {
    const { seconds = Infinity } = options;
    if (seconds < worthThreadsSeconds && seconds < longestInlineSeconds * items.length)
      return this.#mapHere(task, items, options);
    return this.#mapOnThreads(task, items, options);
  }

  async #mapHere<I, O>(task: TaskDef<S, I, O>, items: readonly I[], options: MapOptions): Promise<O[]> {
    const context = inlineContext(this.#memos, options.signal ?? { cancelled: false });
    const outputs: O[] = [];
    for (const item of items) {
      throwIfCancelled(options.signal);
      outputs.push(await task.run(this.shared, item, context));
      options.progress?.(outputs.length, items.length);
      await eventLoopTurn();
    }
    throwIfCancelled(options.signal);
    return outputs;
  }

  async #mapOnThreads<I, O>(task: TaskDef<S, I, O>, items: readonly I[], options: MapOptions): Promise<O[]> {
    const pool = await this.pool();
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    const watch = watchSignal(options.signal, cancel);
    let done = 0;
    let failure: { error: unknown } | undefined;
    const outputs = new Array<O>(items.length);
    const run = async (item: I, index: number): Promise<void> => {
      try {
        const message: TaskMessage = { task: task.id, session: this.number, shared: this.shared, item, cancel };
        outputs[index] = unwrap<O>(await pool.run(message));
        options.progress?.(++done, items.length);
      } catch (error) {
        // The first failure is the cause; the tasks it stops then fail as interrupted.
        failure ??= { error };
        Atomics.store(cancel, 0, 1);
      }
    };
    try {
      // All are awaited even after a failure: no task may still be reading this session's data when map returns.
      await Promise.all(items.map(run));
    } finally {
      clearInterval(watch);
    }
    throwIfCancelled(options.signal);
    if (failure) throw failure.error;
    return outputs;
  }

  async close(): Promise<void> {
    this.#memos.clear();
  }
}

/** Lets signals, timers and output have their turn. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function unwrap<O>(reply: TaskReply): O {
  if ('output' in reply) return reply.output as O;
  if ('userError' in reply) throw new UserError(reply.userError.message, { hint: reply.userError.hint });
  throw new InterruptedError();
}

function watchSignal(signal: CancelSignal | undefined, cancel: Int32Array): NodeJS.Timeout | undefined {
  if (!signal) return undefined;
  return setInterval(() => {
    if (signal.cancelled) Atomics.store(cancel, 0, 1);
  }, cancelPollMilliseconds);
}
