import { Piscina } from 'piscina';
import { InterruptedError, UserError } from '../errors.js';
import type { CancelSignal, Executor, MapOptions, Session, Shared, TaskDef } from '../ml/fit-context.js';
import { throwIfCancelled } from '../ml/fit-context.js';
import { inlineExecutor } from './inline-executor.js';
import type { TaskMessage, TaskReply } from './worker.js';

/** Below this much work a map runs inline: handing it to threads would cost more than it saves. */
const worthThreadsSeconds = 0.02;

/** How often the caller's cancel signal is copied to the word that the workers poll. */
const cancelPollMilliseconds = 50;

/** An executor over worker threads. They start with the first map worth it and end with `close`. */
export interface ThreadExecutor extends Executor {
  close(): Promise<void>;
}

/**
 * An executor with `threads` worker threads, at least 1: even a single one keeps the calling thread free to answer
 * Ctrl-C, to draw progress and to keep the experiment's heartbeat.
 */
export function threadExecutor(threads: number): ThreadExecutor {
  let pool: Piscina | undefined;
  let sessions = 0;
  const startPool = (): Piscina => {
    pool ??= new Piscina({ ...workerFile(), minThreads: threads, maxThreads: threads, concurrentTasksPerWorker: 1 });
    return pool;
  };
  return {
    concurrency: threads,
    open: (shared) => new ThreadSession(startPool, sessions++, shared),
    close: async () => {
      await pool?.destroy();
      pool = undefined;
    },
  };
}

/** The worker's compiled file; when running from source (tests), the TypeScript file through tsx. */
function workerFile(): { filename: string; execArgv?: string[] } {
  const fromSource = import.meta.url.endsWith('.ts');
  const filename = new URL(fromSource ? './worker.ts' : './worker.js', import.meta.url).href;
  return fromSource ? { filename, execArgv: ['--import', 'tsx'] } : { filename };
}

class ThreadSession<S extends Shared> implements Session<S> {
  readonly #inline: Session<S>;

  constructor(
    private readonly pool: () => Piscina,
    private readonly number: number,
    private readonly shared: S,
  ) {
    this.#inline = inlineExecutor.open(shared);
  }

  async map<I, O>(task: TaskDef<S, I, O>, items: readonly I[], options: MapOptions = {}): Promise<O[]> {
    if ((options.seconds ?? Infinity) < worthThreadsSeconds) return this.#inline.map(task, items, options);
    const cancel = new Int32Array(new SharedArrayBuffer(4));
    const watch = watchSignal(options.signal, cancel);
    let done = 0;
    let failure: { error: unknown } | undefined;
    const outputs = new Array<O>(items.length);
    const run = async (item: I, index: number): Promise<void> => {
      try {
        const message: TaskMessage = { task: task.id, session: this.number, shared: this.shared, item, cancel };
        outputs[index] = unwrap<O>(await this.pool().run(message));
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
    await this.#inline.close();
  }
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
