import { Worker, type WorkerOptions } from 'node:worker_threads';
import { InterruptedError, UserError } from '../errors.js';
import type { LabellingSettings } from '../experiments/labelling/settings.js';
import type { ComputeIteration, LoopData } from '../labelling/loop-parts.js';
import type { CancelSignal } from '../ml/fit-context.js';
import type { IterationMessage, ThreadData, ThreadReply } from './messages.js';

/** How often the cancel signal is looked at, milliseconds. */
const cancelPoll = 50;

/** Computes a loop's iterations elsewhere. */
export interface IterationThread {
  readonly compute: ComputeIteration;
  /** Ends the thread, whatever it does. */
  close(): Promise<void>;
}

/**
 * The iterations of a loop in a thread of their own, so that a strategy that works for seconds keeps no key and no answer
 * waiting. The thread starts with the first iteration, and anew with the next one where it died or was cancelled: it is
 * ended at once, wherever it is. The same as computeIteration in every other way.
 * @param threads that an iteration may spread its work over, besides its own
 */
export function iterationThread(data: LoopData, settings: LabellingSettings, threads: number): IterationThread {
  let worker: Worker | null = null;
  const end = async (): Promise<void> => {
    const ending = worker;
    worker = null;
    await ending?.terminate();
  };
  return {
    compute: async ({ dataset, iteration, candidates, limit }, _settings, context, publish) => {
      const started = (worker ??= start({ ...data, settings, threads }));
      const message: IterationMessage = { labels: dataset.labels, iteration, candidates, limit };
      try {
        return await ask(started, message, context.signal, (reply) => {
          if ('stage' in reply) context.stage(reply.stage);
          else if ('group' in reply) publish(reply.group);
          else if ('done' in reply) context.progress?.(reply.done, reply.total);
        });
      } catch (error) {
        if (!(error instanceof UserError) && worker === started) await end();
        throw error;
      }
    },
    close: end,
  };
}

function start({ dataset, truth, X, validationDatasets, settings, threads }: ThreadData): Worker {
  const workerData: ThreadData = { dataset, truth, X, validationDatasets, settings, threads };
  const { entry, options } = threadEntry();
  const worker = new Worker(entry, { name: 'iterations', workerData, ...options });
  // Whoever waits for an iteration has listeners of their own.
  worker.on('error', () => undefined);
  worker.unref();
  return worker;
}

type Outcome = Extract<ThreadReply, { figures: unknown }>;

/** One iteration; throws InterruptedError when cancelled, UserError for what was refused, Error where the thread died. */
function ask(
  worker: Worker,
  message: IterationMessage,
  signal: CancelSignal | undefined,
  tell: (reply: ThreadReply) => void,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      clearInterval(watch);
      worker.off('message', hear).off('error', fail).off('exit', lost).unref();
      then();
    };
    const hear = (reply: ThreadReply): void => {
      if (signal?.cancelled) settle(() => reject(new InterruptedError()));
      else if ('figures' in reply) settle(() => resolve(reply));
      else if ('refusal' in reply) {
        settle(() => reject(new UserError(reply.refusal.message, { hint: reply.refusal.hint })));
      } else if ('bug' in reply) settle(() => reject(bugOf(reply.bug)));
      else tell(reply);
    };
    const fail = (error: Error): void => settle(() => reject(error));
    const lost = (): void => fail(new Error('the thread that computes iterations ended'));
    const watch = setInterval(() => {
      if (signal?.cancelled) settle(() => reject(new InterruptedError()));
    }, cancelPoll);
    worker.on('message', hear).on('error', fail).on('exit', lost).ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(message);
  });
}

function bugOf(stack: string): Error {
  const error = new Error(stack.split('\n')[0]);
  error.stack = stack;
  return error;
}

/** The thread's compiled file; when running from source (tests), lines that import the TypeScript file through tsx. */
function threadEntry(): { entry: string | URL; options: WorkerOptions } {
  const fromSource = import.meta.url.endsWith('.ts');
  const url = new URL(fromSource ? './entry.ts' : './iteration-thread.js', import.meta.url);
  if (!fromSource) return { entry: url, options: {} };
  const file = JSON.stringify(url.href);
  return { entry: `import('tsx/esm/api').then(({ tsImport }) => tsImport(${file}, ${file}))`, options: { eval: true } };
}
